/// Cross-validation, and starting from an earlier model.
package struct ValidationParameters: Sendable {
  package let nfolds = Parameter<Int>(
    "nfolds", default: 0, ValueRule("0 or at least 2") { $0 == 0 || $0 >= 2 }, group: .crossValidation,
    otherNames: ["cv", "n_splits", "folds", "k_folds", "kfold"],
    "Number of cross-validation folds; 0 is off.",
    details: """
      For each fold a model is trained on the other folds and measured on this one; the metrics of all rows so predicted \
      are the cross-validation metrics. The job's own model is trained on all rows, for as many epochs as the folds' \
      models took on average if stopping_rounds or max_runtime_secs is on, and without overwrite_with_best_model. Folds \
      are trained side by side, as many as the job has threads.
      """)
  package let foldAssignment = Parameter<FoldAssignmentChoice>(
    "fold_assignment", default: .auto, group: .crossValidation, activeWhen: "cross-validation",
    "How rows are dealt to folds; AUTO is Random.",
    details: "Modulo takes turns; Stratified draws within each class. All depend on the seed but Modulo.")
  package let foldColumn = Parameter<String?>(
    "fold_column", default: nil, defaultNote: "none", group: .crossValidation,
    traits: [.fixedInGrids],
    otherNames: ["folds_column"],
    "Column that names the fold of each row.",
    details: "Whole numbers from 0 or 1 without a gap, or levels. Switches cross-validation on.")
  package let keepCrossValidationModels = Parameter<Bool>(
    "keep_cross_validation_models", default: true, group: .crossValidation,
    activeWhen: .crossValidation,
    isOnReferencePage: false,
    "Keeps the result folder of each fold's model, under cross_validation.")
  package let keepCrossValidationPredictions = Parameter<Bool>(
    "keep_cross_validation_predictions", default: false, group: .crossValidation,
    activeWhen: .crossValidation, isOnReferencePage: false,
    "Keeps the predictions for the held-out rows, together and by fold, under cross_validation.")
  package let keepCrossValidationFoldAssignment = Parameter<Bool>(
    "keep_cross_validation_fold_assignment", default: false, group: .crossValidation,
    activeWhen: .crossValidation, isOnReferencePage: false,
    "Keeps the fold of each row, as cross_validation/fold_assignment.csv.")
  package let checkpoint = Parameter<String?>(
    "checkpoint", default: nil, defaultNote: "none", group: .restart,
    traits: [.fixedInGrids],
    otherNames: ["warm_start", "resume"],
    "The finished model whose training is continued: a job's id, or the path of its result folder.",
    details: """
      epochs is the total and must be more than what was trained before. Parameters that shape the network, the data or \
      the update rule must stay as they were; the refusal names each with its old and new value. Training goes on from \
      the last weights, also where overwrite_with_best_model chose earlier ones (under h2o-3.46 from those), so 2 + 3 \
      epochs are the same as 5 if the iterations are the same.
      """)
  package let pretrainedAutoencoder = Parameter<String?>(
    "pretrained_autoencoder", default: nil, defaultNote: "none", group: .restart,
    traits: [.fixedInGrids],
    isOnReferencePage: false,
    "The finished autoencoder whose hidden layers are the starting point: a job's id, or a result folder.",
    details: "Inputs and hidden layers must be the same; the output layer starts at random.")
}
