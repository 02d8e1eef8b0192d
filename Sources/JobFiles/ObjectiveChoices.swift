/// H2O's `loss`.
package enum LossChoice: String, ParameterChoice {
  case automatic = "Automatic"
  case crossEntropy = "CrossEntropy"
  case quadratic = "Quadratic"
  case huber = "Huber"
  case absolute = "Absolute"
  case quantile = "Quantile"

  package static var otherNames: [String: LossChoice] {
    [
      "mse": .quadratic, "mean_squared_error": .quadratic, "squared_error": .quadratic, "l2": .quadratic,
      "mae": .absolute, "mean_absolute_error": .absolute, "absolute_error": .absolute, "l1": .absolute,
      "log_loss": .crossEntropy, "logloss": .crossEntropy, "binary_crossentropy": .crossEntropy,
      "categorical_crossentropy": .crossEntropy, "sparse_categorical_crossentropy": .crossEntropy,
      "bce": .crossEntropy, "nll": .crossEntropy, "binary": .crossEntropy, "pinball": .quantile,
    ]
  }

  /// The distribution of a numeric response with this loss, if the job gives no distribution.
  package var distribution: DistributionChoice {
    switch self {
    case .automatic, .quadratic, .crossEntropy: .gaussian
    case .absolute: .laplace
    case .huber: .huber
    case .quantile: .quantile
    }
  }
}

/// H2O's `distribution`.
package enum DistributionChoice: String, ParameterChoice {
  case auto = "AUTO"
  case bernoulli
  case multinomial
  case gaussian
  case poisson
  case gamma
  case laplace
  case quantile
  case huber
  case tweedie

  package static var otherNames: [String: DistributionChoice] {
    [
      "binomial": .bernoulli, "binary": .bernoulli, "logistic": .bernoulli, "quasibinomial": .bernoulli,
      "categorical": .multinomial, "softmax": .multinomial, "multiclass": .multinomial, "classification": .multinomial,
      "normal": .gaussian, "regression": .gaussian, "squared_error": .gaussian, "mse": .gaussian, "mae": .laplace,
      "absolute_error": .laplace,
    ]
  }

  /// The kind of response that a distribution needs.
  package enum Response: Sendable {
    case any
    case classes
    case numbers
  }

  package var response: Response {
    switch self {
    case .auto: .any
    case .bernoulli, .multinomial: .classes
    case .gaussian, .poisson, .gamma, .laplace, .quantile, .huber, .tweedie: .numbers
    }
  }

  /// The losses that the distribution permits (rule E42); nil for all.
  var losses: [LossChoice]? {
    switch self {
    case .auto, .gaussian, .bernoulli, .multinomial: nil
    case .poisson, .gamma, .tweedie, .laplace, .quantile, .huber:
      [.automatic] + LossChoice.allCases.filter { $0.distribution == self }
    }
  }
}
