/// A condition under which a parameter has an effect.
package struct Condition: Sendable {
  /// The condition in words; nil if the reference page does not mention it.
  package let text: String?
  /// Returns the reason why the parameter has no effect, or nil if it has one.
  package let reasonAgainst: @Sendable (JobFacts) -> String?

  /// - `text`: Follows "used when" on the reference page.
  package init(_ text: String? = nil, unless reasonAgainst: @escaping @Sendable (JobFacts) -> String?) {
    self.text = text
    self.reasonAgainst = reasonAgainst
  }
}

extension Condition: ExpressibleByStringLiteral {
  /// A condition for the reference page only: a job that breaks it is rejected, not warned about.
  package init(stringLiteral text: String) {
    self.init(text) { _ in nil }
  }
}

/// Conditions that several parameters share.
extension Condition {
  static let elasticAveraging: Condition = Condition("elastic_averaging is true") {
    $0.job.elasticAveraging ? nil : "elastic_averaging is off"
  }

  static let classification: Condition = Condition("the model is a classifier") {
    $0.isClassifier ? nil : "the model is not a classifier"
  }

  static let twoClasses: Condition = Condition("the response has two classes") {
    $0.classCount == 2 ? nil : "the response does not have two classes"
  }

  static let severalClasses: Condition = Condition("the response has more than two classes") {
    $0.classCount > 2 ? nil : "the response does not have more than two classes"
  }

  static let crossValidation: Condition = Condition("cross-validation is on") {
    $0.isCrossValidated ? nil : "cross-validation is off"
  }

  static let validationSampling: Condition = Condition(
    "the model is a classifier, there are validation rows and score_validation_samples is above 0"
  ) { facts in
    let job = facts.job
    if job.followsH2O {
      return job.balanceClasses && job.hasValidationTable ? nil : "it requires balance_classes and a validation_frame"
    }
    if !facts.isClassifier { return job.scoreValidationSampling == .uniform ? nil : "the model is not a classifier" }
    if !job.hasValidationTable, !facts.isCrossValidated { return "there are no validation rows" }
    return job.scoreValidationSamples > 0 ? nil : "score_validation_samples is 0, so all rows are used"
  }

  static let stoppingRounds: Condition = Condition("stopping_rounds is above 0") {
    $0.job.stoppingRounds > 0 ? nil : "stopping_rounds is 0"
  }

  /// Returns the condition that this is the resolved distribution.
  static func distribution(_ choice: DistributionChoice) -> Condition {
    Condition("distribution or loss is \(choice.rawValue)") {
      $0.distribution == choice ? nil : "the distribution is \($0.distribution.rawValue)"
    }
  }

  static let severalCopies: Condition = Condition("the job trains on several ranks") {
    $0.job.trainingShards > 1 ? nil : "it applies only to clusters of machines"
  }

  static let copies: Condition = Condition("training_shards is above 1, or the job trains on several ranks") {
    $0.job.trainingShards > 1 ? nil : "there is one copy of the network (training_shards)"
  }

  static let severalRanks: Condition = Condition("the job asks for several ranks") {
    $0.job.nodes * $0.job.ranksPerNode > 1 ? nil : "it applies only to clusters of machines"
  }

  /// The condition of H2O's cluster settings that never have an effect.
  static let cluster: Condition = Condition { _ in "it applies only to clusters of machines" }
}
