/// The distribution of a numeric response: link, gradient and deviance.
///
/// Formulas: h2o-behaviour.md#output-errors-of-numbers and #links-and-deviances. Their E and L are
/// ``Elementary/boundedExp(_:)`` and ``Elementary/boundedLog(_:)``.
package enum Distribution: Sendable, Hashable, Codable {
  case gaussian
  case laplace
  /// In training: quadratic up to a residual of 1 in the standardised response, linear beyond.
  case huber
  case quantile(alpha: Double)
  case poisson
  case gamma
  case tweedie(power: Double)

  /// Whether H2O has the distribution, so that a MOJO can express it.
  package var isKnownToH2O: Bool {
    switch self {
    case .gaussian, .laplace, .huber, .quantile, .poisson, .gamma, .tweedie: true
    }
  }

  /// H2O's name of the distribution.
  package var name: String {
    switch self {
    case .gaussian: "gaussian"
    case .laplace: "laplace"
    case .huber: "huber"
    case .quantile: "quantile"
    case .poisson: "poisson"
    case .gamma: "gamma"
    case .tweedie: "tweedie"
    }
  }

  /// H2O's name of the corresponding loss.
  var lossName: String {
    switch self {
    case .gaussian: "Quadratic"
    case .laplace: "Absolute"
    case .huber: "Huber"
    case .quantile: "Quantile"
    case .poisson, .gamma, .tweedie: "Automatic"
    }
  }

  /// Whether the link is the identity; only then is the response standardised.
  package var hasIdentityLink: Bool {
    switch self {
    case .gaussian, .laplace, .huber, .quantile: true
    case .poisson, .gamma, .tweedie: false
    }
  }

  /// Returns the prediction for a linear output.
  package func inverseLink(_ output: Double) -> Double {
    hasIdentityLink ? output : Elementary.boundedExp(output)
  }

  /// Returns the derivative of the loss with respect to the linear output.
  ///
  /// - Parameters:
  ///   - output: The linear output, in training units.
  ///   - target: The response, in training units.
  /// - Returns: For gaussian 2 (f - y), because the objective is the squared error, not half of it.
  package func outputError(output: Double, target: Double) -> Double {
    switch self {
    case .gaussian: 2 * (output - target)
    case .laplace: output > target ? 1 : -1
    case .huber:
      if abs(target - output) <= 1 { 2 * (output - target) } else { output >= target ? 2 : -2 }
    case .quantile(let alpha): target > output ? -alpha : 1 - alpha
    case .poisson: 2 * (Elementary.boundedExp(output) - target)
    case .gamma: 2 * (1 - target * Elementary.boundedExp(-output))
    case .tweedie(let power):
      -2
        * (target * Elementary.boundedExp(output * (1 - power)) - Elementary.boundedExp(output * (2 - power)))
    }
  }

  /// Returns the loss whose derivative is ``outputError(output:target:)``, up to a constant; for gradient checks.
  package func loss(output: Double, target: Double) -> Double {
    switch self {
    case .gaussian: (output - target) * (output - target)
    case .laplace: abs(output - target)
    case .huber:
      abs(target - output) <= 1 ? (output - target) * (output - target) : 2 * abs(output - target) - 1
    case .quantile(let alpha): target > output ? alpha * (target - output) : (1 - alpha) * (output - target)
    case .poisson: 2 * (Elementary.exp(output) - target * output)
    case .gamma: 2 * (output + target * Elementary.exp(-output))
    case .tweedie(let power):
      2
        * (-target * Elementary.exp(output * (1 - power)) / (1 - power)
          + Elementary.exp(output * (2 - power)) / (2 - power))
    }
  }

  /// Returns the deviance of one row of weight 1.
  ///
  /// - `actual`: The response, in its own units.
  /// - `prediction`: The prediction, in the same units.
  /// - `huberDelta`: The residual beyond which huber is linear; other distributions ignore it.
  package func deviance(actual: Double, prediction: Double, huberDelta: Double) -> Double {
    switch self {
    case .gaussian:
      return (actual - prediction) * (actual - prediction)
    case .laplace:
      return abs(actual - prediction)
    case .huber:
      let residual = abs(actual - prediction)
      return residual <= huberDelta ? residual * residual : (2 * residual - huberDelta) * huberDelta
    case .quantile(let alpha):
      return actual > prediction ? alpha * (actual - prediction) : (1 - alpha) * (prediction - actual)
    case .poisson:
      let logRatio = actual == 0 ? 0 : Elementary.boundedLog(actual / prediction)
      return 2 * (actual * logRatio - actual + prediction)
    case .gamma:
      let ratio = actual == 0 && prediction == 0 ? 1 : actual / prediction
      return 2 * (Elementary.boundedLog(prediction / actual) + ratio - 1)
    case .tweedie(let power):
      let output = Elementary.boundedLog(prediction)
      let first = Elementary.pow(actual, 2 - power) / ((1 - power) * (2 - power))
      let second = actual * Elementary.boundedExp(output * (1 - power)) / (1 - power)
      let third = Elementary.boundedExp(output * (2 - power)) / (2 - power)
      return 2 * (first - second + third)
    }
  }
}
