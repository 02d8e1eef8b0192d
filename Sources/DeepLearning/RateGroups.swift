/// The factors of the learning rate for groups of parameters under Adam.
package struct RateGroups: Sendable, Hashable, Codable {
  /// Whether the rate of the weights of a unit is divided by the root of their number.
  ///
  /// Adam's steps do not depend on the scale of gradients, so this equals the neural tangent parametrisation, in which
  /// the net input is W x / sqrt(fan-in) + b with weights of variance 1 (Jacot, Gabriel and Hongler 2018).
  package let weightsByFanIn: Bool
  /// The factor of biases.
  package let biases: Double
  /// The factor of the input scales (``NetworkState/inputScales``).
  package let inputScales: Double

  package init(weightsByFanIn: Bool = false, biases: Double = 1, inputScales: Double = 1) {
    self.weightsByFanIn = weightsByFanIn
    self.biases = biases
    self.inputScales = inputScales
  }

  /// Returns the factor of the weights of a unit with `inputs` inputs.
  func weights(inputs: Int) -> Double {
    weightsByFanIn ? 1 / Elementary.squareRoot(Double(max(1, inputs))) : 1
  }
}
