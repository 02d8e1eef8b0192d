import DurableFiles
import JobFiles
import Testing
import Wording

@Suite("The parameter catalogue")
struct ParameterCatalogueTests {
  /// The parameters of H2O 3.46.0.12 from its REST schema, including those of the reference page.
  private static let h2oNames = """
    model_id training_frame validation_frame nfolds keep_cross_validation_models keep_cross_validation_predictions
    keep_cross_validation_fold_assignment fold_assignment fold_column response_column ignored_columns ignore_const_cols
    score_each_iteration weights_column offset_column balance_classes class_sampling_factors max_after_balance_size
    max_confusion_matrix_size max_hit_ratio_k checkpoint pretrained_autoencoder overwrite_with_best_model
    use_all_factor_levels standardize activation hidden epochs train_samples_per_iteration target_ratio_comm_to_comp
    seed adaptive_rate rho epsilon rate rate_annealing rate_decay momentum_start momentum_ramp momentum_stable
    nesterov_accelerated_gradient input_dropout_ratio hidden_dropout_ratios l1 l2 max_w2 initial_weight_distribution
    initial_weight_scale initial_weights initial_biases loss distribution quantile_alpha tweedie_power huber_alpha
    score_interval score_training_samples score_validation_samples score_duty_cycle score_validation_sampling
    classification_stop regression_stop stopping_rounds stopping_metric stopping_tolerance max_runtime_secs diagnostics
    fast_mode force_load_balance variable_importances replicate_training_data single_node_mode shuffle_training_data
    missing_values_handling quiet_mode autoencoder sparse col_major average_activation sparsity_beta
    max_categorical_features reproducible export_weights_and_biases mini_batch_size categorical_encoding
    elastic_averaging elastic_averaging_moving_rate elastic_averaging_regularization export_checkpoints_dir auc_type
    custom_metric_func gainslift_bins
    """

  @Test("contains every H2O parameter exactly once")
  func complete() {
    let expected = Set(Self.h2oNames.split(whereSeparator: \.isWhitespace).map(String.init))
    let keys = ParameterCatalogue.shared.trainingRows.map(\.key)
    #expect(expected.count == 92)
    #expect(keys.count == 92)
    #expect(Set(keys) == expected)
  }

  @Test("every row has a summary sentence")
  func summaries() {
    for row in ParameterCatalogue.shared.allRows {
      #expect(row.summary.hasSuffix("."), "\(row.key)")
      #expect(ParameterPage.text(for: row).contains(row.defaultText), "\(row.key)")
    }
  }

  @Test("docs/reference/parameters.md matches the catalogue; `make docs` regenerates it")
  func pageIsCurrent() throws {
    let root = Paths.folder(of: Paths.folder(of: Paths.folder(of: #filePath)))
    let page = try FileSystem().read("\(root)/docs/reference/parameters.md", limit: 1 << 20)
    #expect(String(decoding: page, as: UTF8.self) == ParameterPage.markdown())
  }

  @Test(
    "misspelt keys get a suggestion, unrelated words do not",
    arguments: [("hiden", "hidden"), ("epoch", "epochs"), ("actvation", "activation"), ("xyzzy", nil)])
  func nearest(_ word: String, _ expected: String?) {
    #expect(NearestWord.find(word, among: ParameterCatalogue.shared.allRows.map(\.key)) == expected)
  }

  @Test(
    "keys are found by the names of other tools, without their block, and with it",
    arguments: [
      ("rho", "rho"), ("RHO", "rho"), ("lr", "rate"), ("strategy", "grid.search_criteria.strategy"),
      ("grid.strategy", "grid.search_criteria.strategy"), ("job.prio", "job.priority"), ("priority", "job.priority"),
      ("hyper_params", "grid.hyper_params"), ("grid.hyper_params", "grid.hyper_params"),
      ("param_grid", "grid.hyper_params"),
    ])
  func keys(_ name: String, _ key: String) {
    guard case .key(let row) = ParameterCatalogue.shared.meaning(of: name) else {
      Issue.record("\(name) is no key")
      return
    }
    #expect(row.key == key)
  }

  @Test(
    "values are found by their own names and those of other tools",
    arguments: [
      ("relu", "relu is activation: Rectifier", "activation"), ("ReLU", "ReLU is activation: Rectifier", "activation"),
      ("Tanh", "Tanh is a value of activation", "activation"),
      ("adam", "adam is a value of optimizer (Adam)", "optimizer"),
      ("binomial", "binomial is distribution: bernoulli", "distribution"),
      ("numeric", "numeric is column_types: real", "column_types"),
      ("factor", "factor is column_types: enum", "column_types"),
      ("enum", "enum is a value of column_types, categorical_encoding (Enum)", "column_types"),
      (
        "AUC", "AUC is a value of stopping_metric, grid.search_criteria.stopping_metric", "stopping_metric"
      ),
      (
        "accuracy",
        "accuracy is a value of label_threshold; accuracy is stopping_metric: misclassification, or "
          + "grid.search_criteria.stopping_metric: misclassification", "label_threshold"
      ),
    ])
  func values(_ name: String, _ expected: String, _ key: String) {
    guard case .value(let sentence, let rows) = ParameterCatalogue.shared.meaning(of: name) else {
      Issue.record("\(name) is no value")
      return
    }
    #expect(sentence == expected && rows.first?.key == key)
  }

  @Test("blocks list their keys, and the grid the parameters to vary", arguments: ["grid", "search_criteria", "job"])
  func blocks(_ name: String) {
    guard case .block(let rows) = ParameterCatalogue.shared.meaning(of: name) else {
      Issue.record("\(name) is no block")
      return
    }
    #expect(rows.contains { $0.key == "grid.hyper_params" } == (name == "grid"))
    #expect(rows.count > 3 && rows.allSatisfy { $0.key.contains(".") })
  }
}
