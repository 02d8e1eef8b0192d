/// The conditions of single parameters, under the names of their rows.
///
/// Their types are written out: a row's own type is inferred from its initialiser, which must not depend on them.
extension Condition {
  static let useAllFactorLevels: Condition = Condition {
    $0.job.autoencoder && !$0.job.useAllFactorLevels ? "an autoencoder needs all of them" : nil
  }

  static let colMajor: Condition = Condition {
    $0.job.colMajor ? "the layout of the weights is chosen automatically, and no result depends on it" : nil
  }

  static let validationSplit: Condition = Condition("validation_fraction is above 0") {
    $0.job.validationFraction > 0 ? nil : "validation_fraction is 0"
  }

  static let groupColumn: Condition = Condition("validation_fraction is above 0, or nfolds") {
    let job = $0.job
    guard job.validationFraction == 0, job.nfolds <= 1, !$0.isFold else { return nil }
    return job.foldColumn != nil
      ? "fold_column says which rows are held out; the column is left out of the predictors all the same"
      : "neither validation_fraction nor nfolds divides the table; the column is left out of the predictors all the same"
  }

  static let missingIndicators: Condition = Condition(
    "missing_values_handling: MeanImputation, compatibility: documentation"
  ) {
    $0.job.missingIndicators && $0.job.missingValuesHandling == .skip
      ? "missing_values_handling is Skip, so that no row with a gap is trained on" : nil
  }

  static let trainingShards: Condition = Condition("compatibility: documentation, mini_batch_size: 1") {
    let job = $0.job
    let acts = !job.followsH2O && job.miniBatchSize == 1 && !job.elasticAveraging && job.sparsityBeta == 0
    return acts
      ? nil
      : "it goes with compatibility: documentation and mini_batch_size: 1, and neither with elastic_averaging nor with "
        + "sparsity_beta"
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
      : "it goes with compatibility: documentation, mini_batch_size: 1 and training_shards: 1, and neither with "
        + "elastic_averaging nor with sparsity_beta"
  }

  static let initialWeightScale: Condition = Condition("initial_weight_distribution is Uniform or Normal") {
    $0.job.initialWeightDistribution == .uniformAdaptive ? "initial_weight_distribution is UniformAdaptive" : nil
  }

  static let averageActivation: Condition = Condition("autoencoder with sparsity_beta above 0") {
    $0.job.sparsityBeta > 0 ? nil : "sparsity_beta is 0"
  }

  static let loss: Condition = Condition {
    $0.isClassifier || $0.job.distribution == .auto || $0.job.loss == .automatic
      ? nil : "with a numeric response the given distribution decides"
  }

  static let distribution: Condition = Condition { facts in
    let asked = facts.job.distribution
    return !facts.isClassifier || asked == .auto || asked.rawValue == facts.distribution
      ? nil : "the response has \(facts.classCount) classes, so it is \(facts.distribution)"
  }

  static let tweediePower: Condition = Condition("distribution is tweedie") {
    $0.job.distribution == .tweedie ? nil : "the distribution is \($0.distribution)"
  }

  static let maxAfterBalanceSize: Condition = Condition("balance_classes") {
    $0.job.balanceClasses ? nil : "balance_classes is off"
  }

  static let diagnostics: Condition = Condition { $0.job.diagnostics ? nil : "they are always computed" }

  static let maxConfusionMatrixSize: Condition = Condition { $0.isClassifier ? nil : "this is no classification" }

  static let scoreValidationSamples: Condition = Condition("validation_frame is given") {
    $0.job.hasValidationTable || $0.isCrossValidated ? nil : "there is no validation_frame"
  }

  static let regressionStop: Condition = Condition("regression or autoencoder") {
    $0.isClassifier ? "this is a classification" : nil
  }

  static let stoppingMetric: Condition = Condition {
    $0.job.stoppingRounds > 0 || $0.job.overwriteWithBestModel ? nil : "stopping_rounds is 0"
  }

  static let momentumStart: Condition = manualRate {
    $0.job.momentumRamp > 0 || $0.job.followsH2O
      ? nil : "momentum_ramp is 0, so the momentum is momentum_stable from the first row on"
  }

  static let momentumRamp: Condition = manualRate {
    $0.job.momentumStart == 0 && $0.job.momentumStable == 0 ? "there is no momentum" : nil
  }

  static let momentumStable: Condition = manualRate {
    $0.job.followsH2O ? "H2O 3.46 never ramps the momentum up; it stays at momentum_start" : nil
  }
}
