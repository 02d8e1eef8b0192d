/// What the network is trained for.
package enum Objective: Sendable, Hashable, Codable {
  /// Softmax over the classes.
  case classification(ClassificationLoss)
  /// One linear unit.
  case regression(Distribution)

  /// Fills in the errors of the output units.
  ///
  /// - Parameters:
  ///   - errors: Receives dE/dnet, one per output unit.
  ///   - outputs: Probabilities, or the one linear output.
  ///   - target: Class index, or the response in training units.
  package func outputErrors(
    _ errors: UnsafeMutableBufferPointer<Double>, outputs: UnsafeBufferPointer<Double>, target: Double
  ) {
    switch self {
    case .classification(let loss):
      let actual = Int(target)
      for unit in 0..<outputs.count {
        errors[unit] = loss.outputError(probability: outputs[unit], isTarget: unit == actual)
      }
    case .regression(let distribution):
      errors[0] = distribution.outputError(output: outputs[0], target: target)
    }
  }

  /// H2O's name of the distribution; the number of classes decides between bernoulli and multinomial.
  package func distributionName(classCount: Int) -> String {
    switch self {
    case .classification: classCount == 2 ? "bernoulli" : "multinomial"
    case .regression(let distribution): distribution.name
    }
  }

  /// The resolved loss as the model summary prints it.
  package var lossName: String {
    switch self {
    case .classification(let loss): return loss.rawValue
    case .regression(let distribution):
      switch distribution {
      case .gaussian: return "Quadratic"
      case .laplace: return "Absolute"
      case .huber: return "Huber"
      case .quantile: return "Quantile"
      case .poisson, .gamma, .tweedie: return "Automatic"
      }
    }
  }
}
