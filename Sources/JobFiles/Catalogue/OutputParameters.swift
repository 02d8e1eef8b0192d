package import Metrics

/// What the result folder holds beside the model.
package struct OutputParameters: Sendable {
  package let variableImportances = Parameter<Bool>(
    "variable_importances", default: true, group: .output,
    "Computes how much each input unit matters (Gedeon 1997).",
    details: "Off by default in the days of the reference page, on in H2O 3.46 and here.")
  package let exportWeightsAndBiases = Parameter<Bool>(
    "export_weights_and_biases", default: false, group: .output,
    traits: [.fixedInGrids],
    "Writes weights and biases as CSV files.")
  package let diagnostics = Parameter<Bool>(
    "diagnostics", default: true, group: .output,
    activeWhen: .diagnostics,
    traits: [.fixedInGrids],
    "Computes the statistics of the model summary; they are always computed.",
    details: "As in H2O, false changes nothing but draws a warning.")
  package let quietMode = Parameter<Bool>(
    "quiet_mode", default: false, group: .output,
    traits: [.fixedInGrids],
    otherNames: ["verbose"],
    "Reports the beginning and the end of the job only, not each scoring.")
  package let maxConfusionMatrixSize = Parameter<Int>(
    "max_confusion_matrix_size", default: 20, .atLeast(0), group: .output,
    activeWhen: .maxConfusionMatrixSize,
    traits: [.fixedInGrids],
    "Largest number of classes for which the confusion matrix is printed at the end.",
    details: "The files always hold the whole matrix.")
  package let maxHitRatioK = Parameter<Int>(
    "max_hit_ratio_k", default: 10, .atLeast(0), group: .output,
    activeWhen: .severalClasses,
    "Rows of the hit-ratio table; 0 leaves it out.",
    details: "At most the number of classes; under h2o-3.46 at most 10.")
  package let gainsliftBins = Parameter<Int>(
    "gainslift_bins", default: -1, .between(-1, and: 10_000), group: .output,
    activeWhen: .twoClasses,
    isOnReferencePage: false,
    "Groups of the gains/lift table; -1 takes sixteen, finer at the top, 0 leaves the table out.")
  package let aucType = Parameter<MultinomialAUCChoice>(
    "auc_type", default: .auto, group: .output,
    activeWhen: .severalClasses, isOnReferencePage: false,
    "How the AUC of several classes is averaged; AUTO computes none.",
    details: """
      OVR is each class against the rest, OVO each pair of classes; MACRO is the plain mean, WEIGHTED counts classes by \
      their rows. All curves stand in multinomial_auc_*.csv. Not computed for more than 50 classes.
      """)
  package let customMetricFunc = Parameter<MetricExpression?>(
    "custom_metric_func", default: nil, defaultNote: "none", group: .output,
    traits: [.judgesModels], isOnReferencePage: false,
    otherNames: ["metrics", "custom_metric"],
    "A metric of the user's own, such as mean(abs(actual - predict) > 5).",
    details: """
      Arithmetic over rows with + - * / ^, comparisons, if(condition, yes, no), abs, sqrt, log, exp, min, max; the names \
      actual, predict, weight, and for classes p0, p1, ... and p_actual (classes are numbered from 0); mean, sum and \
      maximum run over all rows, mean is added where none of them is written. H2O takes the name of uploaded code here; \
      a locked-down daemon runs none. The value is called custom; stopping_metric: custom watches it (less is better), \
      custom_increasing watches it growing.
      """)
  package let exportCheckpointsDir = Parameter<String?>(
    "export_checkpoints_dir", default: nil, defaultNote: "none", group: .output,
    traits: [.fixedInGrids], isOnReferencePage: false,
    "Folder that receives a copy of each finished model, as MODEL_ID.deepspool.",
    details: "The daemon writes only beneath the export_directories of its configuration.")
}
