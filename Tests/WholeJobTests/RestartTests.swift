import DataFrames
import DeepLearning
import DurableFiles
import Foundation
import JobEvents
import Jobs
import Models
import TestSupport
import Testing

/// `checkpoint` and `pretrained_autoencoder`.
@Suite("Starting from an earlier model")
struct RestartTests {
  private static let samples = "\(Project.root)/Spool/samples"

  private func job(_ text: String) -> [UInt8] {
    Array(
      """
      training_frame: iris.csv
      response_column: Species
      model_id: m
      hidden: [12, 8]
      seed: 3
      train_samples_per_iteration: 0
      \(text)
      """.utf8)
  }

  private func run(_ text: String, _ folder: TemporaryFolder) async throws -> String {
    try await Project.run(job(text), frames: Self.samples, work: folder.path)
  }

  private func bytes(_ result: String) throws -> [UInt8] {
    try FileSystem().read("\(result)/\(ResultFolderLayout.modelFile)", limit: 1 << 26)
  }

  @Test(
    "2 + 3 epochs give the bytes of 5",
    arguments: [
      "", "compatibility: h2o-3.46\n", "reproducible: true\n", "activation: MaxoutWithDropout\n",
      "adaptive_rate: false\nrate_annealing: 1e-3\nmomentum_start: 0.5\nmomentum_stable: 0.9\nmomentum_ramp: 500\n",
      "elastic_averaging: true\n", "mini_batch_size: 16\n",
      "training_shards: 3\nelastic_averaging: true\n",
      "training_shards: 3\nmini_batch_size: 16\noptimizer: Adam\n",
      "mini_batch_size: 16\noptimizer: Adam\ninput_scaling: true\nactivation: Mish\nlabel_smoothing: 0.1\n",
      "input_dropout_ratio: 0.2\nl1: 1e-4\n",
      "compatibility: h2o-3.46\nactivation: MaxoutWithDropout\n",
    ])
  func continued(_ settings: String) async throws {
    // H2O continues from the best model, so the last one must be kept for the sum to hold. With
    // elastic averaging it does not hold (`checkpoint_elastic` of the golden cases).
    let settings = settings + (settings.contains("h2o") ? "overwrite_with_best_model: false\n" : "")
    let folders = (0..<3).map { _ in TemporaryFolder() }
    defer { withExtendedLifetime(folders) {} }
    let whole = try await run("epochs: 5\n\(settings)", folders[0])
    let first = try await run("epochs: 2\n\(settings)", folders[1])
    let both = try await run("epochs: 5\ncheckpoint: \(first)\n\(settings)", folders[2])
    #expect(try bytes(both) == bytes(whole))
    #expect(try bytes(first) != bytes(whole))
  }

  @Test(
    "if models are judged differently, the earlier ones are measured again and early stopping starts over",
    arguments: ["stopping_metric: misclassification\n", "score_training_samples: 20\n"])
  func judgedAnew(_ change: String) async throws {
    let folders = (0..<3).map { _ in TemporaryFolder() }
    defer { withExtendedLifetime(folders) {} }
    let settings = "reproducible: true\nstopping_rounds: 2\n"
    // Misclassification is 0.3, which no log loss of a good network exceeds.
    let first = try await run("epochs: 1\n\(settings)\(change)", folders[0])
    let second = try await run("epochs: 30\n\(settings)checkpoint: \(first)\n", folders[1])
    let whole = try await run("epochs: 30\n\(settings)", folders[2])
    let losses = try [second, whole].map { try #require(Project.metrics($0)["logloss"] as? Double) }
    #expect(abs(losses[0] - losses[1]) < 0.05, "\(losses)")
  }

  @Test("if the job gives no seed, it uses the earlier one")
  func seed() async throws {
    let folders = (0..<2).map { _ in TemporaryFolder() }
    defer { withExtendedLifetime(folders) {} }
    let text = "training_frame: iris.csv\nresponse_column: Species\nhidden: [5]\n"
    let first = try await Project.run(Array((text + "epochs: 1\n").utf8), frames: Self.samples, work: folders[0].path)
    let second = try await Project.run(
      Array((text + "epochs: 2\ncheckpoint: \(first)\n").utf8), frames: Self.samples, work: folders[1].path)
    func seed(_ result: String) throws -> String? {
      String(decoding: try FileSystem().read("\(result)/plan.yaml", limit: 1 << 20), as: UTF8.self)
        .split(separator: "\n").first { $0.hasPrefix("seed: ") }.map(String.init)
    }
    #expect(try seed(first) == seed(second))
  }

  @Test(
    "E22: changes of fixed parameters are refused with name, old and new value",
    arguments: [
      ("activation: Tanh", "activation", "Rectifier", "Tanh"), ("hidden: [12]", "hidden", "[12, 8]", "[12]"),
      ("rho: 0.9", "rho", "0.99", "0.9"), ("epsilon: 1e-6", "epsilon", "1e-08", "1e-06"),
      ("standardize: false", "standardize", "true", "false"),
      ("use_all_factor_levels: false", "use_all_factor_levels", "true", "false"),
      ("adaptive_rate: false", "adaptive_rate", "true", "false"), ("rate: 0.1", "rate", "0.005", "0.1"),
      ("momentum_start: 0.2", "momentum_start", "0", "0.2"),
      ("ignore_const_cols: false", "ignore_const_cols", "true", "false"),
      ("ignored_columns: [Petal.Width]", "ignored_columns", "[]", "[Petal.Width]"),
      ("max_categorical_features: 5", "max_categorical_features", "2147483647", "5"),
      ("sparse: true", "sparse", "false", "true"), ("distribution: multinomial", "distribution", "AUTO", "multinomial"),
      ("quantile_alpha: 0.2", "quantile_alpha", "0.5", "0.2"), ("tweedie_power: 1.2", "tweedie_power", "1.5", "1.2"),
      ("huber_alpha: 0.2", "huber_alpha", "0.9", "0.2"),
      ("compatibility: h2o-3.46", "compatibility", "documentation", "h2o-3.46"),
      ("nesterov_accelerated_gradient: false", "nesterov_accelerated_gradient", "true", "false"),
    ])
  func fixed(_ change: String, _ key: String, _ old: String, _ new: String) async throws {
    let folders = (0..<2).map { _ in TemporaryFolder() }
    defer { withExtendedLifetime(folders) {} }
    let first = try await run("epochs: 1\n", folders[0])
    var text = String(decoding: job("epochs: 2\ncheckpoint: \(first)\n"), as: UTF8.self)
    if key == "hidden" { text = text.replacing("hidden: [12, 8]\n", with: "") }
    let failure = await #expect(throws: JobFailure.self) {
      try await Project.run(Array("\(text)\n\(change)\n".utf8), frames: Self.samples, work: folders[1].path)
    }
    let message = failure?.description ?? ""
    #expect(message.contains("\(key) cannot change"), "\(message)")
    #expect(message.contains("it was \(old), here it is \(new)"), "\(message)")
  }

  @Test(
    "E22: too few epochs, an added or removed validation table, other classes and other columns are refused",
    arguments: [
      ("epochs: 1\n", "epochs is 1, but the earlier job already trained 1"),
      ("epochs: 2\nvalidation_frame: iris.csv\n", "was trained without a validation_frame"),
      (
        "epochs: 2\nrename_levels: {Species: {Iris-setosa: other}}\n",
        "column 'Species' has classes unknown to the model: 'other'; map them to known ones"
      ),
      (
        "epochs: 2\ncolumn_types: {Petal.Width: enum}\n",
        "column 'Petal.Width' is enum here but numeric in the model; set column_types"
      ),
    ])
  func unfit(_ change: String, _ expected: String) async throws {
    let folders = (0..<2).map { _ in TemporaryFolder() }
    defer { withExtendedLifetime(folders) {} }
    let first = try await run("epochs: 1\n", folders[0])
    let failure = await #expect(throws: JobFailure.self) {
      try await run("\(change)checkpoint: \(first)\n", folders[1])
    }
    #expect(failure?.description.contains(expected) == true, "\(failure?.description ?? "")")
  }

  /// Rows of x, c and k; the second table lacks level `z` and class `r`, and has other means.
  private static func table(_ isSecond: Bool, levels: [String] = ["u", "v", "z"]) -> String {
    "x,c,k\n"
      + (0..<90).map { row in
        let level = levels[row % (isSecond ? levels.count - 1 : levels.count)]
        return "\(Double(row % 13) + (isSecond ? 5 : 0)),\(level),\(["p", "q", "r"][row % 7 % (isSecond ? 2 : 3)])\n"
      }.joined()
  }

  private func runContinued(
    _ settings: String, second: String, last: String = ""
  ) async throws -> (results: [String], folders: [TemporaryFolder]) {
    let folders = (0..<3).map { _ in TemporaryFolder() }
    try FileSystem().write(Self.table(false).utf8, to: "\(folders[0].path)/a.csv")
    try FileSystem().write(second.utf8, to: "\(folders[0].path)/b.csv")
    let text = "response_column: k\nhidden: [5]\nseed: 3\n\(settings)"
    let first = try await Project.run(
      Array("\(text)training_frame: a.csv\nepochs: 1\n".utf8), frames: folders[0].path, work: folders[1].path)
    let next = try await Project.run(
      Array("\(text)training_frame: b.csv\nepochs: 4\ncheckpoint: \(first)\n\(last)".utf8), frames: folders[0].path,
      work: folders[2].path)
    return ([first, next], folders)
  }

  @Test("a table that lacks a level, or a class, is trained with the inputs, scales and classes of the earlier model")
  func lackedLevels() async throws {
    let (results, folders) = try await runContinued(
      "", second: Self.table(true), last: "balance_classes: true\nclass_sampling_factors: {q: 3}\n")
    defer { withExtendedLifetime(folders) {} }
    let models = try results.map { try Project.model($0) }
    #expect(models[0].encoding.inputNames == ["c.u", "c.v", "c.z", "c.missing(NA)", "x"])
    #expect(models[0].encoding == models[1].encoding && models[1].classes == ["p", "q", "r"])
    // No row turns on the unit of the missing level, so fast_mode leaves its weights unchanged.
    func weights(_ model: Model, input: Int) -> [Float] {
      (0..<5).map { model.state.layers[0].weights[$0 * 5 + input] }
    }
    #expect(weights(models[0], input: 2) == weights(models[1], input: 2))
    #expect(weights(models[0], input: 1) != weights(models[1], input: 1))
    let totals = try Project.text(results[1], "confusion_matrix_training.csv").split(separator: "\n")
    #expect(totals.contains { $0.hasPrefix("r,0") } && totals.contains { $0.hasPrefix("q,") })
  }

  @Test(
    "new levels, columns and column types are named, with advice",
    arguments: [
      (
        table(false, levels: ["u", "w", "new"]),
        "column 'c' has levels unknown to the model: 'new', 'w'; map them to known ones, as in rename_levels: "
          + "{c: {new: ...}}"
      ),
      (table(false).replacing("x,c,k", with: "x,d,k"), "it has columns that are not inputs of the model: 'd'"),
      (
        "x,k\n" + (0..<30).map { "\($0),\(["p", "q", "r"][$0 % 3])\n" }.joined(),
        "column 'c', an input of the model, is missing"
      ),
      (table(false).replacing(",r\n", with: ",s\n"), "column 'k' has classes unknown to the model: 's'"),
    ])
  func newLevels(_ second: String, _ expected: String) async throws {
    let failure = await #expect(throws: JobFailure.self) { try await runContinued("", second: second) }
    #expect(failure?.description.contains(expected) == true, "\(failure?.description ?? "")")
  }

  @Test("under h2o-3.46 a table that lacks a level is refused, with advice")
  func lackedLevelsInH2O() async throws {
    let failure = await #expect(throws: JobFailure.self) {
      try await runContinued("compatibility: h2o-3.46\n", second: Self.table(true))
    }
    let text = failure?.description ?? ""
    #expect(text.contains("'c.z' (missing here)") && text.contains("add rows that have them"), "\(text)")
  }

  @Test("the hidden layers of an autoencoder are used if they match")
  func pretraining() async throws {
    let folders = (0..<4).map { _ in TemporaryFolder() }
    defer { withExtendedLifetime(folders) {} }
    let shape = "training_frame: iris.csv\nhidden: [7, 5]\nseed: 1\n"
    let lender = try await Project.run(
      Array("\(shape)autoencoder: true\nignored_columns: [Species]\nepochs: 5\n".utf8), frames: Self.samples,
      work: folders[0].path)
    let job = "\(shape)response_column: Species\nepochs: 0\npretrained_autoencoder: \(lender)\n"
    let borrower = try await Project.run(Array(job.utf8), frames: Self.samples, work: folders[1].path)
    let (old, new) = try (Project.model(lender), Project.model(borrower))
    #expect(old.state.layers[0].weights == new.state.layers[0].weights)
    #expect(old.state.layers[1].biases == new.state.layers[1].biases)
    #expect(old.state.layers[2].weights.count != new.state.layers[2].weights.count)
    for (change, expected) in [
      (job.replacing("[7, 5]", with: "[7, 6]"), "has the layers 4-7-5-4"),
      (job.replacing(lender, with: borrower), "is not an autoencoder"),
    ] {
      let failure = await #expect(throws: JobFailure.self) {
        try await Project.run(Array(change.utf8), frames: Self.samples, work: folders[2].path)
      }
      #expect(failure?.description.contains(expected) == true, "\(failure?.description ?? "")")
    }
  }
}
