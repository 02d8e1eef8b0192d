package import DataFrames
internal import DeepLearning

/// A sample for scoring with equal class sizes and no repeated row: `score_validation_sampling: Stratified`.
package struct EvenClassSample {
  /// The row numbers, in ascending order.
  package let rows: [Int]
  /// The weight of each class that restores its share of the table, so that metrics refer to the table.
  ///
  /// It is the number of rows in the table divided by that in the sample; 1 for classes without rows.
  package let weights: [Double]

  /// Draws from the rows that have a class and a weight.
  ///
  /// `samples`: The largest number of rows; 0 for all rows of the table.
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

  /// Returns the number of rows per class: an equal share, or all rows of a class that has fewer.
  ///
  /// The other classes share what is left. Remainders go to the larger classes, one row each.
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
