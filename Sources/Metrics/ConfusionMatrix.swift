/// The number of rows per actual and predicted class.
package struct ConfusionMatrix: Sendable, Equatable {
  /// The maximum number of classes of a full matrix, as in H2O; beyond it, only the errors per class are counted.
  package static let maximumClasses = 1000

  package let labels: [String]
  /// The weights of rows, [actual][predicted]; nil with too many classes.
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

  /// Returns the weight of the rows of a class, and of those predicted as another class.
  package func errors(of actual: Int) -> (wrong: Double, total: Double) { (wrong[actual], totals[actual]) }

  /// The error rate; NaN without rows.
  package var error: Double { wrong.reduce(0, +) / total }

  /// The mean per-class error; classes without rows count with an error rate of 0.
  package var meanPerClassError: Double {
    let rates = labels.indices.map { totals[$0] > 0 ? wrong[$0] / totals[$0] : 0 }
    return rates.reduce(0, +) / Double(labels.count)
  }
}
