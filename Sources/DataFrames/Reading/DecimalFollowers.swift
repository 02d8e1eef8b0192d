/// The columns of numbers whose notation the other columns of the table settle: `1.234` beside `0,5` is 1234.
///
/// A sample need not show what the other columns hold, so all fields are judged once more after a reading.
struct DecimalFollowers {
  /// A column of numbers whose own fields have settled everything that they can.
  struct Candidate {
    let column: Int
    let mark: DecimalMark
    /// The notes of all fields.
    let notes: FieldNotes
    /// The mark that the sample shows.
    let sampledMark: DecimalMark?
    /// True if another mark may be tried.
    let mayFollow: Bool
  }

  private let candidates: [Candidate]
  private let parts: [BlockColumns]

  init(_ candidates: [Candidate], _ parts: [BlockColumns]) { (self.candidates, self.parts) = (candidates, parts) }

  /// The columns that should be tried with the other mark.
  var columns: [Int] {
    let commas = candidates.filter { $0.mark == .comma }
    let points = candidates.filter { $0.mark == .point }
    let firmCommas = commas.count { $0.notes.areMarksFirm }
    if firmCommas > 0 {
      guard firmCommas > points.count(where: { $0.sampledMark == .point || $0.notes.areMarksFirm }) else { return [] }
      return points.filter { candidate in
        candidate.mayFollow && candidate.sampledMark != .point && !candidate.notes.areMarksFirm
          && (candidate.notes.ambiguous.count > 0 || GroupedRows(parts, candidate.column) == .possible)
      }.map(\.column)
    }
    let followers = commas.filter { $0.mayFollow && $0.sampledMark != .comma && $0.notes.ambiguous.count > 0 }
    guard !followers.isEmpty, points.contains(where: isFirmPoint) else { return [] }
    return followers.map(\.column)
  }

  private func isFirmPoint(_ candidate: Candidate) -> Bool {
    candidate.sampledMark == .point || candidate.notes.areMarksFirm
      || (candidate.notes.ambiguous.count == 0 && GroupedRows(parts, candidate.column) == .decimals)
  }
}

extension FieldNotes {
  /// True if the marks of some numbers have one meaning only.
  var areMarksFirm: Bool { fractions > 0 }
}
