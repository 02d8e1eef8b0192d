/// Schedule and data of scoring, and the rules that end training.
package struct ScoringParameters: Sendable {
  package let scoreEachIteration = Parameter<Bool>(
    "score_each_iteration", default: false, group: .scoring, isOnReferencePage: false,
    "Scores after every iteration, regardless of score_interval and score_duty_cycle.",
    details: "reproducible turns it on.")
  package let scoreInterval = Parameter<Double>(
    "score_interval", default: 5, defaultNote: "5 or less", .atLeast(0), group: .scoring,
    "Minimum number of seconds between the starts of two scorings.",
    details: """
      The default is a fiftieth of the expected training time if that is less than 5 seconds, so that
      short trainings are scored often enough for stopping rules. With h2o-3.46 it is always 5 seconds.
      """)
  package let scoreDutyCycle = Parameter<Double>(
    "score_duty_cycle", default: 0.1, .between(0, and: 1), group: .scoring,
    "Maximum share of the time spent on scoring; 0 scores only at the end.",
    details: """
      A lower value leaves more time for training. A higher value scores more often, which gives early
      stopping and the choice of the best model more networks to compare.
      """)
  package let scoreTrainingSamples = Parameter<Int>(
    "score_training_samples", default: 10_000, .atLeast(0), group: .scoring,
    traits: [.judgesModels],
    "Number of training rows to score on, sampled once; 0 uses all rows.",
    details: "More rows make training metrics more exact and scoring slower.")
  package let scoreValidationSamples = Parameter<Int>(
    "score_validation_samples", default: 0, .atLeast(0), group: .scoring,
    activeWhen: .scoreValidationSamples,
    traits: [.judgesModels],
    "Number of validation rows to score on, sampled once; 0 uses all rows.",
    details: "Fewer rows make scoring faster, but early stopping and the choice of the best model less reliable.")
  package let scoreValidationSampling = Parameter<ValidationSamplingChoice>(
    "score_validation_sampling", default: .uniform, group: .scoring,
    activeWhen: .validationSampling,
    traits: [.judgesModels],
    "Sampling of the validation rows to score on; Stratified takes each class equally often.",
    details: """
      No row is taken twice: a class with fewer rows than its share contributes all of them, and the
      others share the rest. With h2o-3.46 it is used only with balance_classes, and samples classes in
      about the proportions of the table.
      """)
  package let classificationStop = Parameter<Double>(
    "classification_stop", default: 0, .offOr(atMost: 1), group: .stopping,
    activeWhen: .classification,
    isOnReferencePage: false,
    "Ends training if the training error rate is at most this value; -1 disables the rule.",
    details: "The default 0 ends training when no scored training row is misclassified.")
  package let regressionStop = Parameter<Double>(
    "regression_stop", default: 1e-6, .offOr(atMost: 1e300), group: .stopping,
    activeWhen: .regressionStop,
    "Ends training if the training MSE is at most this value; -1 disables the rule.")
  package let stoppingRounds = Parameter<Int>(
    "stopping_rounds", default: 5, .between(0, and: 1_000_000), group: .stopping,
    otherNames: ["patience", "n_iter_no_change", "early_stopping", "early_stopping_rounds", "callbacks"],
    "Ends training if the mean of stopping_metric over this many scorings stalls; 0 disables it.",
    details: """
      Early stopping by a moving average: the improvement must exceed stopping_tolerance. The metric
      comes from the validation table if there is one, otherwise from the training table.
      """)
  package let stoppingMetric = Parameter<StoppingMetricChoice>(
    "stopping_metric", default: .auto, group: .stopping,
    activeWhen: .stoppingMetric,
    traits: [.judgesModels],
    otherNames: ["monitor", "eval_metric"],
    "Metric for early stopping and for choosing the best model.",
    details: "AUTO is logloss for classification, deviance for regression and MSE for autoencoders.")
  package let stoppingTolerance = Parameter<Double>(
    "stopping_tolerance", default: 0, .from(0, below: 1), group: .stopping,
    activeWhen: .stoppingRounds,
    otherNames: ["tol", "min_delta"],
    "Relative improvement below which training counts as stalled.",
    details: "With the default 0, every improvement counts.")
  package let maxRuntimeSecs = Parameter<Double>(
    "max_runtime_secs", default: 0, .atLeast(0), group: .stopping,
    otherNames: ["time_limit", "max_time", "timeout"],
    "Maximum training time in seconds; 0 disables the limit.",
    details: """
      The result is the best model so far if overwrite_with_best_model is on; with h2o-3.46 it is the
      last one.
      """)
  package let overwriteWithBestModel = Parameter<Bool>(
    "overwrite_with_best_model", default: true, group: .stopping,
    "Delivers the network with the best score instead of the last one.",
    details: """
      At the end of training, the mean of the networks of the second half of training competes too
      (snapshots a tenth of the training apart, at most ten and 16 million numbers). So do the last
      networks that were not scored, as many as score_duty_cycle allows. metrics.json names the
      delivered network under best. With reproducible, score_each_iteration or h2o-3.46 there are no
      such candidates, because every iteration is scored.
      """)
}
