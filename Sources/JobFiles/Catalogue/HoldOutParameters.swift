/// Training parameters that H2O does not have: rows held out for validation, weights of classes, inputs for gaps.
package struct HoldOutParameters: Sendable {
  package let validationFraction = Parameter<Double>(
    "validation_fraction", default: 0, .from(0, below: 1), group: .data,
    traits: [.fixedInGrids, .fixedOnContinuation], isOnReferencePage: false,
    otherNames: ["valid_frac", "test_size"],
    "Share of the training table that is held out and serves as the validation table; 0 is off.",
    details: """
      The model never trains on these rows. They drive early stopping, the choice of the best model and the label \
      threshold, as a validation_frame does, and take its place: the two exclude each other, and neither goes with \
      cross-validation. Means, deviations, levels and the choice of columns come from the other rows only. Rows with a \
      known response and a weight above 0 are dealt: at random by the seed, and for classes within each class \
      (stratified), so that every class keeps a row to train on; threads do not matter. All models of a grid share one \
      split. A job with checkpoint holds out the rows that the earlier job held out, whatever its seed. Report, \
      plan.yaml and journal say how many rows were held out, and how.
      """)
  package let validationSplit = Parameter<ValidationSplitChoice>(
    "validation_split", default: .random, group: .data,
    activeWhen: .validationSplit,
    traits: [.fixedInGrids, .fixedOnContinuation],
    isOnReferencePage: false,
    "Which rows validation_fraction holds out: random, last.",
    details: """
      last holds out the last rows of the table as it stands in its files, for rows in the order of time: a model that \
      predicts the future must not be judged on the past.
      """)
  package let groupColumn = Parameter<String?>(
    "group_column", default: nil, defaultNote: "none", group: .data,
    activeWhen: .groupColumn,
    traits: [.fixedInGrids, .fixedOnContinuation], isOnReferencePage: false,
    otherNames: ["groups"],
    "Column whose equal values keep rows together: on one side of validation_fraction, in one fold of nfolds.",
    details: """
      For rows that resemble each other, such as those of one patient or customer: a model that has seen some of them \
      looks better on the others than it is on strangers. The column is no predictor. Every row needs a value. Whole \
      groups are dealt so that the parts come as close as they can to their share of the rows, and of each class where \
      the split is stratified. With validation_split: last the groups of the last rows are held out.
      """)
  package let classWeight = Parameter<ClassWeights?>(
    "class_weight", default: nil, defaultNote: "none",
    .given(ValueRule("weights above 0 and at most 1e9") { $0.weights.allSatisfy { $0 > 0 && $0 <= 1e9 } }),
    group: .classBalancing, activeWhen: "classification, compatibility: documentation", isOnReferencePage: false,
    otherNames: ["class_weights"],
    "Factor of the error of the rows of each class: {class: weight}, or balanced.",
    details: """
      As in scikit-learn: a class that is not named has weight 1, and balanced gives each class n / (k * its rows), \
      where n is the number of trained rows and k that of classes. Weights scale the loss in training and nothing else: \
      metrics stay unweighted, and predicted probabilities shift towards heavy classes. A weights_column multiplies. \
      balance_classes repeats rows instead and corrects the probabilities afterwards. H2O has no such parameter.
      """)
  package let missingIndicators = Parameter<Bool>(
    "missing_indicators", default: false, group: .data,
    activeWhen: .missingIndicators,
    traits: [.fixedOnContinuation], isOnReferencePage: false,
    "Adds an input COLUMN.missing for each numeric predictor with gaps: 1 where the value is missing, else 0.",
    details: """
      The gap itself is filled with the mean as before. Columns get one if a row that is trained on lacks their value; \
      like the inputs of categorical levels, it is not standardised, so that rare gaps do not become huge inputs. \
      Categorical columns have an input for missing values anyway; with an encoding that makes numbers of them, these \
      numbers get the indicator. ONNX exports have it, a MOJO cannot. H2O has no such parameter.
      """)
}
