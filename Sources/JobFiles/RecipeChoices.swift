/// The value of `optimizer`: the rule that turns gradients into steps.
package enum OptimizerChoice: String, ParameterChoice {
  /// By `adaptive_rate`.
  case auto = "AUTO"
  case adadelta = "ADADELTA"
  case momentum = "Momentum"
  case adam = "Adam"

  package static var otherNames: [String: OptimizerChoice] { ["sgd": .momentum, "adamw": .adam] }

  package var isKnownToH2O: Bool { self != .adam }
}

/// The value of `rate_schedule`: the course of the learning rate.
package enum RateScheduleChoice: String, ParameterChoice {
  case annealing = "Annealing"
  case constant = "Constant"
  case cosine = "Cosine"
  case cosLog4 = "CosLog4"

  package static var otherNames: [String: RateScheduleChoice] {
    ["cosine_annealing": .cosine, "cosineannealing": .cosine, "cyclic": .cosLog4, "none": .constant]
  }

  package var isKnownToH2O: Bool { self == .annealing }

  /// The cycles of CosLog4.
  package static let cycles = 4

  /// Whether the course depends on the length of the training.
  package var spansTraining: Bool {
    switch self {
    case .annealing, .constant: false
    case .cosine, .cosLog4: true
    }
  }
}

/// The value of `numeric_transform`: the transform of numeric inputs.
package enum NumericTransformChoice: String, ParameterChoice {
  /// By `standardize`.
  case standardize = "Standardize"
  case robustClip = "RobustClip"

  package static var otherNames: [String: NumericTransformChoice] {
    ["standard": .standardize, "standardscaler": .standardize, "robust": .robustClip, "robustscaler": .robustClip]
  }
}

/// The value of `best_model_ties`: the network to keep of several with the same score.
package enum TieChoice: String, ParameterChoice {
  case first
  case last
}

/// The value of `parametrization`: the scale of weights and of their steps.
package enum ParametrizationChoice: String, ParameterChoice {
  case standard = "Standard"
  case neuralTangent = "NeuralTangent"

  package static var otherNames: [String: ParametrizationChoice] { ["ntk": .neuralTangent, "ntp": .neuralTangent] }
}

extension JobFile {
  /// The rule that turns gradients into steps, with AUTO resolved.
  package var updateRule: OptimizerChoice {
    guard self.optimizer == .auto else { return self.optimizer }
    return self.adaptiveRate ? .adadelta : .momentum
  }

  /// Whether the parametrization decides about the weights at the start.
  package var replacesInitialWeights: Bool { updateRule == .adam && self.parametrization == .neuralTangent }

  /// Why the manual learning rate or momentum is not in force, in words that follow "has no effect:".
  fileprivate func reason(_ rules: OptimizerChoice...) -> String? {
    guard !rules.contains(updateRule) else { return nil }
    return self.optimizer == .auto
      ? "adaptive_rate is \(self.adaptiveRate ? "on" : "off")" : "optimizer is \(self.optimizer.rawValue)"
  }
}

/// Conditions that depend on the optimizer.
extension Condition {
  static let adadelta: Condition = Condition("the optimizer is ADADELTA") { $0.job.reason(.adadelta) }

  static let adadeltaOrAdam: Condition = Condition("the optimizer is ADADELTA or Adam") {
    $0.job.reason(.adadelta, .adam)
  }

  static let adam: Condition = Condition("the optimizer is Adam") { $0.job.reason(.adam) }

  /// The condition of the learning rate, which ADADELTA does not have.
  static let manualRate: Condition = Condition("the optimizer is Momentum or Adam") { $0.job.reason(.momentum, .adam) }

  static let rateAnnealing: Condition = Condition(
    "the optimizer is Momentum or Adam, rate_schedule is Annealing"
  ) { facts in
    facts.job.reason(.momentum, .adam)
      ?? (facts.job.rateSchedule == .annealing ? nil : "rate_schedule is \(facts.job.rateSchedule.rawValue)")
  }

  static let adaptiveRate: Condition = Condition("optimizer is AUTO") {
    $0.job.optimizer == .auto ? nil : "optimizer is \($0.job.optimizer.rawValue)"
  }

  static let inputScaling: Condition = Condition("input_scaling is true") {
    $0.job.inputScaling ? nil : "input_scaling is off"
  }

  static let bestModel: Condition = Condition("overwrite_with_best_model is true") {
    $0.job.overwriteWithBestModel ? nil : "overwrite_with_best_model is off"
  }

  static let temperature: Condition = Condition("the model is a classifier, and there are validation rows") { facts in
    guard facts.isClassifier else { return "the model is not a classifier" }
    return facts.job.hasValidationTable || facts.isCrossValidated ? nil : "there are no validation rows"
  }

  static let labelSmoothing: Condition = Condition("the model is a classifier with the loss CrossEntropy") { facts in
    facts.isClassifier ? nil : "the model is not a classifier"
  }

  /// Returns the condition that the optimizer has momentum and that `reason` returns nil.
  static func momentum(unless reason: @escaping @Sendable (JobFacts) -> String? = { _ in nil }) -> Condition {
    Condition("the optimizer is Momentum") { $0.job.reason(.momentum) ?? reason($0) }
  }
}
