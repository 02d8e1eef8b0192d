/// Penalties on weights.
package struct Penalty: Sendable, Hashable, Codable {
  package let l1: Double
  package let l2: Double
  /// Largest sum of squared weights that enter a unit; infinite is off.
  package let maximumSquaredSum: Float

  package init(l1: Double = 0, l2: Double = 0, maximumSquaredSum: Float = .infinity) {
    self.l1 = l1
    self.l2 = l2
    self.maximumSquaredSum = maximumSquaredSum
  }

  /// Whether single precision can reach the limit at all.
  package var limitsNorm: Bool { maximumSquaredSum < .greatestFiniteMagnitude }
}

/// Shares of units that are dropped at random while training.
package struct Dropout: Sendable, Hashable, Codable {
  package let inputRatio: Double
  /// One per hidden layer; nil where the activation has no dropout (a ratio of 0 still draws masks).
  package let hiddenRatios: [Double]?

  package init(inputRatio: Double = 0, hiddenRatios: [Double]? = nil) {
    self.inputRatio = inputRatio
    self.hiddenRatios = hiddenRatios
  }

  /// Factor of the activations of hidden layer `layer` in scoring.
  package func scoringScale(hiddenLayer layer: Int) -> Double { 1 - (hiddenRatios?[layer] ?? 0) }
}
