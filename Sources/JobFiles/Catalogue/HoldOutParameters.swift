/// Training parameters that H2O does not have: held-out rows, class weights, indicators of missing values.
package struct HoldOutParameters: Sendable {
  package let validationFraction = Parameter<Double>(
    "validation_fraction", default: 0, .from(0, below: 1), group: .data,
    traits: [.fixedInGrids, .fixedOnContinuation], isOnReferencePage: false,
    otherNames: ["valid_frac", "test_size"],
    "Share of the training table that is held out as the validation table; 0 disables it.",
    details: """
      The model never trains on the held-out rows. They determine early stopping, the best model and the
      decision threshold, as a validation_frame does. It cannot be combined with validation_frame or
      cross-validation. Means, standard deviations, levels and the choice of columns come from the
      remaining rows only. Only rows with a known response and a weight above 0 are split. The split is
      random and depends on the seed, not on the number of threads. For classes it is stratified, so
      that every class keeps a row to train on. All models of a grid share one split. A job with
      checkpoint holds out the rows that the earlier job held out, whatever its seed. Report, plan.yaml
      and journal record how many rows were held out, and how.
      """)
  package let validationSplit = Parameter<ValidationSplitChoice>(
    "validation_split", default: .random, group: .data,
    activeWhen: .validationSplit,
    traits: [.fixedInGrids, .fixedOnContinuation],
    isOnReferencePage: false,
    "Selection of the rows that validation_fraction holds out.",
    details: """
      random holds out random rows. last holds out the last rows of the table, in the order of its
      files. Use last for rows in order of time: a model that predicts the future must not be evaluated
      on the past.
      """)
  package let groupColumn = Parameter<String?>(
    "group_column", default: nil, defaultNote: "none", group: .data,
    activeWhen: .groupColumn,
    traits: [.fixedInGrids, .fixedOnContinuation], isOnReferencePage: false,
    otherNames: ["groups"],
    "Column whose equal values keep rows together when the table is split.",
    details: """
      Rows of one group stay on one side of validation_fraction, and in one fold of nfolds. Use it for
      rows that resemble each other, such as those of one patient or customer: otherwise the model is
      evaluated on groups that it has already seen and looks better than it is on new ones. The column
      is not used as a predictor. Every row needs a value. Whole groups are assigned so that each part
      comes as close as possible to its share of the rows, and of each class if the split is stratified.
      With validation_split: last, the groups of the last rows are held out.
      """)
  package let classWeight = Parameter<ClassWeights?>(
    "class_weight", default: nil, defaultNote: "none",
    .given(ValueRule("weights above 0 and at most 1e9") { $0.weights.allSatisfy { $0 > 0 && $0 <= 1e9 } }),
    group: .classBalancing, activeWhen: "the model is a classifier, compatibility: documentation",
    traits: [.unknownToH2O],
    isOnReferencePage: false,
    otherNames: ["class_weights"],
    "Loss factor for the rows of each class: {class: weight}, or balanced.",
    details: """
      As in scikit-learn, a class that is not named has weight 1, and balanced gives each class n / (k *
      its rows), where n is the number of training rows and k the number of classes. The factor
      multiplies the row's weight in weights_column. It scales the training loss only: metrics stay
      unweighted, and predicted probabilities shift towards classes with large weights. balance_classes
      instead repeats rows and corrects the probabilities afterwards. H2O has no such parameter.
      """)
  package let missingIndicators = Parameter<Bool>(
    "missing_indicators", default: false, group: .data,
    activeWhen: .missingIndicators,
    traits: [.unknownToH2O, .fixedOnContinuation], isOnReferencePage: false,
    "Adds an input COLUMN.missing for each numeric predictor with missing values.",
    details: """
      The input is 1 where the value is missing and 0 elsewhere. Use it if a missing value carries
      information. The missing value itself is still replaced by the mean. A column gets an indicator if
      a training row lacks its value. Indicators are not standardised, like the inputs of categorical
      levels, so that rare gaps do not become large inputs. Categorical columns already have an input
      for missing values; with an encoding that turns levels into numbers, the numbers get the
      indicator. ONNX exports include indicators; MOJO exports cannot. H2O has no such parameter.
      """)
}
