internal import DeepLearning
package import Metrics

/// The temperature that calibrates the probabilities of a classifier.
///
/// Source: Guo et al. 2017, On calibration of modern neural networks.
///
/// The net inputs of the output layer are divided by it, so that the probabilities of rows that the model has not
/// trained on are as sure as they are right.
package enum Temperature {
  /// The range of temperatures; a model that is never wrong on few rows would otherwise have temperature 0.
  private static let range = 0.05...20.0
  private static let halvings = 60
  /// The smallest probability, below which its logarithm is not exact.
  private static let smallestProbability = 1e-300

  /// Finds the temperature with the smallest log loss.
  ///
  /// A model that is right on all of few rows is not sure to be right on others. As in Platt scaling (Platt 1999), each
  /// row therefore counts as wrong with the weight 1 / (rows + 2): it then belongs to the class that the model finds most
  /// likely besides.
  ///
  /// The loss is convex in the inverse temperature, whose derivative is the mean of E[z] - z of the row's class.
  ///
  /// - Parameters:
  ///   - rows: Rows scored without a temperature.
  ///   - correction: The factor of each class that the probabilities contain (``Model/classCorrection``).
  ///   - classCount: The number of classes.
  /// - Returns: The temperature; nil if no row counts.
  package static func best(_ rows: ScoredRows, correction: [Double]?, classCount: Int) -> Double? {
    let factors = correction ?? [Double](repeating: 1, count: classCount)
    var nets: [Double] = []
    var actuals: [(index: Int, weight: Double)] = []
    rows.forEachRow(width: classCount) { actual, outputs, weight in
      nets += zip(outputs, factors).map { Elementary.log(max($0, smallestProbability) / $1) }
      actuals.append((Int(actual), weight))
    }
    guard !actuals.isEmpty else { return nil }
    let doubt = 1 / Double(actuals.count + 2)
    func slope(_ inverse: Double) -> Double {
      var total = 0.0
      for (row, actual) in actuals.enumerated() {
        let nets = nets[row * classCount..<(row + 1) * classCount]
        let largest = nets.max() ?? 0
        var (sum, mean, other) = (0.0, 0.0, -Double.infinity)
        for (index, (net, factor)) in zip(nets, factors).enumerated() {
          let share = factor * Elementary.exp(inverse * (net - largest))
          sum += share
          mean += share * net
          if index != actual.index { other = max(other, net) }
        }
        let wanted = (1 - doubt) * nets[nets.startIndex + actual.index] + doubt * other
        total += actual.weight * (mean / sum - wanted)
      }
      return total
    }
    var (low, high) = (1 / range.upperBound, 1 / range.lowerBound)
    if slope(low) >= 0 { return range.upperBound }
    if slope(high) <= 0 { return range.lowerBound }
    for _ in 0..<halvings {
      let middle = (low * high).squareRoot()
      if slope(middle) < 0 { low = middle } else { high = middle }
    }
    return 1 / (low * high).squareRoot()
  }
}
