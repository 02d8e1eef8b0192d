/// The dropout ratios: the fractions of units that are dropped at random in training.
package struct Dropout: Sendable, Hashable, Codable {
  package let inputRatio: Double
  /// The ratio of each hidden layer; nil where the activation has no dropout (a ratio of 0 still draws masks).
  package let hiddenRatios: [Double]?

  package init(inputRatio: Double = 0, hiddenRatios: [Double]? = nil) {
    self.inputRatio = inputRatio
    self.hiddenRatios = hiddenRatios
  }

  /// Returns the factor of the activations of hidden layer `layer` in scoring.
  package func scoringScale(hiddenLayer layer: Int) -> Double { 1 - (hiddenRatios?[layer] ?? 0) }
}
