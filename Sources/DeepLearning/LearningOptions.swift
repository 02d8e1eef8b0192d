package import JobFiles

/// The choices that the arithmetic of training depends on, all resolved.
package struct LearningOptions: Sendable, Hashable {
  package let objective: Objective
  package let rule: UpdateRule
  package let penalty: Penalty
  package let dropout: Dropout
  /// Nil unless this is a sparse autoencoder.
  package let sparsity: Sparsity?
  /// Nil without elastic averaging.
  package let elasticity: Elasticity?
  /// Rows whose gradients are averaged before the weights change.
  package let batchSize: Int
  /// Skip weights whose input is exactly zero and units whose error is exactly zero.
  package let isFast: Bool
  package let seed: Int
  package let quirks: H2OQuirks

  package init(
    objective: Objective, rule: UpdateRule, penalty: Penalty = Penalty(), dropout: Dropout = Dropout(),
    sparsity: Sparsity? = nil, elasticity: Elasticity? = nil, batchSize: Int = 1, isFast: Bool = true, seed: Int,
    quirks: H2OQuirks
  ) {
    self.objective = objective
    self.rule = rule
    self.penalty = penalty
    self.dropout = dropout
    self.sparsity = sparsity
    self.elasticity = elasticity
    self.batchSize = batchSize
    self.isFast = isFast
    self.seed = seed
    self.quirks = quirks
  }

  /// Whether a unit whose error is exactly zero may be passed over altogether.
  var skipsUnitsWithoutError: Bool {
    if isFast { return true }
    guard case .momentum(_, let momentum) = rule else { return false }
    return !momentum.isPresent && penalty.l1 == 0 && penalty.l2 == 0
  }
}
