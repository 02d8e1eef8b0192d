/// The training objective.
package enum Objective: Sendable, Hashable, Codable {
  /// Softmax over the classes.
  case classification(ClassificationLoss)
  /// One linear output unit.
  case regression(Distribution)
  /// The inputs themselves, reconstructed by output units with the hidden layers' activation.
  case reconstruction(Distribution)

  /// Computes the errors of the output units.
  ///
  /// - Parameters:
  ///   - errors: Receives dE/dnet, one per output unit.
  ///   - outputs: The class probabilities, or the linear output.
  ///   - target: The class index, or the response in training units.
  ///   - jacobian: The part of the softmax Jacobian that is used.
  ///   - smoothing: The share of label smoothing (``LearningOptions/labelSmoothing``).
  package func outputErrors(
    _ errors: UnsafeMutableBufferPointer<Double>, outputs: UnsafeBufferPointer<Double>, target: Double,
    jacobian: NetworkRules.SoftmaxJacobian, smoothing: Double = 0
  ) {
    switch self {
    case .classification(let loss):
      loss.outputErrors(
        errors, probabilities: outputs, actual: Int(target), jacobian: jacobian, smoothing: smoothing)
    case .regression(let distribution):
      errors[0] = distribution.outputError(output: outputs[0], target: target)
    case .reconstruction:
      preconditionFailure("autoencoders have one target per unit; call reconstructionErrors instead")
    }
  }

  /// Computes the errors of an autoencoder's output units.
  ///
  /// As in H2O, the derivative of the output activation is not a factor
  /// (h2o-behaviour.md#output-errors-of-numbers).
  ///
  /// - `errors`: Receives one error per input unit.
  /// - `outputs`: The reconstruction.
  /// - `inputs`: The inputs before dropout, so that the network learns to remove noise.
  static func reconstructionErrors<Scalar: BinaryFloatingPoint>(
    _ distribution: Distribution, _ errors: inout [Double], outputs: [Double], inputs: [Scalar]
  ) {
    for unit in errors.indices {
      errors[unit] = distribution.outputError(output: outputs[unit], target: Double(inputs[unit]))
    }
  }

  /// The distribution of the response, or of the residuals of an autoencoder; nil for a classifier.
  package var distribution: Distribution? {
    switch self {
    case .classification: nil
    case .regression(let distribution), .reconstruction(let distribution): distribution
    }
  }

  /// The distribution of the residuals of an autoencoder; nil for other objectives.
  package var reconstructed: Distribution? {
    guard case .reconstruction(let distribution) = self else { return nil }
    return distribution
  }

  /// Returns H2O's name of the distribution; `classCount` decides between bernoulli and multinomial.
  package func distributionName(classCount: Int) -> String {
    switch self {
    case .classification: classCount == 2 ? "bernoulli" : "multinomial"
    case .regression(let distribution), .reconstruction(let distribution): distribution.name
    }
  }

  /// The name of the resolved loss in the model summary.
  package var lossName: String {
    switch self {
    case .classification(let loss): loss.rawValue
    case .regression(let distribution), .reconstruction(let distribution): distribution.lossName
    }
  }
}
