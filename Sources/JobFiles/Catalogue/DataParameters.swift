internal import Documents

/// Tables, roles of columns, and the treatment of missing and categorical values.
package struct DataParameters: Sendable {
  package let modelID = Parameter<String?>(
    "model_id", default: nil, defaultNote: "the job's id",
    .given(ValueRule("at most 100 bytes") { (name: String) in name.utf8.count <= 100 }), group: .data,
    traits: [.fixedInGrids],
    otherNames: ["model_name"],
    "Name of the model in messages, reports and exports.")
  package let trainingFrame = Parameter<TableNames?>(
    "training_frame", default: nil, defaultNote: "required", group: .data,
    traits: [.fixedInGrids, .judgesModels],
    otherNames: ["train", "train_data", "training_data"],
    "Table to train on.",
    details: """
      A path relative to the job file (deepspool run) or to one of the daemon's data directories. The
      format is detected from the content, not from the name; docs/reference/job-files.md lists the formats.
      A list of files, or a folder, forms one table: the rows of the files follow each other, and columns
      are matched by name.
      """)
  package let validationFrame = Parameter<TableNames?>(
    "validation_frame", default: nil, defaultNote: "none", group: .data,
    traits: [.judgesModels],
    otherNames: ["valid", "validation_data", "eval_set"],
    "Table to score the model on during training.",
    details: """
      The model never trains on it. It determines early stopping, the best model and the decision
      threshold of binomial models. To hold out rows of training_frame instead, use validation_fraction;
      the two cannot be combined.
      """)
  package let responseColumn = Parameter<String?>(
    "response_column", default: nil, defaultNote: "required unless autoencoder", group: .data,
    traits: [.fixedInGrids, .fixedOnContinuation],
    otherNames: ["target", "target_column", "label", "label_column", "y", "response", "outcome", "dependent_variable"],
    "Column to predict.",
    details: """
      A categorical column makes the job a classification, a numeric column a regression. If class
      labels are numbers, set `column_types: {NAME: enum}`. Autoencoders have no response.
      """)
  package let ignoredColumns = Parameter<[String]>(
    "ignored_columns", default: [], group: .data,
    traits: [.fixedOnContinuation], listSpelling: .names,
    otherNames: ["ignore", "drop_columns", "id_column", "id_columns"],
    "Columns that are not used as predictors.",
    details: """
      List identifiers, and columns that give the response away. A column with a role (response,
      weights, offset, fold) keeps the role even if it is listed. To skip a column while reading, use
      skipped_columns.
      """)
  package let ignoreConstCols = Parameter<Bool>(
    "ignore_const_cols", default: true, group: .data,
    traits: [.fixedOnContinuation],
    "Excludes predictors that have a single value.",
    details: """
      Missing values do not count as a value. With compatibility: documentation, columns without any
      value and text columns are always excluded; with h2o-3.46, only if this is true.
      """)
  package let weightsColumn = Parameter<String?>(
    "weights_column", default: nil, defaultNote: "none", group: .data,
    traits: [.fixedInGrids, .judgesModels],
    otherNames: ["sample_weight", "sample_weights", "weights", "case_weights"],
    "Column with the weight of each row.",
    details: """
      Weights must be numeric, complete, not negative and not all zero. A row of weight 0 is not used.
      Weights scale the loss of each row and its share in metrics, means and standard deviations. The
      confusion matrix of more than two classes stays unweighted, as in H2O. With h2o-3.46 weights do
      not scale the loss; instead, every second row is sampled in proportion to its weight.
      """)
  package let offsetColumn = Parameter<String?>(
    "offset_column", default: nil, defaultNote: "none", group: .data, activeWhen: "the model is a regression",
    traits: [.fixedInGrids, .judgesModels],
    otherNames: ["offset"],
    "Column with an offset per row, added to the prediction on the link scale.",
    details: "With h2o-3.46 offsets of 0 or less are ignored, and a positive offset replaces the mean of the response.")
  package let standardize = Parameter<Bool>(
    "standardize", default: true, group: .data,
    traits: [.fixedOnContinuation],
    otherNames: ["normalize", "scale"],
    "Centres numeric predictors and scales them to standard deviation 1.",
    details: """
      With an identity link, a numeric response is standardised too, and predictions are scaled back. If
      you turn it off, provide inputs that are already scaled.
      """)
  package let missingValuesHandling = Parameter<MissingValuesChoice>(
    "missing_values_handling", default: .meanImputation, group: .data,
    "Treatment of missing predictor values in training.",
    details: """
      MeanImputation replaces a missing number by the mean of its column; a missing level turns on the
      input that every categorical column has for missing values. Skip excludes rows with missing
      predictors from training. Scoring never skips a row.
      """)
  package let useAllFactorLevels = Parameter<Bool>(
    "use_all_factor_levels", default: true, group: .data,
    activeWhen: .useAllFactorLevels,
    traits: [.fixedOnContinuation],
    "Gives the first level of a categorical column its own input unit.",
    details: """
      Autoencoders always use all levels. H2O's reference page says that the first level is skipped by
      default, but H2O keeps it by default, and so does deepspool.
      """)
  package let maxCategoricalFeatures = Parameter<Int>(
    "max_categorical_features", default: 2_147_483_647, .between(1, and: 2_147_483_647), group: .data,
    traits: [.fixedOnContinuation],
    "Maximum number of input units for categorical levels, enforced by feature hashing.",
    details: """
      If the levels need more units, a hash that depends on the seed assigns each level to one of this
      many units; levels that share a unit add up. Hashed inputs are named C1, C2, ... Set it for
      columns with very many levels, such as postal codes, which make the first layer large and slow.
      Unsupported for autoencoders.
      """)
  package let categoricalEncoding = Parameter<CategoricalEncodingChoice>(
    "categorical_encoding", default: .auto,
    ValueRule("any value except Enum and OneHotExplicit, which H2O Deep Learning rejects too") {
      $0 != .enumeration && $0 != .oneHotExplicit
    }, group: .data,
    traits: [.fixedOnContinuation], isOnReferencePage: false,
    otherNames: ["encoding", "encoder"],
    "Encoding of categorical levels as numbers.",
    details: """
      AUTO is OneHotInternal: one input unit per level and one for missing values. LabelEncoder makes
      one number per column. Binary makes the bits of the level's number. Eigen makes the first
      principal component of the one-hot columns. SortByResponse sorts the levels by the mean response
      before one-hot encoding. EnumLimited keeps the ten most frequent levels and pools the others.
      H2O's values differ, because its power iteration stops before it has converged.
      """)
  package let sparse = Parameter<Bool>(
    "sparse", default: false, group: .data,
    traits: [.fixedOnContinuation],
    otherNames: ["is_sparse"],
    "Treats the data as mostly zeros: numeric predictors are scaled but not centred.",
    details: """
      Set it for SVMLight files and other tables that contain mostly zeros. Time and memory then grow
      with the nonzero values only, so a row of 100,000 columns costs as much as its few nonzero
      numbers; with h2o-3.46 rows are still stored in full. If a table for scoring lacks a predictor,
      the predictor counts as zero, not as missing. Cannot be combined with elastic_averaging.
      """)
  package let colMajor = Parameter<Bool>(
    "col_major", default: false, group: .data,
    activeWhen: .colMajor,
    "Storage order of the input layer's weights; accepted, but has no effect.",
    details: """
      The layout is chosen automatically, and no result depends on it. H2O 3.46 rejects true, and so
      does compatibility: h2o-3.46.
      """)
}
