/// The resolved options that the arithmetic of training depends on.
package struct LearningOptions: Sendable, Hashable, Codable {
  package let objective: Objective
  package let rule: UpdateRule
  package let penalty: Penalty
  package let dropout: Dropout
  /// Nil unless this is a sparse autoencoder.
  package let sparsity: Sparsity?
  /// Nil without elastic averaging.
  package let elasticity: Elasticity?
  package let engine: TrainingEngine
  /// The probability that cross-entropy spreads evenly over all classes instead of the actual one; 0 disables it.
  ///
  /// Source: Szegedy et al. 2016.
  package let labelSmoothing: Double
  /// Whether factors of the inputs are learned too (``InputScales``).
  package let scalesInputs: Bool
  /// Whether weights whose input is exactly zero and units whose error is exactly zero are skipped.
  package let isFast: Bool
  package let seed: Int
  package let rules: NetworkRules

  /// The options of a job.
  ///
  /// `batchSize`: The mini-batch size; ignored where the arithmetic has no mini-batches.
  package init(
    objective: Objective, rule: UpdateRule, penalty: Penalty = Penalty(), dropout: Dropout = Dropout(),
    sparsity: Sparsity? = nil, elasticity: Elasticity? = nil, labelSmoothing: Double = 0, scalesInputs: Bool = false,
    batchSize: Int = 1, isFast: Bool = true, seed: Int, rules: NetworkRules = NetworkRules()
  ) {
    self.objective = objective
    self.rule = rule
    self.penalty = penalty
    self.dropout = dropout
    self.sparsity = sparsity
    self.elasticity = elasticity
    self.labelSmoothing = labelSmoothing
    self.scalesInputs = scalesInputs
    engine = TrainingEngine(rules.arithmetic, batchSize: batchSize, rule: rule)
    self.isFast = isFast
    self.seed = seed
    self.rules = rules
  }

  /// Whether a unit whose error is exactly zero may be skipped completely.
  var skipsUnitsWithoutError: Bool {
    if rule.countsSteps { return false }
    if isFast { return true }
    guard case .momentum(_, let momentum) = rule else { return false }
    return !momentum.isPresent && !penalty.hasCost
  }
}
