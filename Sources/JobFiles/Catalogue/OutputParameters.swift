/// What the result folder holds beside the model.
package struct OutputParameters: Sendable {
  package let variableImportances = Parameter<Bool>(
    "variable_importances", default: true, group: .output,
    "Computes how much each input unit matters (Gedeon 1997).",
    details: "Off by default in the days of the reference page, on in H2O 3.46 and here.")
  package let exportWeightsAndBiases = Parameter<Bool>(
    "export_weights_and_biases", default: false, group: .output,
    "Writes weights and biases as CSV files.")
  package let diagnostics = Parameter<Bool>(
    "diagnostics", default: true, group: .output,
    "Computes the statistics of the model summary; they are always computed.",
    details: "As in H2O, false changes nothing but draws a warning.")
  package let quietMode = Parameter<Bool>(
    "quiet_mode", default: false, group: .output,
    "Reports the beginning and the end of the job only, not each scoring.")
  package let maxConfusionMatrixSize = Parameter<Int>(
    "max_confusion_matrix_size", default: 20, .atLeast(0), group: .output,
    "Largest number of classes for which the confusion matrix is printed at the end.",
    details: "The files always hold the whole matrix.")
  package let maxHitRatioK = Parameter<Int>(
    "max_hit_ratio_k", default: 10, .atLeast(0), group: .output, activeWhen: "more than two classes",
    "Rows of the hit-ratio table; 0 leaves it out.",
    details: "At most the number of classes, and at most 10.")
  package let gainsliftBins = Parameter<Int>(
    "gainslift_bins", default: -1, .atLeast(-1), group: .output, support: .planned, isOnReferencePage: false,
    "Groups of the gains/lift table; -1 chooses, 0 leaves it out.")
  package let aucType = Parameter<MultinomialAUCChoice>(
    "auc_type", default: .auto, group: .output, support: .planned, isOnReferencePage: false,
    "How the AUC of several classes is averaged; AUTO computes none.")
  package let customMetricFunc = Parameter<String?>(
    "custom_metric_func", default: nil, defaultNote: "none", group: .output, support: .planned,
    isOnReferencePage: false,
    "A metric of the user's own.")
  package let exportCheckpointsDir = Parameter<String?>(
    "export_checkpoints_dir", default: nil, defaultNote: "none", group: .output, support: .planned,
    isOnReferencePage: false,
    "Folder that receives a copy of the finished model.")
}
