/// A comparison of CSV tables, cell by cell.
package enum Cells {
  /// Returns a sentence about the first difference between two CSV tables; nil if they agree.
  ///
  /// `tolerance`: The tolerance for numbers; all other cells must be equal.
  package static func difference(_ found: String, _ expected: String, tolerance: Double) -> String? {
    let (lines, wanted) = (found.split(separator: "\n"), expected.split(separator: "\n"))
    guard lines.count == wanted.count else { return "\(lines.count) lines instead of \(wanted.count)" }
    for (number, (line, other)) in zip(lines, wanted).enumerated() {
      let (cells, others) = (cells(line), cells(other))
      guard cells.count == others.count else { return "line \(number + 1) is '\(line)' instead of '\(other)'" }
      for (cell, other) in zip(cells, others) where cell != other {
        guard let value = Double(cell), let reference = Double(other), abs(value - reference) <= tolerance else {
          return "line \(number + 1) has '\(cell)' instead of '\(other)'"
        }
      }
    }
    return nil
  }

  private static func cells(_ line: Substring) -> [Substring] {
    line.split(separator: ",", omittingEmptySubsequences: false)
  }
}
