package import DataFrames

/// Oversampled and undersampled rows that make classes equally frequent,
/// with the correction of the class probabilities.
///
/// Source: h2o-behaviour.md#balanced-classes.
package struct ClassBalance: Sendable, Equatable {
  /// The row numbers of the original table, in the order of the balanced one.
  package let rows: [Int]
  /// The fraction of each class before balancing divided by that after it; 1 for classes that are empty in either.
  ///
  /// Probabilities are multiplied by it, so that they refer to the original table.
  package let correction: [Double]

  /// Balances the rows of `response`.
  ///
  /// - `weights`: 0 or 1 for each row; nil means ones.
  /// - `givenWeights`: The weights before rows with missing values got
  ///   weight 0; they define the original class fractions.
  /// - `factors`: The sampling factor of each class; all zero or empty to compute them.
  /// - `maximumRelativeSize`: The largest size of the balanced table, relative to the original.
  /// - `mayExceed`: True if that size is a limit on average only.
  package init(
    _ response: Column, weights: Column?, givenWeights: Column?, factors: [Double], maximumRelativeSize: Double,
    mayExceed: Bool, seed: Int
  ) {
    let rowCount = response.rowCount
    func totals(_ rows: some Sequence<Int>, _ weights: Column?) -> [Float] {
      var totals = [Float](repeating: 0, count: response.levels?.count ?? 0)
      for row in rows {
        if let level = response.level(at: row) { totals[level] += Float(weights?.number(at: row) ?? 1) }
      }
      return totals
    }
    let maximumRows = Int(Float(maximumRelativeSize) * Float(rowCount))
    let drawn = ClassSampling(
      totals: totals(0..<rowCount, weights), rowCount: rowCount, factors: factors, maximumRows: maximumRows,
      repeatsRows: true
    ).draw(rowCount: rowCount, seed: seed, level: response.level)
    rows = mayExceed ? drawn : Self.cut(drawn, to: maximumRows, level: response.level)
    let (given, balanced) = (totals(0..<rowCount, givenWeights), totals(rows, weights))
    correction = zip(Self.shares(given), Self.shares(balanced)).map { $0 > 0 && $1 > 0 ? $0 / $1 : 1 }
  }

  /// Drops trailing rows until at most `maximum` remain; no class loses its last row.
  private static func cut(_ rows: [Int], to maximum: Int, level: (Int) -> Int?) -> [Int] {
    var left = Dictionary(grouping: rows, by: { level($0) ?? -1 }).mapValues(\.count)
    var surplus = rows.count - maximum
    let kept = rows.reversed().filter { row in
      guard surplus > 0, let count = left[level(row) ?? -1], count > 1 else { return true }
      left[level(row) ?? -1] = count - 1
      surplus -= 1
      return false
    }
    return kept.reversed()
  }

  private static func shares(_ totals: [Float]) -> [Double] {
    let sum = totals.reduce(0) { $0 + Double($1) }
    return totals.map { Double($0) / sum }
  }

  /// Draws the rows of a validation table as H2O's `score_validation_sampling: Stratified` does.
  ///
  /// The sample has the class fractions of the table, because factors above 1 are cut.
  ///
  /// `samples`: The largest number of rows on average; 0 for no limit.
  package static func stratified(_ rows: EncodedRows, classCount: Int, samples: Int, seed: Int) -> [Int] {
    func level(_ row: Int) -> Int? { rows.targets[row].isNaN ? nil : Int(rows.targets[row]) }
    var totals = [Float](repeating: 0, count: classCount)
    for row in 0..<rows.rowCount { if let level = level(row) { totals[level] += Float(rows.weights?[row] ?? 1) } }
    return ClassSampling(
      totals: totals, rowCount: rows.rowCount, factors: [], maximumRows: samples > 0 ? samples : rows.rowCount,
      repeatsRows: false
    ).draw(rowCount: rows.rowCount, seed: seed, level: level)
  }
}
