/// What the network is trained for.
package enum Objective: Sendable, Hashable, Codable {
  /// Softmax over the classes.
  case classification(ClassificationLoss)
  /// One linear unit.
  case regression(Distribution)
  /// The inputs themselves, by units with the activation of the hidden layers.
  case reconstruction(Distribution)

  /// Fills in the errors of the output units.
  ///
  /// - Parameters:
  ///   - errors: Receives dE/dnet, one per output unit.
  ///   - outputs: Probabilities, or the one linear output.
  ///   - target: Class index, or the response in training units.
  ///   - jacobian: The part of the softmax Jacobian that counts.
  package func outputErrors(
    _ errors: UnsafeMutableBufferPointer<Double>, outputs: UnsafeBufferPointer<Double>, target: Double,
    jacobian: NetworkRules.SoftmaxJacobian
  ) {
    switch self {
    case .classification(let loss):
      loss.outputErrors(errors, probabilities: outputs, actual: Int(target), jacobian: jacobian)
    case .regression(let distribution):
      errors[0] = distribution.outputError(output: outputs[0], target: target)
    case .reconstruction:
      preconditionFailure("an autoencoder has a target for each unit; see reconstructionErrors")
    }
  }

  /// Fills in the errors of the output units of an autoencoder.
  ///
  /// The derivative of the output activation is not multiplied in, as in H2O
  /// (h2o-behaviour.md#output-errors-of-numbers).
  ///
  /// - `errors`: Receives one error per input unit.
  /// - `outputs`: The reconstruction.
  /// - `inputs`: The inputs without dropout, so that noise is learnt to be removed.
  static func reconstructionErrors<Scalar: BinaryFloatingPoint>(
    _ distribution: Distribution, _ errors: inout [Double], outputs: [Double], inputs: [Scalar]
  ) {
    for unit in errors.indices {
      errors[unit] = distribution.outputError(output: outputs[unit], target: Double(inputs[unit]))
    }
  }

  /// The distribution of the residuals of an autoencoder, nil for others.
  package var reconstructed: Distribution? {
    guard case .reconstruction(let distribution) = self else { return nil }
    return distribution
  }

  /// H2O's name of the distribution; the number of classes decides between bernoulli and multinomial.
  package func distributionName(classCount: Int) -> String {
    switch self {
    case .classification: classCount == 2 ? "bernoulli" : "multinomial"
    case .regression(let distribution), .reconstruction(let distribution): distribution.name
    }
  }

  /// The resolved loss as the model summary prints it.
  package var lossName: String {
    switch self {
    case .classification(let loss): loss.rawValue
    case .regression(let distribution), .reconstruction(let distribution): distribution.lossName
    }
  }
}
