internal import DataFrames

/// A record of the units for missing levels that occur in training.
///
/// All other such units keep their initial weights, which contain no information about their inputs.
struct MissingLevelWatch {
  private struct Awaited {
    let column: Int
    let unit: Int
  }

  private let rows: EncodedRows
  private let eligibility: RowEligibility
  /// Usually empty after the first rows, and from the start if incomplete rows are skipped.
  private var awaited: [Awaited]

  init(_ encoding: RowEncoding, rows: EncodedRows, eligibility: RowEligibility, trained: [Int]) {
    self.rows = rows
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
      for one in awaited where rows.unit(row: row, column: one.column) == one.unit { found.insert(one.unit) }
    }
    guard !found.isEmpty else { return }
    awaited.removeAll { found.contains($0.unit) }
    trained = (trained + found).sorted()
  }
}
