/// The loss of a classifier with softmax output, summed over the classes.
package enum ClassificationLoss: String, Sendable, Codable, CaseIterable {
  case crossEntropy = "CrossEntropy"
  /// Half the squared difference.
  case quadratic = "Quadratic"
  case absolute = "Absolute"
  /// Twice the squared difference up to one half, linear beyond.
  case huber = "Huber"

  /// Returns the derivative of the loss with respect to one probability; for cross-entropy see ``outputErrors``.
  private func slope(_ probability: Double, isTarget: Bool) -> Double {
    let difference = probability - (isTarget ? 1 : 0)
    switch self {
    case .crossEntropy: return isTarget ? -1 / probability : 0
    case .quadratic: return difference
    case .absolute: return isTarget ? -1 : 1
    case .huber: return abs(difference) < 0.5 ? 4 * difference : isTarget ? -2 : 2
    }
  }

  /// Computes the derivatives of the loss with respect to the net inputs of the output units.
  ///
  /// Softmax couples the units: dE/dnet_i = y_i (E'_i - sum over k of E'_k y_k). H2O omits the terms of the
  /// other units, except with cross-entropy (h2o-behaviour.md#output-errors-of-classifiers).
  ///
  /// - `errors`: Receives one number per class.
  /// - `probabilities`: The softmax outputs.
  /// - `actual`: The actual class.
  /// - `jacobian`: Decides whether the terms of the other units are included.
  /// - `smoothing`: The probability that cross-entropy spreads over all classes; other losses ignore it.
  func outputErrors(
    _ errors: UnsafeMutableBufferPointer<Double>, probabilities: UnsafeBufferPointer<Double>, actual: Int,
    jacobian: NetworkRules.SoftmaxJacobian, smoothing: Double
  ) {
    if self == .crossEntropy, smoothing > 0 {
      let share = smoothing / Double(probabilities.count)
      for unit in 0..<probabilities.count {
        errors[unit] = probabilities[unit] - share - (unit == actual ? 1 - smoothing : 0)
      }
      return
    }
    if self == .crossEntropy {
      for unit in 0..<probabilities.count { errors[unit] = probabilities[unit] - (unit == actual ? 1 : 0) }
      return
    }
    func own(_ unit: Int) -> Double { slope(probabilities[unit], isTarget: unit == actual) }
    switch jacobian {
    case .full:
      var shared = 0.0
      for unit in 0..<probabilities.count { shared += own(unit) * probabilities[unit] }
      for unit in 0..<probabilities.count { errors[unit] = probabilities[unit] * (own(unit) - shared) }
    case .diagonal:
      for unit in 0..<probabilities.count {
        errors[unit] = own(unit) * (1 - probabilities[unit]) * probabilities[unit]
      }
    }
  }

  /// Returns the loss itself, for gradient checks.
  package func loss(probabilities: [Double], actual: Int, smoothing: Double = 0) -> Double {
    guard self != .crossEntropy else {
      let mean = probabilities.reduce(0) { $0 + Elementary.log($1) } / Double(probabilities.count)
      return -(1 - smoothing) * Elementary.log(probabilities[actual]) - smoothing * mean
    }
    return probabilities.enumerated().reduce(0) { sum, output in
      let difference = abs(output.element - (output.offset == actual ? 1 : 0))
      switch self {
      case .crossEntropy: return sum
      case .quadratic: return sum + difference * difference / 2
      case .absolute: return sum + difference
      case .huber: return sum + (difference < 0.5 ? 2 * difference * difference : 2 * difference - 0.5)
      }
    }
  }
}
