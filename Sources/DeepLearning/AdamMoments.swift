/// The constants of Adam besides its learning rate.
package struct AdamMoments: Sendable, Hashable, Codable {
  /// The decay of the running average of gradients.
  package let beta1: Double
  /// The decay of the running average of squared gradients.
  package let beta2: Double
  package let epsilon: Double

  package init(beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8) {
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
  }

  /// Returns the factors that correct the averages at step `step` (1 is the first) for their start at zero.
  func corrections(step: Int) -> (first: Double, second: Double) {
    (1 / (1 - Elementary.pow(beta1, Double(step))), 1 / (1 - Elementary.pow(beta2, Double(step))))
  }
}
