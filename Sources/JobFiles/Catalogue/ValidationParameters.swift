/// Cross-validation, and starting from an earlier model.
package struct ValidationParameters: Sendable {
  package let nfolds = Parameter<Int>(
    "nfolds", default: 0, ValueRule("0 or at least 2") { $0 == 0 || $0 >= 2 }, group: .crossValidation,
    support: .planned,
    "Number of cross-validation folds; 0 is off.")
  package let foldAssignment = Parameter<FoldAssignmentChoice>(
    "fold_assignment", default: .auto, group: .crossValidation, support: .planned, activeWhen: "nfolds",
    "How rows are dealt to folds; AUTO is Random.")
  package let foldColumn = Parameter<String?>(
    "fold_column", default: nil, defaultNote: "none", group: .crossValidation, support: .planned,
    "Column that names the fold of each row.")
  package let keepCrossValidationModels = Parameter<Bool>(
    "keep_cross_validation_models", default: true, group: .crossValidation, support: .planned, activeWhen: "nfolds",
    isOnReferencePage: false,
    "Keeps the model of each fold.")
  package let keepCrossValidationPredictions = Parameter<Bool>(
    "keep_cross_validation_predictions", default: false, group: .crossValidation, support: .planned,
    activeWhen: "nfolds", isOnReferencePage: false,
    "Keeps the predictions for the held-out rows.")
  package let keepCrossValidationFoldAssignment = Parameter<Bool>(
    "keep_cross_validation_fold_assignment", default: false, group: .crossValidation, support: .planned,
    activeWhen: "nfolds", isOnReferencePage: false,
    "Keeps the fold of each row.")
  package let checkpoint = Parameter<String?>(
    "checkpoint", default: nil, defaultNote: "none", group: .restart, support: .planned,
    "Result folder of a model whose training is continued.")
  package let pretrainedAutoencoder = Parameter<String?>(
    "pretrained_autoencoder", default: nil, defaultNote: "none", group: .restart, support: .planned,
    isOnReferencePage: false,
    "Result folder of an autoencoder whose hidden layers are the starting point.")
}
