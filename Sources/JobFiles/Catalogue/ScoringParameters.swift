/// When the model is measured, on how much data, and when that ends training.
package struct ScoringParameters: Sendable {
  package let scoreEachIteration = Parameter<Bool>(
    "score_each_iteration", default: false, group: .scoring, isOnReferencePage: false,
    "Scores after every iteration, whatever score_interval and score_duty_cycle say.",
    details: "Switched on by reproducible.")
  package let scoreInterval = Parameter<Double>(
    "score_interval", default: 5, defaultNote: "5 or less", .atLeast(0), group: .scoring,
    "Seconds that must have passed since the last scoring began.",
    details: """
      If it is not given, a fiftieth of the expected training time where that is less than 5 seconds, so that short \
      trainings are scored often enough for stopping rules; under h2o-3.46 always 5 seconds.
      """)
  package let scoreDutyCycle = Parameter<Double>(
    "score_duty_cycle", default: 0.1, .between(0, and: 1), group: .scoring,
    "Largest share of the time that may go into scoring; 0 scores only at the end.")
  package let scoreTrainingSamples = Parameter<Int>(
    "score_training_samples", default: 10_000, .atLeast(0), group: .scoring,
    traits: [.judgesModels],
    "Rows of the training table to score on, drawn once; 0 takes all.")
  package let scoreValidationSamples = Parameter<Int>(
    "score_validation_samples", default: 0, .atLeast(0), group: .scoring,
    activeWhen: .scoreValidationSamples,
    traits: [.judgesModels],
    "Rows of the validation table to score on, drawn once; 0 takes all.")
  package let scoreValidationSampling = Parameter<ValidationSamplingChoice>(
    "score_validation_sampling", default: .uniform, group: .scoring,
    activeWhen: .validationSampling,
    traits: [.judgesModels],
    "How those rows are drawn; Stratified takes each class equally often.",
    details: """
      No row is taken twice: a class with fewer rows than its share gives all it has, and the others share the rest. Under \
      h2o-3.46 it acts with balance_classes only, and draws the classes in about the shares of the table.
      """)
  package let classificationStop = Parameter<Double>(
    "classification_stop", default: 0, .offOr(atMost: 1), group: .stopping,
    activeWhen: .classification,
    isOnReferencePage: false,
    "Ends training when the training error is at most this; -1 never does.")
  package let regressionStop = Parameter<Double>(
    "regression_stop", default: 1e-6, .offOr(atMost: 1e300), group: .stopping,
    activeWhen: .regressionStop,
    "Ends training when the training MSE is at most this; -1 never does.")
  package let stoppingRounds = Parameter<Int>(
    "stopping_rounds", default: 5, .between(0, and: 1_000_000), group: .stopping,
    otherNames: ["patience", "n_iter_no_change", "early_stopping_rounds"],
    "Ends training when the moving average of stopping_metric over this many scorings no longer improves; 0 is off.",
    details: "Measured on the validation table if there is one.")
  package let stoppingMetric = Parameter<StoppingMetricChoice>(
    "stopping_metric", default: .auto, group: .stopping,
    activeWhen: .stoppingMetric,
    traits: [.judgesModels],
    otherNames: ["monitor", "eval_metric"],
    "The metric that early stopping and the choice of the best model watch.",
    details: "AUTO is logloss for classification and deviance for regression.")
  package let stoppingTolerance = Parameter<Double>(
    "stopping_tolerance", default: 0, .from(0, below: 1), group: .stopping,
    activeWhen: .stoppingRounds,
    otherNames: ["tol", "min_delta"],
    "Relative improvement below which training counts as standing still.")
  package let maxRuntimeSecs = Parameter<Double>(
    "max_runtime_secs", default: 0, .atLeast(0), group: .stopping,
    otherNames: ["time_limit", "max_time", "timeout"],
    "Seconds after which training ends; 0 is off.",
    details: "The model is then the best one so far if overwrite_with_best_model is on; under h2o-3.46 the last one.")
  package let overwriteWithBestModel = Parameter<Bool>(
    "overwrite_with_best_model", default: true, group: .stopping,
    "Keeps the model of the best scoring instead of the last one.",
    details: """
      At the end the mean of the networks of the second half of the training competes (a tenth of the training apart, \
      at most ten and 16 million numbers), and so do the last networks that were not scored, as many as can be within \
      score_duty_cycle. metrics.json says under best which network was delivered. Not with reproducible, \
      score_each_iteration or h2o-3.46, where every iteration is scored anyway.
      """)
}
