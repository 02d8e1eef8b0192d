/// Conditions of single parameters, named after their rows.
///
/// Their types are written out because the compiler infers a row's type from its initialiser, which uses them.
extension Condition {
  static let useAllFactorLevels: Condition = Condition {
    $0.job.autoencoder && !$0.job.useAllFactorLevels ? "an autoencoder uses all factor levels" : nil
  }

  static let colMajor: Condition = Condition {
    $0.job.colMajor ? "the layout of the weights is chosen automatically and affects no result" : nil
  }

  static let validationSplit: Condition = Condition("validation_fraction is above 0") {
    $0.job.validationFraction > 0 ? nil : "validation_fraction is 0"
  }

  static let groupColumn: Condition = Condition("validation_fraction or nfolds is above 0") {
    let job = $0.job
    guard job.validationFraction == 0, job.nfolds <= 1, !$0.isFold else { return nil }
    return job.foldColumn != nil
      ? "fold_column defines the held-out rows; the column is still excluded from the predictors"
      : "neither validation_fraction nor nfolds splits the table; the column is still excluded from the predictors"
  }

  static let missingIndicators: Condition = Condition(
    "missing_values_handling: MeanImputation, compatibility: documentation"
  ) {
    $0.job.missingIndicators && $0.job.missingValuesHandling == .skip
      ? "missing_values_handling is Skip, so training uses no row with a missing value" : nil
  }

  static let trainingShards: Condition = Condition("compatibility: documentation, sparsity_beta: 0") {
    !$0.job.followsH2O && $0.job.sparsityBeta == 0
      ? nil : "it requires compatibility: documentation and supports no sparsity_beta"
  }

  static let unlockedTraining: Condition = Condition(
    "compatibility: documentation, mini_batch_size: 1, training_shards: 1"
  ) {
    let job = $0.job
    let acts =
      !job.followsH2O && job.miniBatchSize == 1 && job.trainingShards == 1 && !job.elasticAveraging
      && job.sparsityBeta == 0
    return acts
      ? nil
      : "it requires compatibility: documentation, mini_batch_size: 1 and training_shards: 1, and supports neither "
        + "elastic_averaging nor sparsity_beta"
  }

  static let initialWeightScale: Condition = Condition("initial_weight_distribution is Uniform or Normal") {
    if $0.job.replacesInitialWeights { return "parametrization is NeuralTangent" }
    return $0.job.initialWeightDistribution == .uniformAdaptive ? "initial_weight_distribution is UniformAdaptive" : nil
  }

  static let initialWeightDistribution: Condition = Condition {
    $0.job.replacesInitialWeights ? "parametrization is NeuralTangent" : nil
  }

  static let averageActivation: Condition = Condition("autoencoder is true and sparsity_beta is above 0") {
    $0.job.sparsityBeta > 0 ? nil : "sparsity_beta is 0"
  }

  static let loss: Condition = Condition {
    $0.isClassifier || $0.job.distribution == .auto || $0.job.loss == .automatic
      ? nil : "for a numeric response, the given distribution determines the loss"
  }

  static let distribution: Condition = Condition { facts in
    let asked = facts.job.distribution
    return !facts.isClassifier || asked == .auto || asked == facts.distribution
      ? nil : "the response has \(facts.classCount) classes, so it is \(facts.distribution.rawValue)"
  }

  static let tweediePower: Condition = Condition("distribution is tweedie") {
    $0.job.distribution == .tweedie ? nil : "the distribution is \($0.distribution.rawValue)"
  }

  static let maxAfterBalanceSize: Condition = Condition("balance_classes is true") {
    $0.job.balanceClasses ? nil : "balance_classes is off"
  }

  static let explanations: Condition = Condition("the model is not an autoencoder") {
    $0.job.autoencoder ? "an autoencoder predicts no response that columns could explain" : nil
  }

  static let explained: Condition = Condition("explanations is not none") {
    explanations.reasonAgainst($0) ?? ($0.job.explanations == .none ? "explanations is none" : nil)
  }

  static let background: Condition = Condition("the model is not an autoencoder", unless: explanations.reasonAgainst)

  static let diagnostics: Condition = Condition { $0.job.diagnostics ? nil : "the statistics are always computed" }

  static let maxConfusionMatrixSize: Condition = Condition { $0.isClassifier ? nil : "the model is not a classifier" }

  static let scoreValidationSamples: Condition = Condition("there are validation rows") {
    $0.job.hasValidationTable || $0.isCrossValidated ? nil : "there are no validation rows"
  }

  static let regressionStop: Condition = Condition("the model is a regression or an autoencoder") {
    $0.isClassifier ? "the model is a classifier" : nil
  }

  static let stoppingMetric: Condition = Condition {
    $0.job.stoppingRounds > 0 || $0.job.overwriteWithBestModel ? nil : "stopping_rounds is 0"
  }

  static let momentumStart: Condition = momentum {
    $0.job.momentumRamp > 0 || $0.job.followsH2O
      ? nil : "momentum_ramp is 0, so the momentum is momentum_stable from the first row"
  }

  static let momentumRamp: Condition = momentum {
    $0.job.momentumStart == 0 && $0.job.momentumStable == 0 ? "momentum_start and momentum_stable are 0" : nil
  }

  static let momentumStable: Condition = momentum {
    $0.job.followsH2O ? "H2O 3.46 does not ramp the momentum; it stays at momentum_start" : nil
  }
}
