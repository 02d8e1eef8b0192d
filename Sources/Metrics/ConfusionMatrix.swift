/// How often each actual class was taken for each class.
package struct ConfusionMatrix: Sendable, Equatable {
  package let labels: [String]
  /// [actual][predicted], weights of rows.
  package private(set) var counts: [[Double]]

  package init(labels: [String]) {
    self.labels = labels
    counts = Array(repeating: Array(repeating: 0, count: labels.count), count: labels.count)
  }

  package init(labels: [String], counts: [[Double]]) {
    self.labels = labels
    self.counts = counts
  }

  package mutating func add(actual: Int, predicted: Int, weight: Double = 1) {
    counts[actual][predicted] += weight
  }

  package var total: Double { counts.reduce(0) { $0 + $1.reduce(0, +) } }

  /// Rows of a class, and how many of them were taken for another.
  package func errors(of actual: Int) -> (wrong: Double, total: Double) {
    let total = counts[actual].reduce(0, +)
    return (total - counts[actual][actual], total)
  }

  /// Share of rows taken for another class; NaN without rows.
  package var error: Double {
    let wrong = labels.indices.reduce(0) { $0 + errors(of: $1).wrong }
    return wrong / total
  }

  /// Mean of the error rates of the classes; a class without rows counts as 0 but is counted.
  package var meanPerClassError: Double {
    let rates = labels.indices.map { actual -> Double in
      let (wrong, total) = errors(of: actual)
      return total > 0 ? wrong / total : 0
    }
    return rates.reduce(0, +) / Double(labels.count)
  }
}
