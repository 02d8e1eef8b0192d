import Documents
import JobFiles
import Testing

/// Accepted spellings of values, and rejected numbers.
@Suite("Spellings and ranges")
struct ValueSpellingTests {
  private func read(_ text: String) throws(DocumentError) -> JobFile {
    try JobFileReader.read(Array("training_frame: t.csv\nresponse_column: y\n\(text)\n".utf8), file: "j.yaml")
  }

  @Test(
    "enumeration values ignore case, spaces, hyphens and underscores, and accept the reference page's spellings",
    arguments: [
      ("activation: Tahn", "activation", "Tanh"), ("activation: Tahn with dropout", "activation", "TanhWithDropout"),
      ("activation: Rectifier with dropout", "activation", "RectifierWithDropout"),
      ("activation: Maxout with dropout", "activation", "MaxoutWithDropout"),
      ("activation: exp-rectifier", "activation", "ExpRectifier"),
      ("initial_weight_distribution: Uniform Adaptive", "initial_weight_distribution", "UniformAdaptive"),
      ("categorical_encoding: One Hot Internal", "categorical_encoding", "OneHotInternal"),
      ("categorical_encoding: sort_by_response", "categorical_encoding", "SortByResponse"),
      ("missing_values_handling: mean imputation", "missing_values_handling", "MeanImputation"),
      ("distribution: auto", "distribution", "AUTO"), ("distribution: Tweedie", "distribution", "tweedie"),
      ("distribution: Quantile", "distribution", "quantile"), ("loss: cross-entropy", "loss", "CrossEntropy"),
      ("loss: automatic", "loss", "Automatic"), ("stopping_metric: mse", "stopping_metric", "MSE"),
      ("stopping_metric: Mean Per-Class Error", "stopping_metric", "mean_per_class_error"),
      ("nfolds: 3\nfold_assignment: auto", "fold_assignment", "AUTO"),
      ("auc_type: weighted-ovo", "auc_type", "WEIGHTED_OVO"), ("compatibility: H2O 3.46", "compatibility", "h2o-3.46"),
      ("overwrite_with_best_model: F", "overwrite_with_best_model", "false"),
      ("reproducible: T", "reproducible", "true"), ("col_major: true", "col_major", "true"),
    ])
  func enumerations(_ text: String, _ key: String, _ expected: String) throws {
    let row = try #require(ParameterCatalogue.shared.row(named: key))
    #expect(try read(text).text(of: row) == expected)
  }

  @Test(
    "a list can be written as one text",
    arguments: [
      ("hidden: 100,100", "hidden", "[100, 100]"), ("hidden: \"100, 50\"", "hidden", "[100, 50]"),
      ("hidden: (100, 100)", "hidden", "[100, 100]"), ("hidden: '[7]'", "hidden", "[7]"),
      ("hidden: c(20,10)", "hidden", "[20, 10]"), ("hidden: (30,)", "hidden", "[30]"), ("hidden: 8", "hidden", "[8]"),
      ("hidden: ()", "hidden", "[]"),
      (
        "activation: TanhWithDropout\nhidden: 3,3\nhidden_dropout_ratios: c(0.1, 0.2)", "hidden_dropout_ratios",
        "[0.1, 0.2]"
      ),
      ("balance_classes: true\nclass_sampling_factors: 1, 2.5", "class_sampling_factors", "[1, 2.5]"),
      (
        "balance_classes: true\nclass_sampling_factors: {a: 2, 10: 3}", "class_sampling_factors", "{\"10\": 3, a: 2}"
      ),
      ("ignored_columns: a, b c", "ignored_columns", "[a, \"b c\"]"),
      ("ignored_columns: 'a, b'", "ignored_columns", "[\"a, b\"]"), ("exports: mojo,onnx", "exports", "[mojo, onnx]"),
      ("na_strings: -9,99", "na_strings", "[\"-9,99\"]"),
    ])
  func lists(_ text: String, _ key: String, _ expected: String) throws {
    let row = try #require(ParameterCatalogue.shared.row(named: key))
    #expect(try read(text).text(of: row) == expected)
  }

  @Test("a grid accepts the same spellings")
  func grid() throws {
    let job = try read(
      "grid:\n  hyper_params: {hidden: [\"10,10\", (20), [5]], activation: [Tanh, Rectifier with dropout]}")
    #expect(
      job.hyperParameters.map { $0.values.map(\.text) } == [
        ["[10, 10]", "[20]", "[5]"], ["Tanh", "RectifierWithDropout"],
      ])
  }

  /// Values below and above the range of each number, infinity, and values that are not numbers.
  static let refused: [(key: String, value: String, rule: String)] =
    [
      ("epochs", "-1", "between 0 and 1000000000"), ("epochs", "1e12", "between 0 and"),
      ("score_interval", "-1", "at least 0"), ("score_interval", ".inf", "finite"),
      ("momentum_start", "1", "at least 0 and below 1"), ("momentum_stable", "1.5", "at least 0 and below 1"),
      ("momentum_stable", "-0.1", "at least 0 and below 1"), ("momentum_ramp", "-1", "between 0"),
      ("rate", "-0.1", "between 0"), ("rate", "1e300", "between 0"), ("rate_annealing", "-1", "between 0"),
      ("rate_annealing", ".inf", "between 0"), ("rate_decay", "-1", "between 0"), ("rate_decay", "1e9", "between 0"),
      ("rho", "1", "above 0 and below 1"), ("rho", "2", "above 0 and below 1"), ("epsilon", ".inf", "above 0"),
      ("epsilon", "0", "above 0"), ("l1", "-1", "between 0"), ("l1", "1e30", "between 0"), ("l2", "1e30", "between 0"),
      ("l2", "-0.5", "between 0"), ("max_w2", "-1", "above 0"), ("input_dropout_ratio", "-0.1", "at least 0"),
      ("initial_weight_scale", "0", "above 0"), ("initial_weight_scale", "-1", "above 0"),
      ("initial_weight_scale", "1e9", "at most 1000"), ("sparsity_beta", "-1", "between 0"),
      ("average_activation", "-2", "above -1"), ("classification_stop", "-2", "-1 (never), or between 0 and 1"),
      ("classification_stop", "1.5", "-1 (never), or between 0 and 1"), ("regression_stop", "-0.5", "-1 (never)"),
      ("max_runtime_secs", ".inf", "finite"), ("max_runtime_secs", "-1", "at least 0"),
      ("target_ratio_comm_to_comp", "-1", "between 0"), ("elastic_averaging_moving_rate", "0", "above 0"),
      ("elastic_averaging_regularization", ".inf", "between 0"), ("checkpoint_interval", "-1", "at least 0"),
      ("checkpoint_interval", ".inf", "finite"), ("mini_batch_size", "1000000", "between 1"),
      ("training_shards", "0", "between 1"), ("train_samples_per_iteration", "-3", "at least -2"),
      ("max_after_balance_size", "1000", "at most 100"), ("unstable_retries", "-1", "between 0"),
      ("max_categorical_features", "0", "between 1"), ("gainslift_bins", "-2", "between -1"),
      ("max_hit_ratio_k", "-1", "at least 0"), ("max_confusion_matrix_size", "-1", "at least 0"),
      ("max_bad_fields", "-1", "at least 0"), ("stopping_tolerance", ".inf", "below 1"),
      ("seed", "1e30", "between -9223372036854775808"), ("hidden", "-5", "at least 1"), ("epochs", "NaN", "a number"),
      ("l1", "-.inf", "number"), ("quantile_alpha", "2", "between 0 and 1"),
    ]

  @Test("numbers out of range are rejected with the range", arguments: refused)
  func ranges(_ example: (key: String, value: String, rule: String)) {
    let error = #expect(throws: DocumentError.self) { try read("\(example.key): \(example.value)") }
    let text = error?.description ?? ""
    #expect(text.contains("\(example.key): must be") || text.contains("\(example.key): expected"), "\(text)")
    #expect(text.contains(example.rule), "\(text)")
  }

  @Test("every numeric parameter has a range")
  func complete() {
    let numbers = ParameterCatalogue.shared.allRows.filter { ["number", "whole number"].contains($0.typeName) }
    // Every whole number is a valid seed.
    let free = numbers.filter { $0.ruleText.isEmpty }.map(\.key)
    #expect(Set(free) == ["seed", "grid.search_criteria.seed"])
  }
}
