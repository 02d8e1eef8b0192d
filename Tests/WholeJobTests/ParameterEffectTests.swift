import DataFrames
import DeepLearning
import DurableFiles
import Foundation
import JobEvents
import JobFiles
import Jobs
import Models
import Synchronization
import TestSupport
import Testing

/// Each of the 92 parameters, set to a non-default value in documentation mode: what changes, and
/// nothing else does.
///
/// Other tests compare the effects with H2O.
@Suite("Every parameter has an effect")
struct ParameterEffectTests {
  /// The place where the difference shows.
  enum Effect: Sendable {
    /// The weights differ.
    case model
    /// The predictors that the network sees differ.
    case inputs
    /// The metrics differ, the weights do not.
    case metrics
    /// The scoring history has a different number of rows.
    case history
    /// A file of the result folder appears or disappears.
    case file(String)
    /// A warning says that it has no effect here, and why.
    case warning(String)
    /// The text of a file differs.
    case text(String)
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let key: String
    let value: String
    let effect: Effect
    /// The settings of both jobs.
    var common: String

    init(_ key: String, _ value: String, _ effect: Effect, with common: String = "response_column: y2") {
      self.key = key
      self.value = value
      self.effect = effect
      self.common = common
    }

    var testDescription: String { "\(key): \(value)" }
  }

  private static let folder = "\(Project.root)/Tests/Support/golden"
  private static let rate = "response_column: y2\nadaptive_rate: false\nrate: 0.02"
  private static let adam = "response_column: y2\noptimizer: Adam\nmini_batch_size: 16"
  private static let momentum = "\(rate)\nmomentum_start: 0.3"
  private static let sparse = "autoencoder: true\nactivation: Tanh\nsparsity_beta: 0.5"
  private static let crossValidation = "response_column: y2\nnfolds: 2"
  private static let validation = "response_column: y2\nvalidation_frame: test.csv"
  private static let stopping = "response_column: yr\nreproducible: true\nepochs: 40\nstopping_rounds: 2"
  private static let elastic = "response_column: yr\nelastic_averaging: true"

  static let cases: [Case] = [
    Case("model_id", "other", .text("metrics.json")),
    Case("training_frame", "test.csv", .model), Case("validation_frame", "test.csv", .metrics),
    Case("nfolds", "3", .file("cross_validation")),
    Case("keep_cross_validation_models", "false", .file("cross_validation/cv_1/model"), with: crossValidation),
    Case("keep_cross_validation_predictions", "true", .file("cross_validation/predictions.csv"), with: crossValidation),
    Case(
      "keep_cross_validation_fold_assignment", "true", .file("cross_validation/fold_assignment.csv"),
      with: crossValidation),
    Case("fold_assignment", "Modulo", .metrics, with: "\(crossValidation)\nstopping_rounds: 0"),
    Case("fold_column", "f", .file("cross_validation")), Case("response_column", "y3", .model, with: ""),
    Case("ignored_columns", "[n1, one, y3, yr, yc, yp, w, w01, o, f]", .inputs),
    Case("ignore_const_cols", "false", .inputs),
    Case("score_each_iteration", "true", .history, with: "response_column: y2\ntrain_samples_per_iteration: 50"),
    Case("weights_column", "w", .model), Case("offset_column", "o", .model, with: "response_column: yr"),
    Case("balance_classes", "true", .model, with: "response_column: y3"),
    Case("class_sampling_factors", "[1, 2, 3]", .model, with: "response_column: y3\nbalance_classes: true"),
    Case("max_after_balance_size", "0.5", .model, with: "response_column: y3\nbalance_classes: true"),
    // The command line uses it to print the matrix; see CommandLineTests.
    Case("max_confusion_matrix_size", "2", .text("plan.yaml")),
    Case("max_hit_ratio_k", "0", .file("hit_ratios_training.csv"), with: "response_column: y3"),
    Case("checkpoint", "EARLIER", .model, with: "response_column: y2\nepochs: 3"),
    Case("pretrained_autoencoder", "AUTOENCODER", .model),
    Case(
      "overwrite_with_best_model", "false", .model,
      with:
        "response_column: y2\nreproducible: true\nepochs: 30\nadaptive_rate: false\nrate: 0.2\nvalidation_frame: test.csv"
    ),
    Case("use_all_factor_levels", "false", .inputs), Case("standardize", "false", .model),
    Case("activation", "Tanh", .model), Case("hidden", "[7]", .model, with: "response_column: y2\nhidden_is_varied"),
    Case("epochs", "5", .model),
    Case(
      "train_samples_per_iteration", "100", .history, with: "response_column: y2\nscore_each_iteration: true"),
    Case("target_ratio_comm_to_comp", "0.5", .warning("it applies only to clusters")), Case("seed", "2", .model),
    Case("adaptive_rate", "false", .model), Case("rho", "0.9", .model), Case("epsilon", "1e-5", .model),
    Case("rate", "0.05", .model, with: "response_column: y2\nadaptive_rate: false"),
    Case("rate_annealing", "0.01", .model, with: rate), Case("rate_decay", "0.5", .model, with: rate),
    Case("momentum_start", "0.5", .model, with: rate),
    Case("momentum_ramp", "300", .model, with: "\(momentum)\nmomentum_stable: 0.9"),
    Case("momentum_stable", "0.9", .model, with: "\(momentum)\nmomentum_ramp: 300"),
    Case("nesterov_accelerated_gradient", "false", .model, with: momentum),
    Case("input_dropout_ratio", "0.2", .model),
    Case("hidden_dropout_ratios", "[0.2, 0.1]", .model, with: "response_column: y2\nactivation: TanhWithDropout"),
    Case("l1", "0.001", .model), Case("l2", "0.001", .model), Case("max_w2", "0.5", .model),
    Case("initial_weight_distribution", "Normal", .model),
    Case("initial_weight_scale", "0.2", .model, with: "response_column: y2\ninitial_weight_distribution: Uniform"),
    Case("initial_weights", "[w.csv]", .model, with: "response_column: yr\nhidden: []\ninitial_biases: [b.csv]"),
    Case("initial_biases", "[b.csv]", .model, with: "response_column: yr\nhidden: []\ninitial_weights: [w.csv]"),
    Case("loss", "Quadratic", .model), Case("distribution", "poisson", .model, with: "response_column: yc"),
    Case("quantile_alpha", "0.9", .model, with: "response_column: yr\ndistribution: quantile"),
    Case("tweedie_power", "1.2", .model, with: "response_column: yc\ndistribution: tweedie"),
    Case("huber_alpha", "0.5", .metrics, with: "response_column: yr\ndistribution: huber"),
    Case("score_interval", "1e-9", .history, with: "response_column: y2\nepochs: 2000\nscore_duty_cycle: 1"),
    Case(
      "score_duty_cycle", "0", .history,
      with: "response_column: y2\nepochs: 2000\nscore_interval: 1e-9\nreproducible: false"),
    Case("score_training_samples", "50", .metrics),
    Case("score_validation_samples", "20", .metrics, with: validation),
    Case(
      "score_validation_sampling", "Stratified", .metrics,
      with: "response_column: y3\nvalidation_frame: test.csv\nscore_validation_samples: 21"),
    Case("classification_stop", "0.6", .history, with: "response_column: y3\nreproducible: true\nepochs: 20"),
    Case("regression_stop", "5", .history, with: "response_column: yr\nreproducible: true\nepochs: 20"),
    Case(
      "stopping_rounds", "1", .history,
      with: "response_column: yr\nreproducible: true\nepochs: 30\nstopping_tolerance: 0.05"),
    Case("stopping_metric", "RMSLE", .history, with: "\(stopping)\nstopping_tolerance: 0.03"),
    Case("stopping_tolerance", "0.1", .history, with: stopping),
    Case("max_runtime_secs", "1e-9", .history, with: "response_column: y2\nreproducible: true\nepochs: 20"),
    Case("diagnostics", "false", .warning("the statistics are always computed")), Case("fast_mode", "false", .model),
    Case("force_load_balance", "false", .warning("it applies only to clusters")),
    Case("variable_importances", "false", .file("variable_importances.csv")),
    Case("replicate_training_data", "false", .model, with: "response_column: y2\ntraining_shards: 3"),
    Case("single_node_mode", "true", .model, with: "response_column: y2\nnodes: 2"),
    Case(
      "shuffle_training_data", "false", .model),
    Case("missing_values_handling", "Skip", .model),
    // Effects on journal and terminal are not tested here; see DaemonTests.
    Case("quiet_mode", "true", .text("plan.yaml")),
    Case("autoencoder", "true", .model, with: "activation: Tanh"), Case("sparse", "true", .model),
    Case(
      "col_major", "true", .warning("the layout of the weights is chosen automatically and affects no result")),
    Case("average_activation", "0.4", .model, with: sparse),
    Case(
      "sparsity_beta", "2", .model,
      with: "\(sparse.replacing("\nsparsity_beta: 0.5", with: ""))\naverage_activation: 0.1"),
    Case("max_categorical_features", "5", .inputs),
    Case("reproducible", "true", .history, with: "response_column: y2\nepochs: 5"),
    Case("export_weights_and_biases", "true", .file("weights")), Case("mini_batch_size", "8", .model),
    Case("categorical_encoding", "Binary", .inputs), Case("elastic_averaging", "true", .model),
    Case("elastic_averaging_moving_rate", "0.3", .model, with: elastic),
    Case("elastic_averaging_regularization", "0.1", .model, with: elastic),
    Case("export_checkpoints_dir", "b", .file("../m.deepspool")),
    Case("auc_type", "MACRO_OVO", .file("multinomial_auc_training.csv"), with: "response_column: y3"),
    Case("custom_metric_func", "mean(p_actual > 0.9)", .metrics),
    Case("gainslift_bins", "4", .text("gains_lift_training.csv")),
  ]

  /// Training parameters that H2O lacks.
  static let ownCases: [Case] = [
    Case("validation_fraction", "0.25", .model),
    Case("validation_split", "last", .model, with: "response_column: y2\nvalidation_fraction: 0.25"),
    Case("group_column", "n3", .inputs, with: "response_column: y2\nvalidation_fraction: 0.25"),
    Case("class_weight", "balanced", .model, with: "response_column: y3"),
    Case("missing_indicators", "true", .inputs),
    Case("optimizer", "Adam", .model), Case("beta1", "0.5", .model, with: adam),
    Case("beta2", "0.9", .model, with: adam), Case("rate_schedule", "CosLog4", .model, with: rate),
    Case("numeric_transform", "RobustClip", .model), Case("label_smoothing", "0.1", .model),
    Case("parametrization", "NeuralTangent", .model, with: adam), Case("bias_rate_factor", "0.1", .model, with: adam),
    Case("input_scaling", "true", .model, with: adam),
    Case("scaling_rate_factor", "2", .model, with: "\(adam)\ninput_scaling: true"),
    Case("zero_initial_output", "true", .model), Case("preset", "tabular", .model),
    Case("temperature_scaling", "true", .model, with: "\(validation)\nreproducible: true"),
    // The errors of few rows tie.
    Case(
      "best_model_ties", "last", .model,
      with: "\(validation)\nreproducible: true\nepochs: 60\nstopping_metric: misclassification\nstopping_rounds: 0"),
    Case("explanations", "none", .file("explanations")),
    Case("explanation_rows", "30", .text("explanations/permutation_importance.csv")),
    Case("background_rows", "7", .text("model/background.json")),
  ]

  @Test("all training parameters that H2O lacks are listed")
  func ownComplete() {
    #expect(Set(Self.ownCases.map(\.key)) == Set(ParameterCatalogue.shared.ownTrainingRows.map(\.key)))
  }

  @Test("all parameters of H2O are listed")
  func complete() {
    #expect(Set(Self.cases.map(\.key)) == Set(ParameterCatalogue.shared.trainingRows.map(\.key)))
    #expect(Self.cases.count == 92)
  }

  @Test("a different value has the expected effect", arguments: cases + ownCases)
  func hasEffect(_ example: Case) async throws {
    let data = TemporaryFolder()
    defer { withExtendedLifetime(data) {} }
    for table in ["train.csv", "test.csv"] {
      try FileSystem().write(
        FileSystem().read("\(Self.folder)/\(table)", limit: 1 << 20), to: "\(data.path)/\(table)")
    }
    let zeros = (0..<16).map { _ in "0" }.joined(separator: ",")
    try FileSystem().write("\(zeros)\n".utf8, to: "\(data.path)/w.csv")
    try FileSystem().write("3\n".utf8, to: "\(data.path)/b.csv")
    var value = example.value
    if value == "EARLIER" {
      value = try await run("response_column: y2\nepochs: 1\nseed: 2", data, "earlier").result
    } else if value == "AUTOENCODER" {
      value = try await run("autoencoder: true", data, "earlier").result
    }
    // The times of scorings decide which network is delivered. With reproducible they do not, so
    // weights can be compared.
    let common = if case .metrics = example.effect { "\(example.common)\nreproducible: true" } else { example.common }
    let changed = "\(common)\n\(example.key): \(value)"
    let base = example.key == "response_column" ? "response_column: y2" : common
    let plain = try await run(
      example.key == "initial_weights" || example.key == "initial_biases"
        ? base.split(separator: "\n").filter { !$0.hasPrefix("initial_") }.joined(separator: "\n") : base, data, "a")
    let other = try await run(changed, data, "b")
    try compare(plain, other, example.effect, key: example.key)
  }

  private struct Run: Sendable {
    let result: String
    let warnings: [String]
  }

  private func run(_ settings: String, _ data: TemporaryFolder, _ name: String) async throws -> Run {
    var lines = [
      "training_frame: train.csv", "model_id: m", "seed: 1", "hidden: [6, 4]", "epochs: 2",
      "column_types: {c1: enum, c2: enum, y2: enum, y3: enum}",
      "ignored_columns: [y2, y3, yr, yc, yp, w, w01, o, f]",
    ]
    // Later lines replace earlier ones.
    for line in settings.split(separator: "\n") where line.contains(":") {
      let key = line.prefix { $0 != ":" } + ":"
      lines.removeAll { $0.hasPrefix(key) }
      lines.append(String(line))
    }
    if settings.contains("hidden_is_varied"), !settings.contains("hidden:") { lines.append("hidden: [6, 4]") }
    if lines.contains(where: { $0.hasPrefix("autoencoder: true") }) {
      lines.removeAll { $0.hasPrefix("response_column") }
    }
    if !lines.contains(where: { $0.hasPrefix("response_column") || $0.hasPrefix("autoencoder: true") }) {
      lines.append("response_column: y2")
    }
    lines = lines.reduce(into: [String]()) { unique, line in if !unique.contains(line) { unique.append(line) } }
    let warnings = Mutex<[String]>([])
    let result = try await Project.run(
      Array(lines.joined(separator: "\n").utf8), frames: data.path, work: "\(data.path)/\(name)"
    ) { event in
      if case .warning(let text) = event { warnings.withLock { $0.append(text) } }
    }
    return Run(result: result, warnings: warnings.withLock { $0 })
  }

  private func compare(_ plain: Run, _ other: Run, _ effect: Effect, key: String) throws {
    func weights(_ run: Run) throws -> [[Float]] { try Project.model(run.result).state.layers.map(\.weights) }
    func history(_ run: Run) throws -> Int {
      try Project.text(run.result, "scoring_history.csv").split(separator: "\n").count
    }
    switch effect {
    case .model: #expect(try weights(plain) != weights(other))
    case .inputs:
      #expect(try Project.model(plain.result).encoding.inputNames != Project.model(other.result).encoding.inputNames)
    case .metrics:
      #expect(try weights(plain) == weights(other))
      let both = try [plain, other].map { try metricText($0) }
      #expect(both[0] != both[1])
    case .history: #expect(try history(plain) != history(other))
    case .file(let name):
      let fileSystem = FileSystem()
      #expect(fileSystem.exists("\(plain.result)/\(name)") != fileSystem.exists("\(other.result)/\(name)"))
    case .text(let name):
      let both = try [plain, other].map { try Project.text($0.result, name) }
      #expect(both[0] != both[1])
    case .warning(let reason):
      #expect(
        other.warnings.contains(
          "\(key) has no effect: \(reason)" + (reason.hasSuffix("clusters") ? " of machines" : "")))
      #expect(!plain.warnings.contains { $0.hasPrefix("\(key) has no effect") })
      #expect(try weights(plain) == weights(other))
    }
  }

  /// Returns all numbers except times.
  private func metricText(_ run: Run) throws -> String {
    try Project.text(run.result, "metrics.json").split(separator: "\n").filter { !$0.contains("seconds") }
      .joined(separator: "\n")
  }
}
