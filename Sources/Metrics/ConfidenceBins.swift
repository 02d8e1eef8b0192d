/// The probabilities of the predicted classes of a model of several classes, and how often they are right.
///
/// Narrow intervals take the place of all probabilities, so that scoring needs no memory per row.
struct ConfidenceBins {
  private static let binCount = 200

  private var right = [Double](repeating: 0, count: binCount)
  private var wrong = [Double](repeating: 0, count: binCount)
  private var probabilities = [Double](repeating: 0, count: binCount)

  /// Adds one row with the probability of its predicted class.
  mutating func add(_ probability: Double, isRight: Bool, weight: Double) {
    guard probability >= 0 else { return }
    let bin = min(Self.binCount - 1, Int(min(1, probability) * Double(Self.binCount)))
    if isRight { right[bin] += weight } else { wrong[bin] += weight }
    probabilities[bin] += weight * probability
  }

  /// The weights of right (class 1) and wrong (class 0) predictions by their mean probability.
  var table: ThresholdTable {
    ThresholdTable(
      right.indices.reversed().compactMap { bin in
        let weight = right[bin] + wrong[bin]
        return weight > 0
          ? .init(threshold: probabilities[bin] / weight, positives: right[bin], negatives: wrong[bin]) : nil
      })
  }
}
