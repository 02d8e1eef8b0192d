internal import DataFrames

/// A table of three rows that has the shape of one that has not been read: the real encoding is asked what it makes of it.
///
/// Numeric predictors are all alike, so that of very many a few stand for the others.
struct TableSketch {
  /// Numeric predictors, and levels of a column, beyond which some stand for all.
  private static let shownNumbers = 64
  private static let shownLevels = 10_000
  private static let fewestLevels = 2
  private static let rowCount = 3

  let frame: Frame
  /// The numeric predictors of the sketch.
  private let numbers: Set<String>
  /// Numeric predictors of the table for one of the sketch.
  private let tablesPerNumber: Double
  /// Levels that columns of the sketch lack, by column.
  private let missingLevels: [String: Double]

  /// - Parameters:
  ///   - table: What is known of the table.
  ///   - named: Columns that the job names, which must be there; those with a role have no gaps.
  ///   - roles: Those with a role.
  init(_ table: FrameEstimate, named: Set<String>, roles: Set<String>) {
    var gaps = RowSet()
    gaps.insert(Self.rowCount - 1)
    let values = Column.Values.doubles([0, 1, .nan])
    var columns: [Column] = []
    var shown: Set<String> = []
    var missingLevels: [String: Double] = [:]
    var count = 0.0
    for column in table.columns {
      switch column.kind {
      case .number, .sparse:
        if roles.contains(column.name) {
          columns.append(Column(name: column.name, values: .doubles([0, 1, 1]), missing: RowSet()))
          continue
        }
        if !named.contains(column.name) { count += 1 }
        guard named.contains(column.name) || shown.count < Self.shownNumbers else { continue }
        if !named.contains(column.name) { shown.insert(column.name) }
        columns.append(Column(name: column.name, values: values, missing: gaps))
      case .categorical(let levelCount):
        let levels = min(Self.shownLevels, max(Self.fewestLevels, Int(levelCount)))
        if levelCount > Double(levels) { missingLevels[column.name] = levelCount - Double(levels) }
        columns.append(
          Column(
            name: column.name, values: .categorical([0, 1, 1], levels: (0..<levels).map(String.init)),
            missing: RowSet()))
      case .text:
        columns.append(Column(name: column.name, values: .text(["a", "b", "c"]), missing: RowSet()))
      }
    }
    frame = Frame(path: "", columns: columns)
    numbers = shown
    tablesPerNumber = shown.isEmpty ? 1 : count / Double(shown.count)
    self.missingLevels = missingLevels
  }

  /// Inputs that the encoding of the sketch would have for the table: for categorical columns and for numbers.
  ///
  /// `limit`: Of inputs for categorical columns; more are hashed.
  func inputs(_ encoding: RowEncoding, limit: Int) -> (categorical: Double, numeric: Double) {
    let further = encoding.categoricals.reduce(0.0) { sum, column in
      sum + (column.levels.count >= Self.shownLevels ? missingLevels[column.name] ?? 0 : 0)
    }
    let repeated = Double(encoding.numerics.count { numbers.contains($0.name) } + encoding.indicators.count)
    return (
      min(Double(encoding.categoricalInputs) + further, Double(limit)),
      Double(encoding.numerics.count) + (tablesPerNumber - 1) * repeated
    )
  }
}
