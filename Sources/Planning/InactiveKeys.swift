internal import DeepLearning
internal import JobFiles

/// Keys that a job gives although nothing comes of them, each with the reason: nothing is ignored silently.
struct InactiveKeys {
  let job: JobFile
  let objective: Objective
  let classCount: Int

  /// A sentence for each key that was given in vain.
  var sentences: [String] {
    (learning + objectives + scoring + holdOut + cluster)
      .filter { !$0.isActive && job.isGiven($0.key) }
      .map { "\($0.key) has no effect: \($0.reason)" }
  }

  private typealias Row = (key: String, isActive: Bool, reason: String)

  private var learning: [Row] {
    let manual = [
      "rate", "rate_annealing", "rate_decay", "momentum_start", "momentum_ramp", "momentum_stable",
      "nesterov_accelerated_gradient",
    ]
    let hasMomentum = job.momentumStart != 0 || job.momentumStable != 0
    return manual.map { ($0, !job.adaptiveRate, "adaptive_rate is on") }
      + ["rho", "epsilon"].map { ($0, job.adaptiveRate, "adaptive_rate is off") }
      + [
        ("momentum_ramp", hasMomentum || job.adaptiveRate, "there is no momentum"),
        (
          "momentum_start",
          job.momentumRamp > 0 || job.adaptiveRate || job.quirks.contains(.momentumNeverRamps),
          "momentum_ramp is 0, so the momentum is momentum_stable from the first row on"
        ),
        (
          "momentum_stable", !job.quirks.contains(.momentumNeverRamps) || job.adaptiveRate,
          "H2O 3.46 never ramps the momentum up; it stays at momentum_start"
        ),
        (
          "initial_weight_scale", job.initialWeightDistribution != .uniformAdaptive,
          "initial_weight_distribution is UniformAdaptive"
        ),
        (
          "training_shards",
          !job.quirks.contains(.isAlwaysReproducible) && job.miniBatchSize == 1 && !job.elasticAveraging
            && job.sparsityBeta == 0,
          "it goes with compatibility: documentation and mini_batch_size: 1, and neither with elastic_averaging nor with "
            + "sparsity_beta"
        ),
        (
          "unlocked_training",
          !job.quirks.contains(.isAlwaysReproducible) && job.miniBatchSize == 1 && job.trainingShards == 1
            && !job.elasticAveraging && job.sparsityBeta == 0,
          "it goes with compatibility: documentation, mini_batch_size: 1 and training_shards: 1, and neither with "
            + "elastic_averaging nor with sparsity_beta"
        ),
        ("col_major", !job.colMajor, "the layout of the weights is chosen automatically, and no result depends on it"),
        ("use_all_factor_levels", job.useAllFactorLevels || !job.autoencoder, "an autoencoder needs all of them"),
        ("average_activation", job.sparsityBeta > 0, "sparsity_beta is 0"),
        ("elastic_averaging_moving_rate", job.elasticAveraging, "elastic_averaging is off"),
        ("elastic_averaging_regularization", job.elasticAveraging, "elastic_averaging is off"),
      ]
  }

  private var objectives: [Row] {
    let name = objective.distributionName(classCount: classCount)
    let isClassifier = classCount > 1
    return [
      (
        "distribution", !isClassifier || job.distribution == .auto || job.distribution.rawValue == name,
        "the response has \(classCount) classes, so it is \(name)"
      ),
      ("tweedie_power", job.distribution == .tweedie, "the distribution is \(name)"),
      ("quantile_alpha", name == "quantile", "the distribution is \(name)"),
      ("huber_alpha", name == "huber", "the distribution is \(name)"),
      (
        "loss", isClassifier || job.distribution == .auto || job.loss == .automatic,
        "with a numeric response the given distribution decides"
      ),
      ("max_after_balance_size", job.balanceClasses, "balance_classes is off"),
    ]
  }

  private var scoring: [Row] {
    let isClassifier = classCount > 1
    // The model of a fold is measured on the rows held out, whatever the job says.
    let isCrossValidated = job.nfolds > 1 || job.foldColumn != nil || job.weightsColumn == FoldAssignment.weightsColumn
    return [
      ("diagnostics", job.diagnostics, "they are always computed"),
      ("stopping_metric", job.stoppingRounds > 0 || job.overwriteWithBestModel, "stopping_rounds is 0"),
      ("stopping_tolerance", job.stoppingRounds > 0, "stopping_rounds is 0"),
      ("score_validation_samples", job.hasValidationTable || isCrossValidated, "there is no validation_frame"),
      ("classification_stop", isClassifier, "this is no classification"),
      ("regression_stop", !isClassifier, "this is a classification"),
      validationSampling(isClassifier: isClassifier, isCrossValidated: isCrossValidated),
      ("auc_type", classCount > 2, "there are no more than two classes"),
      ("gainslift_bins", classCount == 2, "there are not two classes"),
      ("label_threshold", classCount == 2, "there are not two classes"),
      ("keep_cross_validation_models", isCrossValidated, "there is no cross-validation"),
      ("keep_cross_validation_predictions", isCrossValidated, "there is no cross-validation"),
      ("keep_cross_validation_fold_assignment", isCrossValidated, "there is no cross-validation"),
      ("max_hit_ratio_k", classCount > 2, "there are no more than two classes"),
      ("max_confusion_matrix_size", isClassifier, "this is no classification"),
    ]
  }

  private var holdOut: [Row] {
    let isFold = job.weightsColumn == FoldAssignment.weightsColumn
    return [
      ("validation_split", job.validationFraction > 0, "validation_fraction is 0"),
      (
        "group_column", job.validationFraction > 0 || job.nfolds > 1 || isFold,
        job.foldColumn != nil
          ? "fold_column says which rows are held out; the column is left out of the predictors all the same"
          : "neither validation_fraction nor nfolds divides the table; the column is left out of the predictors all the "
            + "same"
      ),
      (
        "missing_indicators", !job.missingIndicators || job.missingValuesHandling != .skip,
        "missing_values_handling is Skip, so that no row with a gap is trained on"
      ),
    ]
  }

  private func validationSampling(isClassifier: Bool, isCrossValidated: Bool) -> Row {
    let key = "score_validation_sampling"
    if job.quirks.contains(.stratifiedSamplesKeepShares) {
      return (
        key, job.balanceClasses && job.hasValidationTable, "it needs balance_classes and a validation_frame"
      )
    }
    if !isClassifier { return (key, job.scoreValidationSampling == .uniform, "this is no classification") }
    if !job.hasValidationTable, !isCrossValidated { return (key, false, "there is no validation_frame") }
    return (key, job.scoreValidationSamples > 0, "score_validation_samples is 0, which takes all rows")
  }

  private var cluster: [Row] {
    ["target_ratio_comm_to_comp", "replicate_training_data", "single_node_mode", "force_load_balance"].map {
      ($0, false, "it concerns clusters of machines")
    }
  }
}
