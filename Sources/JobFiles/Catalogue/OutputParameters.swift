package import Metrics

/// The content of the result folder beside the model.
package struct OutputParameters: Sendable {
  package let variableImportances = Parameter<Bool>(
    "variable_importances", default: true, group: .output,
    "Computes the importance of each input unit (Gedeon 1997).",
    details: "It was off by default when the reference page was written; it is on in H2O 3.46 and here.")
  package let exportWeightsAndBiases = Parameter<Bool>(
    "export_weights_and_biases", default: false, group: .output,
    traits: [.fixedInGrids],
    "Writes weights and biases as CSV files to weights/ in the result folder.")
  package let diagnostics = Parameter<Bool>(
    "diagnostics", default: true, group: .output,
    activeWhen: .diagnostics,
    traits: [.fixedInGrids],
    "Computes the statistics of the model summary; accepted, but they are always computed.",
    details: "As in H2O, false changes nothing; it only produces a warning.")
  package let quietMode = Parameter<Bool>(
    "quiet_mode", default: false, group: .output,
    traits: [.fixedInGrids],
    otherNames: ["verbose", "verbosity"],
    "Reports only the start and the end of the job, not each scoring.")
  package let maxConfusionMatrixSize = Parameter<Int>(
    "max_confusion_matrix_size", default: 20, .atLeast(0), group: .output,
    activeWhen: .maxConfusionMatrixSize,
    traits: [.fixedInGrids],
    "Maximum number of classes for which the confusion matrix is printed at the end.",
    details: "The result files always contain the whole matrix.")
  package let maxHitRatioK = Parameter<Int>(
    "max_hit_ratio_k", default: 10, .atLeast(0), group: .output,
    activeWhen: .severalClasses,
    "Number of rows in the hit-ratio table; 0 omits the table.",
    details: "The maximum is the number of classes; with h2o-3.46 it is 10.")
  package let gainsliftBins = Parameter<Int>(
    "gainslift_bins", default: -1, .between(-1, and: 10_000), group: .output,
    activeWhen: .twoClasses,
    isOnReferencePage: false,
    "Number of groups in the gains/lift table; -1 means 16, finer at the top; 0 omits the table.")
  package let aucType = Parameter<MultinomialAUCChoice>(
    "auc_type", default: .auto, group: .output,
    activeWhen: .severalClasses, isOnReferencePage: false,
    "Averaging of the AUC for more than two classes; AUTO computes none.",
    details: """
      OVR compares each class with the rest, OVO each pair of classes. MACRO is the plain mean; WEIGHTED
      weights classes by their rows. multinomial_auc_*.csv lists the AUC of each class or pair. Not
      computed for more than 50 classes.
      """)
  package let customMetricFunc = Parameter<MetricExpression?>(
    "custom_metric_func", default: nil, defaultNote: "none", group: .output,
    traits: [.judgesModels], isOnReferencePage: false,
    otherNames: ["metrics", "custom_metric"],
    "Custom metric, as an expression such as mean(abs(actual - predict) > 5).",
    details: """
      An expression over rows can use the operators + - * / ^ and comparisons, and the functions
      if(condition, yes, no), abs, sqrt, log, exp, min and max. Its names are actual, predict and
      weight; for classes also p0, p1, ... and p_actual (classes are numbered from 0). mean, sum and
      maximum aggregate all rows; without one of them, the mean is taken. Reports call the value custom.
      stopping_metric: custom minimises it, custom_increasing maximises it. In H2O this key names
      uploaded code, which a locked-down daemon does not run.
      """)
  package let exportCheckpointsDir = Parameter<String?>(
    "export_checkpoints_dir", default: nil, defaultNote: "none", group: .output,
    traits: [.fixedInGrids], isOnReferencePage: false,
    "Folder that receives a copy of each finished model, as MODEL_ID.deepspool.",
    details: "The folder must exist. The daemon writes only below the export_directories of its configuration.")
}
