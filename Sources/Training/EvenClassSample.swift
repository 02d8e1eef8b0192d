package import DataFrames
internal import DeepLearning

/// Rows of a table for scoring, each class equally often and no row twice: `score_validation_sampling: Stratified`.
package struct EvenClassSample {
  /// Row numbers, in order.
  package let rows: [Int]
  /// What brings each class back to its share of the table, so that metrics mean the table: rows of it over rows of the
  /// sample; 1 for classes without rows.
  package let weights: [Double]

  /// Draws among the rows that have a class and a weight.
  ///
  /// - `samples`: How many at most; 0 for all rows of the table.
  package init(_ table: EncodedRows, classCount: Int, samples: Int, seed: Int) {
    let usable = (0..<table.rowCount).filter { !table.targets[$0].isNaN && table.weights?[$0] != 0 }
    guard samples > 0, samples < usable.count else {
      rows = usable
      weights = [Double](repeating: 1, count: classCount)
      return
    }
    var rowsOfClass = [[Int]](repeating: [], count: classCount)
    for row in usable { rowsOfClass[Int(table.targets[row])].append(row) }
    let quotas = Self.quotas(of: rowsOfClass.map(\.count), samples: samples)
    var generator = RandomGenerator(seed: UInt64(seed: seed))
    var chosen: [Int] = []
    for (quota, given) in zip(quotas, rowsOfClass) {
      var rows = given
      generator.shuffle(&rows, first: quota)
      chosen += rows.prefix(quota)
    }
    rows = chosen.sorted()
    weights = zip(quotas, rowsOfClass).map { $0 > 0 ? Double($1.count) / Double($0) : 1 }
  }

  /// How many rows each class gives: an equal share, or all that it has, whose rest the others share.
  ///
  /// Shares that do not come out even give one row more to the larger classes.
  package static func quotas(of counts: [Int], samples: Int) -> [Int] {
    var quotas = [Int](repeating: 0, count: counts.count)
    var left = samples
    let order = counts.indices.sorted { (counts[$0], $0) < (counts[$1], $1) }
    for (place, index) in order.enumerated() {
      quotas[index] = min(counts[index], left / (order.count - place))
      left -= quotas[index]
    }
    return quotas
  }
}
