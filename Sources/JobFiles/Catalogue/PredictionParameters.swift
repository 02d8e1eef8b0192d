/// The inputs and outputs of a job of `kind: predict`.
package struct PredictionParameters: Sendable {
  package let model = Parameter<String?>(
    "model", default: nil, defaultNote: "required", group: .prediction, activeWhen: "kind: predict",
    "Finished model: a job id, a result folder, a model file or a MOJO zip.")
  package let frame = Parameter<TableNames?>(
    "frame", default: nil, defaultNote: "required", group: .prediction, activeWhen: "kind: predict",
    "Table whose rows are predicted.",
    details: "The table is read in pieces and may be larger than memory. The result folder contains predictions.csv.")
  package let anomaly = Parameter<Bool>(
    "anomaly", default: false, group: .prediction, activeWhen: "kind: predict, the model is an autoencoder",
    "Writes the reconstruction error of each row instead of the reconstruction.")
  package let perFeature = Parameter<Bool>(
    "per_feature", default: false, group: .prediction, activeWhen: "kind: predict, anomaly: true",
    "Writes the reconstruction error of each input of each row.")
  package let deepFeatures = Parameter<Int?>(
    "deep_features", default: nil, defaultNote: "none",
    .given(ValueRule("at least 0") { $0 >= 0 }), group: .prediction, activeWhen: "kind: predict",
    "Writes the outputs of this hidden layer (0 is the first) instead of predictions.")
  package let contributions = Parameter<Bool>(
    "contributions", default: false, group: .prediction, activeWhen: "kind: predict, the model is not an autoencoder",
    otherNames: ["predict_contributions", "pred_contribs", "pred_contrib", "shap"],
    "Writes the contributions of all columns to each prediction (SHAP values) to contributions.csv.",
    details: """
      Per row, the contributions and BiasTerm add up to the linear output of the network: for a
      regression, the prediction or (poisson, gamma, tweedie) its logarithm; for two classes, the log
      odds of the second; for more classes, a line per class with its log odds. They compare each row
      with the background_rows of the training.
      """)
}
