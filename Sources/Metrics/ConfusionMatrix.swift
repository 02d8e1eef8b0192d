/// How often each actual class was taken for each class.
package struct ConfusionMatrix: Sendable, Equatable {
  /// Beyond this many classes only the errors of each class are counted, as in H2O: the matrix grows with the square.
  package static let maximumClasses = 1000

  package let labels: [String]
  /// [actual][predicted], weights of rows; nil with too many classes.
  package private(set) var counts: [[Double]]?
  private var totals: [Double]
  private var wrong: [Double]

  package init(labels: [String]) {
    self.labels = labels
    let zeros = [Double](repeating: 0, count: labels.count)
    counts = labels.count <= Self.maximumClasses ? Array(repeating: zeros, count: labels.count) : nil
    (totals, wrong) = (zeros, zeros)
  }

  package init(labels: [String], counts: [[Double]]) {
    self.labels = labels
    self.counts = counts
    totals = counts.map { $0.reduce(0, +) }
    wrong = labels.indices.map { counts[$0].reduce(0, +) - counts[$0][$0] }
  }

  package mutating func add(actual: Int, predicted: Int, weight: Double = 1) {
    counts?[actual][predicted] += weight
    totals[actual] += weight
    if actual != predicted { wrong[actual] += weight }
  }

  package var total: Double { totals.reduce(0, +) }

  /// Rows of a class, and how many of them were taken for another.
  package func errors(of actual: Int) -> (wrong: Double, total: Double) { (wrong[actual], totals[actual]) }

  /// Share of rows taken for another class; NaN without rows.
  package var error: Double { wrong.reduce(0, +) / total }

  /// Mean of the error rates of the classes; a class without rows counts as 0 but is counted.
  package var meanPerClassError: Double {
    let rates = labels.indices.map { totals[$0] > 0 ? wrong[$0] / totals[$0] : 0 }
    return rates.reduce(0, +) / Double(labels.count)
  }
}
