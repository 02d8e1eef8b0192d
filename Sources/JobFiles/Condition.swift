/// When a parameter has an effect.
package struct Condition: Sendable {
  /// In words, for the reference page; nil where the page does not mention it.
  package let text: String?
  /// Why the parameter has no effect; nil where it has one.
  package let reasonAgainst: @Sendable (JobFacts) -> String?

  /// - `text`: Reads after "acts when".
  package init(_ text: String? = nil, unless reasonAgainst: @escaping @Sendable (JobFacts) -> String?) {
    self.text = text
    self.reasonAgainst = reasonAgainst
  }
}

extension Condition: ExpressibleByStringLiteral {
  /// A condition for the page alone: a job that breaks it is refused.
  package init(stringLiteral text: String) {
    self.init(text) { _ in nil }
  }
}

/// Conditions of several parameters.
extension Condition {
  static let manualRate: Condition = Condition("adaptive_rate is false", unless: manualRateReason)

  static let adaptiveRate: Condition = Condition("adaptive_rate") { $0.job.adaptiveRate ? nil : "adaptive_rate is off" }

  static let elasticAveraging: Condition = Condition("elastic_averaging") {
    $0.job.elasticAveraging ? nil : "elastic_averaging is off"
  }

  static let classification: Condition = Condition("classification") {
    $0.isClassifier ? nil : "this is no classification"
  }

  static let twoClasses: Condition = Condition("two classes") { $0.classCount == 2 ? nil : "there are not two classes" }

  static let severalClasses: Condition = Condition("more than two classes") {
    $0.classCount > 2 ? nil : "there are no more than two classes"
  }

  static let crossValidation: Condition = Condition("cross-validation") {
    $0.isCrossValidated ? nil : "there is no cross-validation"
  }

  static let validationSampling: Condition = Condition("classification, validation_frame and score_validation_samples")
  { facts in
    let job = facts.job
    if job.followsH2O {
      return job.balanceClasses && job.hasValidationTable ? nil : "it needs balance_classes and a validation_frame"
    }
    if !facts.isClassifier { return job.scoreValidationSampling == .uniform ? nil : "this is no classification" }
    if !job.hasValidationTable, !facts.isCrossValidated { return "there is no validation_frame" }
    return job.scoreValidationSamples > 0 ? nil : "score_validation_samples is 0, which takes all rows"
  }

  static let stoppingRounds: Condition = Condition("stopping_rounds above 0") {
    $0.job.stoppingRounds > 0 ? nil : "stopping_rounds is 0"
  }

  /// A distribution in force, by its name in job files.
  static func distribution(_ name: String) -> Condition {
    Condition("distribution or loss is \(name)") {
      $0.distribution == name ? nil : "the distribution is \($0.distribution)"
    }
  }

  /// Settings of H2O for clusters, which one machine has no use for.
  static let cluster: Condition = Condition { _ in "it concerns clusters of machines" }

  /// A rate that is not adaptive, and something further.
  static func manualRate(unless reason: @escaping @Sendable (JobFacts) -> String?) -> Condition {
    Condition("adaptive_rate is false") { manualRateReason($0) ?? reason($0) }
  }

  private static func manualRateReason(_ facts: JobFacts) -> String? {
    facts.job.adaptiveRate ? "adaptive_rate is on" : nil
  }
}
