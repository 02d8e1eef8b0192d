internal import Documents

/// Frames, columns and what becomes of missing and categorical values.
package struct DataParameters: Sendable {
  package let modelID = Parameter<String?>(
    "model_id", default: nil, defaultNote: "the job's id",
    .given(ValueRule("at most 100 bytes") { (name: String) in name.utf8.count <= 100 }), group: .data,
    traits: [.fixedInGrids],
    "Name of the model in messages, reports and exports.")
  package let trainingFrame = Parameter<TableNames?>(
    "training_frame", default: nil, defaultNote: "required", group: .data,
    traits: [.fixedInGrids, .judgesModels],
    otherNames: ["train", "train_data", "training_data"],
    "The table to learn from.",
    details: """
      A path relative to the job file (deepspool run) or to one of the daemon's data directories. CSV, SVMLight or ARFF, \
      plain or compressed (.gz .bz2 .xz .zst, .zip with one file), recognised by content. A list of files, or a folder, \
      is one table: rows one file after the other, columns matched by name.
      """)
  package let validationFrame = Parameter<TableNames?>(
    "validation_frame", default: nil, defaultNote: "none", group: .data,
    traits: [.judgesModels],
    otherNames: ["valid", "validation_data", "eval_set"],
    "A table to measure the model on while it trains.",
    details: """
      Never trained on. It drives early stopping, the choice of the best model and the label threshold of binomial \
      models, when it is given.
      """)
  package let responseColumn = Parameter<String?>(
    "response_column", default: nil, defaultNote: "required unless autoencoder", group: .data,
    traits: [.fixedInGrids, .fixedOnContinuation],
    otherNames: ["target", "target_column", "label", "label_column"],
    "The column to predict.",
    details: """
      A categorical column makes the job a classification, a numeric one a regression. Numbers that are class labels \
      need `column_types: {NAME: enum}`.
      """)
  package let ignoredColumns = Parameter<[String]>(
    "ignored_columns", default: [], group: .data,
    traits: [.fixedOnContinuation], listSpelling: .names,
    otherNames: ["ignore", "drop_columns"],
    "Columns that are not used as predictors.",
    details: "Columns with a role (response, weights, offset, fold) keep it even if they are listed.")
  package let ignoreConstCols = Parameter<Bool>(
    "ignore_const_cols", default: true, group: .data,
    traits: [.fixedOnContinuation],
    "Leaves out predictors that hold a single value.",
    details: """
      Missing values do not count as a value. Columns without any value, and text columns, are left out in any case \
      under compatibility documentation; under h2o-3.46 only when this is on.
      """)
  package let weightsColumn = Parameter<String?>(
    "weights_column", default: nil, defaultNote: "none", group: .data,
    traits: [.fixedInGrids, .judgesModels],
    otherNames: ["sample_weight", "sample_weights", "weights", "case_weights"],
    "Column with the weight of each row.",
    details: """
      Numeric, nothing missing, not negative, not all zero. A row of weight 0 is not used. Weights scale the errors of \
      rows and their share in metrics (but for the confusion matrix of several classes, as in H2O), means and deviations; under h2o-3.46 they do not scale errors but every second \
      row is drawn by weight.
      """)
  package let offsetColumn = Parameter<String?>(
    "offset_column", default: nil, defaultNote: "none", group: .data, activeWhen: "regression",
    traits: [.fixedInGrids, .judgesModels],
    otherNames: ["offset"],
    "Column with a value per row that is added to the prediction in link space.",
    details: "Under h2o-3.46 offsets of 0 and below are ignored, and others take the place of the response's mean.")
  package let standardize = Parameter<Bool>(
    "standardize", default: true, group: .data,
    traits: [.fixedOnContinuation],
    otherNames: ["normalize", "scale"],
    "Centres numeric predictors and scales them to standard deviation 1.",
    details: "A numeric response with identity link is standardised too, and predictions are scaled back.")
  package let missingValuesHandling = Parameter<MissingValuesChoice>(
    "missing_values_handling", default: .meanImputation, group: .data,
    "What becomes of rows with missing predictors in training.",
    details: """
      MeanImputation replaces a missing number by the mean of its column and turns on the extra unit that every \
      categorical column has for missing levels. Skip does not train on such rows. Scoring never skips a row.
      """)
  package let useAllFactorLevels = Parameter<Bool>(
    "use_all_factor_levels", default: true, group: .data,
    activeWhen: .useAllFactorLevels,
    traits: [.fixedOnContinuation],
    "Gives the first level of a categorical column an input unit of its own.",
    details: """
      Switched on for autoencoders. The reference page speaks of the first level as skipped by default; H2O's default is to \
      keep it, and so is this.
      """)
  package let maxCategoricalFeatures = Parameter<Int>(
    "max_categorical_features", default: 2_147_483_647, .between(1, and: 2_147_483_647), group: .data,
    traits: [.fixedOnContinuation],
    "Upper limit of input units for categorical levels, enforced by hashing.",
    details: """
      Where levels need more units, each is put into one of so many slots by a hash that depends on the seed; units that \
      meet add up. Hashed inputs are called C1, C2, ... Not possible for autoencoders.
      """)
  package let categoricalEncoding = Parameter<CategoricalEncodingChoice>(
    "categorical_encoding", default: .auto,
    ValueRule("none of Enum and OneHotExplicit, which H2O refuses for Deep Learning too") {
      $0 != .enumeration && $0 != .oneHotExplicit
    }, group: .data,
    traits: [.fixedOnContinuation], isOnReferencePage: false,
    otherNames: ["encoding", "encoder"],
    "How levels become numbers; AUTO is OneHotInternal, one unit per level and one for missing values.",
    details: """
      LabelEncoder makes one number of a column, Binary the bits of the level's number, Eigen the first principal \
      component of the one-hot columns. SortByResponse orders the levels by the mean response before one-hot encoding, \
      EnumLimited keeps the ten most frequent levels and pools the others. H2O's Eigen is an unfinished power iteration, \
      so it cannot be had exactly.
      """)
  package let sparse = Parameter<Bool>(
    "sparse", default: false, group: .data,
    traits: [.fixedOnContinuation],
    otherNames: ["is_sparse"],
    "Treats the data as mostly zeros: numeric predictors are scaled but not centred.",
    details: """
      A predictor that a table for scoring lacks counts as zero instead of missing. Only what is not zero costs time and \
      memory, so a row of a hundred thousand columns costs what its few numbers cost: set it for SVMLight files and other \
      tables of which most is zero (not under h2o-3.46, which writes rows out).
      """)
  package let colMajor = Parameter<Bool>(
    "col_major", default: false, group: .data,
    activeWhen: .colMajor,
    "Stores the weights of the input layer by column; accepted without effect, since the layout is chosen automatically.",
    details: "No result depends on the layout. H2O 3.46 refuses true, and so does compatibility h2o-3.46.")
}
