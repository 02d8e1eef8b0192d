/// The loss of a classifier with softmax output.
package enum ClassificationLoss: String, Sendable, Codable, CaseIterable {
  case crossEntropy = "CrossEntropy"
  case quadratic = "Quadratic"
  case absolute = "Absolute"
  case huber = "Huber"

  /// The derivative of the loss with respect to the net input of one output unit.
  ///
  /// Exact for cross-entropy. The others take the diagonal of the softmax Jacobian only, which is what H2O does
  /// (behavioural notes, section 5.3).
  ///
  /// - `probability`: Softmax output of the unit.
  /// - `isTarget`: Whether the unit's class is the actual one.
  package func outputError(probability: Double, isTarget: Bool) -> Double {
    let slope = probability * (1 - probability)
    switch self {
    case .crossEntropy:
      return probability - (isTarget ? 1 : 0)
    case .quadratic:
      return (probability - (isTarget ? 1 : 0)) * slope
    case .absolute:
      return isTarget ? -slope : slope
    case .huber:
      if isTarget { return probability > 0.5 ? -4 * (1 - probability) * slope : -2 * slope }
      return probability < 0.5 ? 4 * probability * slope : 2 * slope
    }
  }
}
