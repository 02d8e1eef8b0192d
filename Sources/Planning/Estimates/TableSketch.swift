internal import DataFrames

/// A table of three rows with the shape of a table that has not been read, used to ask the real
/// encoding for its inputs.
///
/// Numeric predictors are all alike, so a few of them can represent many.
struct TableSketch {
  /// Limits on numeric predictors and on levels per column; beyond them, a part represents all.
  private static let shownNumbers = 64
  private static let shownLevels = 10_000
  private static let fewestLevels = 2
  private static let rowCount = 3

  let frame: Frame
  /// The numeric predictors of the sketch.
  private let numbers: Set<String>
  /// The number of numeric predictors of the table per one of the sketch.
  private let tablesPerNumber: Double
  /// The number of levels omitted from the sketch, by column.
  private let missingLevels: [String: Double]

  /// - Parameters:
  ///   - table: The estimated shape of the table.
  ///   - named: Columns that the job names; the sketch must contain them.
  ///   - roles: Columns with a role; they have no missing values.
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

  /// Returns the number of categorical and numeric inputs that the encoding would have for
  /// the whole table.
  ///
  /// - `limit`: The maximum number of categorical inputs; levels beyond it are hashed.
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
