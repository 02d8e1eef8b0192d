internal import DataFrames

/// A record of the units for missing levels that occur in training.
///
/// All other such units keep their initial weights, which contain no information about their inputs.
struct MissingLevelWatch {
  private struct Awaited {
    let column: Int
    let unit: Int
  }

  private let isActive: (_ row: Int, Awaited) -> Bool
  private let eligibility: RowEligibility
  /// Usually empty after the first rows, and from the start if incomplete rows are skipped.
  private var awaited: [Awaited]

  /// - `parts`: The rows if this process has only some of them.
  init(_ encoding: RowEncoding, rows: EncodedRows, parts: PartedRows?, eligibility: RowEligibility, trained: [Int]) {
    isActive =
      if let parts {
        { parts.isGap(row: $0, column: $1.column) }
      } else {
        { rows.unit(row: $0, column: $1.column) == $1.unit }
      }
    self.eligibility = eligibility
    awaited = encoding.missingUnits.enumerated().filter { column, unit in
      !eligibility.skipsIncompleteRows && encoding.categoricals[column].hasMissing && !trained.contains(unit)
    }
    .map { Awaited(column: $0.offset, unit: $0.element) }
  }

  /// Adds the units that rows activate to `trained`, which stays in ascending order.
  ///
  /// - `entries`: Entries of a row order.
  /// - `places`: Where their rows lie.
  mutating func note(_ entries: [Int], at places: RowPlaces, in trained: inout [Int]) {
    guard !awaited.isEmpty else { return }
    var found: Set<Int> = []
    for entry in entries {
      let row = places.row(of: entry)
      guard eligibility.isTrained(row) else { continue }
      for one in awaited where isActive(row, one) { found.insert(one.unit) }
    }
    guard !found.isEmpty else { return }
    awaited.removeAll { found.contains($0.unit) }
    trained = (trained + found).sorted()
  }
}
