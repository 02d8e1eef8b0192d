package import DataFrames

/// Rows repeated or left out so that classes are equally frequent, and what that does to the shares of the classes.
///
/// Source: h2o-behaviour.md#balanced-classes.
package struct ClassBalance: Sendable, Equatable {
  /// Row numbers of the original table, in the order of the balanced one.
  package let rows: [Int]
  /// Share of each class before over after balancing; 1 for classes that are empty in either.
  ///
  /// Probabilities are multiplied by it, so that they mean the original table.
  package let correction: [Double]

  /// Balances the rows of `response`.
  ///
  /// - `weights`: 0 or 1 for each row; nil stands for ones.
  /// - `givenWeights`: Those before rows with missing values lost theirs: the shares of the classes that probabilities
  ///   mean.
  /// - `factors`: How often rows of each class are taken; all zero or empty to compute them.
  /// - `maximumRelativeSize`: Of the balanced table to the original.
  /// - `mayExceed`: Whether that is the size on average only.
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

  /// The rows without so many of the last ones that at most `maximum` are left; no class loses its last row.
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

  /// Rows of a validation table as H2O's `score_validation_sampling: Stratified` draws them: in the shares of the
  /// table, because factors above 1 are cut.
  ///
  /// `samples`: How many at most on average; 0 for as many as there are.
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
