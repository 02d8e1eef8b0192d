package import Documents

/// H2O's `activation`: the activation function of the hidden units, with or without hidden dropout.
package enum ActivationChoice: String, ParameterChoice {
  case tanh = "Tanh"
  case tanhWithDropout = "TanhWithDropout"
  case rectifier = "Rectifier"
  case rectifierWithDropout = "RectifierWithDropout"
  case maxout = "Maxout"
  case maxoutWithDropout = "MaxoutWithDropout"
  case expRectifier = "ExpRectifier"
  case expRectifierWithDropout = "ExpRectifierWithDropout"
  case selu = "SELU"
  case seluWithDropout = "SELUWithDropout"
  case mish = "Mish"
  case mishWithDropout = "MishWithDropout"

  /// The misspelling "Tahn" of the reference page.
  package static var otherSpellings: [(word: String, choice: ActivationChoice)] {
    [("Tahn", .tanh), ("Tahn with dropout", .tanhWithDropout)]
  }

  package static var otherNames: [String: ActivationChoice] {
    [
      "relu": .rectifier, "leaky_relu": .rectifier, "gelu": .rectifier, "swish": .rectifier, "silu": .rectifier,
      "elu": .expRectifier, "selu": .expRectifier, "sigmoid": .tanh, "logistic": .tanh,
    ]
  }

  /// Whether `hidden_dropout_ratios` has an effect.
  package var hasHiddenDropout: Bool {
    switch self {
    case .tanhWithDropout, .rectifierWithDropout, .maxoutWithDropout, .expRectifierWithDropout, .seluWithDropout,
      .mishWithDropout:
      true
    case .tanh, .rectifier, .maxout, .expRectifier, .selu, .mish: false
    }
  }

  package var isKnownToH2O: Bool {
    switch self {
    case .selu, .seluWithDropout, .mish, .mishWithDropout: false
    case .tanh, .tanhWithDropout, .rectifier, .rectifierWithDropout, .maxout, .maxoutWithDropout, .expRectifier,
      .expRectifierWithDropout:
      true
    }
  }
}

/// H2O's `initial_weight_distribution`.
package enum InitialWeightChoice: String, ParameterChoice {
  case uniformAdaptive = "UniformAdaptive"
  case uniform = "Uniform"
  case normal = "Normal"
}

/// H2O's `missing_values_handling`.
package enum MissingValuesChoice: String, ParameterChoice {
  case meanImputation = "MeanImputation"
  case skip = "Skip"
}

/// H2O's `stopping_metric`, with the reference page's `r2`.
package enum StoppingMetricChoice: String, ParameterChoice {
  case auto = "AUTO"
  case deviance
  case logloss
  case mse = "MSE"
  case rmse = "RMSE"
  case mae = "MAE"
  case rmsle = "RMSLE"
  case auc = "AUC"
  case aucpr = "AUCPR"
  case liftTopGroup = "lift_top_group"
  case misclassification
  case meanPerClassError = "mean_per_class_error"
  case r2
  case custom
  case customIncreasing = "custom_increasing"

  package static var otherNames: [String: StoppingMetricChoice] {
    [
      "accuracy": .misclassification, "acc": .misclassification, "val_accuracy": .misclassification,
      "error": .misclassification, "err": .misclassification, "roc_auc": .auc, "average_precision": .aucpr,
      "pr_auc": .aucpr, "log_loss": .logloss, "cross_entropy": .logloss, "loss": .deviance, "val_loss": .deviance,
      "mean_squared_error": .mse, "root_mean_squared_error": .rmse, "mean_absolute_error": .mae, "r2_score": .r2,
      "balanced_accuracy": .meanPerClassError, "f1": .aucpr, "f1_score": .aucpr,
    ]
  }
}

/// The value of `validation_split`: the rows to hold out.
package enum ValidationSplitChoice: String, ParameterChoice {
  case random
  case last

  /// Parses the selection; a number, as Keras' key of this name takes, belongs to `validation_fraction`.
  package static func parse(_ node: DocumentNode) throws(ValueFault) -> ValidationSplitChoice {
    if case .scalar(let text, _) = node.content, Double(text) != nil {
      throw ValueFault(
        at: node.location,
        "expected \(typeName), found \(node.shape); validation_fraction sets the share of the rows")
    }
    return try choice(of: node)
  }
}

/// H2O's `fold_assignment`.
package enum FoldAssignmentChoice: String, ParameterChoice {
  case auto = "AUTO"
  case random = "Random"
  case modulo = "Modulo"
  case stratified = "Stratified"
}

/// H2O's `score_validation_sampling`.
package enum ValidationSamplingChoice: String, ParameterChoice {
  case uniform = "Uniform"
  case stratified = "Stratified"
}

/// H2O's `categorical_encoding`.
package enum CategoricalEncodingChoice: String, ParameterChoice {
  case auto = "AUTO"
  case oneHotInternal = "OneHotInternal"
  case oneHotExplicit = "OneHotExplicit"
  case enumeration = "Enum"
  case binary = "Binary"
  case eigen = "Eigen"
  case labelEncoder = "LabelEncoder"
  case sortByResponse = "SortByResponse"
  case enumLimited = "EnumLimited"
}

/// H2O's `auc_type`.
package enum MultinomialAUCChoice: String, ParameterChoice {
  case auto = "AUTO"
  case none = "NONE"
  case macroOVR = "MACRO_OVR"
  case weightedOVR = "WEIGHTED_OVR"
  case macroOVO = "MACRO_OVO"
  case weightedOVO = "WEIGHTED_OVO"
}

/// H2O's search strategies, and one that stops the worse models early.
package enum GridStrategyChoice: String, ParameterChoice {
  case cartesian = "Cartesian"
  case randomDiscrete = "RandomDiscrete"
  case successiveHalving = "SuccessiveHalving"

  package static var otherNames: [String: GridStrategyChoice] {
    [
      "grid": .cartesian, "exhaustive": .cartesian, "full": .cartesian, "random": .randomDiscrete,
      "asha": .successiveHalving, "hyperband": .successiveHalving, "halving": .successiveHalving,
    ]
  }
}

/// The value of `input_changes`: the action if a job's data change between acceptance and end.
package enum InputChangesChoice: String, ParameterChoice {
  /// The job fails.
  case refuse
  /// The job uses the changed data.
  case allow
}

/// The value of `compatibility`: the behaviour to follow where H2O's reference page and its code differ.
package enum CompatibilityChoice: String, ParameterChoice {
  /// The behaviour of the reference page, in single precision with vector kernels.
  case documentation
  /// The behaviour of H2O 3.46.0.12, bit by bit.
  case h2o346 = "h2o-3.46"
}

/// The value of `kind`.
package enum JobKindChoice: String, ParameterChoice {
  case train
  case predict

  package static var otherNames: [String: JobKindChoice] {
    [
      "classification": .train, "regression": .train, "fit": .train, "training": .train, "score": .predict,
      "scoring": .predict, "inference": .predict, "prediction": .predict,
    ]
  }
}

/// A column type that overrides detection.
package enum ColumnTypeChoice: String, ParameterChoice {
  case enumeration = "enum"
  case real
  case int
  case time
  case string

  package static var otherNames: [String: ColumnTypeChoice] {
    [
      "num": .real, "numeric": .real, "number": .real, "float": .real, "float32": .real, "float64": .real,
      "double": .real, "decimal": .real, "integer": .int, "int32": .int, "int64": .int, "long": .int,
      "factor": .enumeration, "cat": .enumeration, "category": .enumeration, "categorical": .enumeration,
      "bool": .enumeration, "boolean": .enumeration, "logical": .enumeration, "date": .time, "datetime": .time,
      "timestamp": .time, "text": .string, "str": .string, "character": .string, "object": .string,
    ]
  }
}

/// The value of `decimal`: the character between the whole part and the fraction of a number.
package enum DecimalChoice: String, ParameterChoice {
  case point = "."
  case comma = ","

  package static var typeName: String { "'.' or ','" }

  package static var otherSpellings: [(word: String, choice: DecimalChoice)] {
    [("point", .point), ("dot", .point), ("comma", .comma)]
  }

  /// The mark in quotes, which YAML needs.
  package var text: String { DocumentText.quoted(rawValue) }
}

/// The value of `explanations`: how thoroughly a model is explained.
package enum ExplanationsChoice: String, ParameterChoice {
  case auto
  case full
  case none

  package static var otherNames: [String: ExplanationsChoice] {
    ["true": .auto, "yes": .auto, "false": .none, "no": .none, "off": .none, "all": .full]
  }
}

/// A format to which a finished model is exported.
package enum ExportChoice: String, ParameterChoice {
  case mojo
  case onnx
}
