/// Cross-validation, and training that starts from an earlier model.
package struct ValidationParameters: Sendable {
  package let nfolds = Parameter<Int>(
    "nfolds", default: 0, ValueRule("0 or at least 2") { $0 == 0 || $0 >= 2 }, group: .crossValidation,
    otherNames: ["cv", "n_splits", "folds", "k_folds", "kfold"],
    "Number of cross-validation folds; 0 disables cross-validation.",
    details: """
      For each fold, a model is trained on the other folds and scored on this one. The cross-validation
      metrics cover all rows that are predicted this way. The job's own model is trained on all rows,
      without overwrite_with_best_model. If stopping_rounds or max_runtime_secs is on, it trains for the
      mean number of epochs of the fold models. Folds are trained in parallel, as many as the job has
      threads. Unsupported for autoencoders.
      """)
  package let foldAssignment = Parameter<FoldAssignmentChoice>(
    "fold_assignment", default: .auto, group: .crossValidation, activeWhen: "cross-validation is on",
    otherNames: ["stratify", "stratified"],
    "Assignment of rows to folds; AUTO is Random.",
    details: "Modulo takes turns; Stratified draws within each class. All but Modulo depend on the seed.")
  package let foldColumn = Parameter<String?>(
    "fold_column", default: nil, defaultNote: "none", group: .crossValidation,
    traits: [.fixedInGrids],
    otherNames: ["folds_column"],
    "Column with the fold of each row; turns cross-validation on.",
    details: "Its values are whole numbers without gaps, from 0 or 1, or levels. Cannot be combined with nfolds.")
  package let keepCrossValidationModels = Parameter<Bool>(
    "keep_cross_validation_models", default: true, group: .crossValidation,
    activeWhen: .crossValidation,
    isOnReferencePage: false,
    "Keeps the result folder of each fold's model in cross_validation/.")
  package let keepCrossValidationPredictions = Parameter<Bool>(
    "keep_cross_validation_predictions", default: false, group: .crossValidation,
    activeWhen: .crossValidation, isOnReferencePage: false,
    "Keeps the predictions of the held-out rows, combined and by fold, in cross_validation/.")
  package let keepCrossValidationFoldAssignment = Parameter<Bool>(
    "keep_cross_validation_fold_assignment", default: false, group: .crossValidation,
    activeWhen: .crossValidation, isOnReferencePage: false,
    "Keeps the fold of each row in cross_validation/fold_assignment.csv.")
  package let checkpoint = Parameter<String?>(
    "checkpoint", default: nil, defaultNote: "none", group: .restart,
    traits: [.fixedInGrids],
    otherNames: ["warm_start", "resume"],
    "Finished model to continue training: a job id, or the path of a result folder.",
    details: """
      epochs is the total and must be more than the epochs trained before. Keys that shape the network,
      the data or the update rule must keep their values; the error names each change with its old and
      new value. Training continues from the last weights, even if overwrite_with_best_model delivered
      earlier ones (with h2o-3.46, from the delivered ones). Therefore 2 + 3 epochs equal 5 epochs if
      the iterations are the same.
      """)
  package let pretrainedAutoencoder = Parameter<String?>(
    "pretrained_autoencoder", default: nil, defaultNote: "none", group: .restart,
    traits: [.fixedInGrids],
    isOnReferencePage: false,
    "Finished autoencoder that provides the hidden layers: a job id, or a result folder.",
    details: "Inputs and hidden layers must be the same. The output layer starts with random weights.")
}
