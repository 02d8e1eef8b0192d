import JobFiles
import Testing

/// The sets of keys with each trait, as H2O and deepspool's own keys define them.
@Suite("Traits of parameters")
struct ParameterTraitsTests {
  private func keys(_ trait: (any ParameterRow) -> Bool) -> Set<String> {
    Set(ParameterCatalogue.shared.allRows.filter(trait).map(\.key))
  }

  @Test("keys that cannot change when training continues")
  func fixedOnContinuation() {
    let expected: Set = [
      "response_column", "hidden", "ignored_columns", "activation", "use_all_factor_levels", "standardize",
      "adaptive_rate", "autoencoder", "rho", "epsilon", "sparse", "sparsity_beta", "rate", "rate_annealing",
      "rate_decay", "momentum_start", "momentum_ramp", "momentum_stable", "nesterov_accelerated_gradient",
      "ignore_const_cols", "max_categorical_features", "distribution", "quantile_alpha", "huber_alpha", "tweedie_power",
      "categorical_encoding", "compatibility", "missing_indicators", "validation_fraction", "validation_split",
      "group_column", "optimizer", "beta1", "beta2", "numeric_transform", "parametrization", "bias_rate_factor",
      "input_scaling", "scaling_rate_factor",
    ]
    #expect(keys(\.fixedOnContinuation) == expected)
  }

  @Test("keys that affect how networks are scored")
  func judgesModels() {
    let expected: Set = [
      "stopping_metric", "loss", "custom_metric_func", "training_frame", "validation_frame", "weights_column",
      "offset_column", "balance_classes", "class_sampling_factors", "max_after_balance_size", "score_training_samples",
      "score_validation_samples", "score_validation_sampling", "label_threshold",
    ]
    #expect(keys(\.judgesModels) == expected)
  }

  @Test("keys that a grid cannot vary, besides those of the job and grid blocks")
  func gridSearchable() {
    let fixed = keys { !$0.gridSearchable && ![.jobFile, .reading, .grid, .scheduling].contains($0.group) }
    let expected: Set = [
      "autoencoder", "export_weights_and_biases", "diagnostics", "pretrained_autoencoder", "max_after_balance_size",
      "max_confusion_matrix_size", "training_frame", "response_column", "weights_column", "offset_column",
      "fold_column", "model_id", "checkpoint", "export_checkpoints_dir", "quiet_mode", "validation_fraction",
      "validation_split", "group_column", "explanations", "explanation_rows", "background_rows",
    ]
    #expect(fixed == expected)
  }

  @Test("keys that prediction jobs accept besides their own")
  func appliesToPredictions() {
    let shared = keys { $0.appliesToPredictions && ![.prediction, .scheduling].contains($0.group) }
    let expected: Set = [
      "kind", "column_types", "header", "column_names", "separator", "na_strings", "rename_levels", "skipped_columns",
      "max_bad_fields", "label_threshold", "decimal", "thousands", "comment", "skip_lines", "date_format", "index_base",
      "sheet",
    ]
    #expect(shared == expected)
  }

  @Test(
    "given keys without effect produce a warning with the reason",
    arguments: [
      ("rate: 0.1", "rate has no effect: adaptive_rate is on"),
      (
        "adaptive_rate: false\nmomentum_ramp: 5",
        "momentum_ramp has no effect: momentum_start and momentum_stable are 0"
      ),
      ("col_major: true", "col_major has no effect: the layout of the weights is chosen automatically"),
      ("stopping_rounds: 0\nstopping_tolerance: 0.1", "stopping_tolerance has no effect: stopping_rounds is 0"),
      ("gainslift_bins: 5", "gainslift_bins has no effect: the response does not have two classes"),
      ("single_node_mode: true", "single_node_mode has no effect: it applies only to clusters of machines"),
      ("validation_split: last", "validation_split has no effect: validation_fraction is 0"),
      ("optimizer: Adam\nrho: 0.9", "rho has no effect: optimizer is Adam"),
      ("optimizer: Adam\nmomentum_start: 0.9", "momentum_start has no effect: optimizer is Adam"),
      ("optimizer: Adam\nadaptive_rate: false", "adaptive_rate has no effect: optimizer is Adam"),
      ("beta2: 0.9", "beta2 has no effect: adaptive_rate is on"),
      (
        "optimizer: Momentum\nrate_schedule: Cosine\nrate_annealing: 0.1",
        "rate_annealing has no effect: rate_schedule is Cosine"
      ),
      ("label_smoothing: 0.1", "label_smoothing has no effect: the model is not a classifier"),
      (
        "optimizer: Adam\nparametrization: NeuralTangent\ninitial_weight_distribution: Normal",
        "initial_weight_distribution has no effect: parametrization is NeuralTangent"
      ),
      ("explanations: none\nexplanation_rows: 5", "explanation_rows has no effect: explanations is none"),
    ])
  func inactive(_ text: String, _ expected: String) throws {
    let job = try JobFileReader.read(Array("training_frame: t\nresponse_column: y\n\(text)\n".utf8), file: "j")
    let facts = JobFacts(job: job, classCount: 1, distribution: .gaussian, isFold: false)
    #expect(facts.inactiveKeys.contains { $0.hasPrefix(expected) }, "\(facts.inactiveKeys)")
  }

  @Test("keys with an effect produce no warning")
  func active() throws {
    let text = "training_frame: t\nresponse_column: y\nrho: 0.9\nhidden: [5]\nregression_stop: 0\nquiet_mode: true\n"
    let job = try JobFileReader.read(Array(text.utf8), file: "j")
    #expect(JobFacts(job: job, classCount: 1, distribution: .gaussian, isFold: false).inactiveKeys.isEmpty)
  }
}
