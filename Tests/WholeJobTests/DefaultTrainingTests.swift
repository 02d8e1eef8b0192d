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

/// Ordinary jobs that the default mode once handled badly without a warning.
@Suite("Training in the default mode")
struct DefaultTrainingTests {
  private let folder = TemporaryFolder()
  private static let samples = "\(Project.root)/Spool/samples"

  /// A small generator that gives the same tables on every machine.
  private struct Noise {
    var state: UInt64 = 12345

    /// Uniform in -0.5 ..< 0.5.
    mutating func next() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / Double(1 << 53) - 0.5
    }
  }

  /// Runs a job on a table; returns metrics.json and the result folder.
  private func run(
    _ job: String, table: String, name: String = "w", onEvent: @escaping @Sendable (JobEvent) -> Void = { _ in }
  ) async throws -> (metrics: [String: Any], result: String) {
    try FileSystem().write(table.utf8, to: "\(folder.path)/t.csv")
    let text = "training_frame: t.csv\nseed: 1\n\(job)"
    let result = try await Project.run(
      Array(text.utf8), frames: folder.path, work: "\(folder.path)/\(name)", onEvent: onEvent)
    let bytes = try FileSystem().read("\(result)/metrics.json", limit: 1 << 24)
    return (try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]), result)
  }

  private func training(_ metrics: [String: Any], _ name: String) throws -> Double {
    try #require((metrics["training"] as? [String: Any])?[name] as? Double, "\(name)")
  }

  // MARK: Row order

  /// The iris table, which is sorted by species, and the same rows shuffled.
  private func iris(shuffled: Bool) throws -> String {
    let text = String(decoding: try FileSystem().read("\(Self.samples)/iris.csv", limit: 1 << 20), as: UTF8.self)
    var lines = text.split(separator: "\n")
    let header = lines.removeFirst()
    guard shuffled else { return text }
    var noise = Noise()
    for index in lines.indices { lines.swapAt(index, index + Int((noise.next() + 0.5) * Double(lines.count - index))) }
    return ([header] + lines).joined(separator: "\n") + "\n"
  }

  @Test(
    "a sorted table trains as well as a shuffled one, with any number of epochs",
    arguments: [5.0, 10, 20, 30, 50], [1, 32])
  func sortedTables(_ epochs: Double, _ batch: Int) async throws {
    let job = "response_column: Species\nepochs: \(epochs)\nmini_batch_size: \(batch)\n"
    let sorted = try await run(job, table: iris(shuffled: false), name: "sorted")
    let shuffled = try await run(job, table: iris(shuffled: true), name: "shuffled")
    let losses = try [sorted, shuffled].map { try training($0.metrics, "logloss") }
    // Different orders give different networks, and the log loss varies by a factor of 1.5 over
    // seeds. In file order it was 7 times as large.
    #expect(losses[0] < 2.5 * losses[1] + 0.02, "\(losses)")
    #expect(losses[0] < (batch == 1 ? 0.2 : 0.45), "\(losses)")
  }

  @Test(
    "train_samples_per_iteration changes no bit of the network",
    arguments: [
      "", "mini_batch_size: 32\n", "activation: TanhWithDropout\ninput_dropout_ratio: 0.2\n", "nesterov: 1\n",
      "shuffle_training_data: false\n", "weights_column: w\n", "balance_classes: true\n",
    ])
  func iterationLength(_ settings: String) async throws {
    let settings =
      settings == "nesterov: 1\n"
      ? "adaptive_rate: false\nrate: 0.01\nmomentum_start: 0.2\nmomentum_stable: 0.9\nmomentum_ramp: 500\n" : settings
    let lines = try iris(shuffled: false).split(separator: "\n")
    let table = "w,\(lines[0])\n" + lines.dropFirst().enumerated().map { "\($0 % 5 == 0 ? 0 : 1),\($1)\n" }.joined()
    let unused = settings.contains("weights_column") ? "" : "ignored_columns: [w]\n"
    var networks: [[[Float]]] = []
    for samples in [-2, -1, 7, 100, 1000] {
      let job =
        "response_column: Species\nhidden: [10, 5]\nepochs: 3.4\nstopping_rounds: 0\nclassification_stop: -1\n"
        + "overwrite_with_best_model: false\ntrain_samples_per_iteration: \(samples)\n\(unused)\(settings)"
      let result = try await run(job, table: table, name: "n\(samples)").result
      networks.append(try Project.model(result).state.layers.map(\.weights))
    }
    for network in networks.dropFirst() { #expect(network == networks[0]) }
  }

  @Test("only shuffle_training_data: false trains in file order; unset is the same as true")
  func shuffling() async throws {
    func weights(_ setting: String) async throws -> [Float] {
      let job = "response_column: Species\nhidden: [6]\nepochs: 2\nreproducible: true\n\(setting)"
      let (_, result) = try await run(job, table: iris(shuffled: false), name: "s\(setting.count)")
      return try Project.model(result).state.layers[0].weights
    }
    let unset = try await weights("")
    #expect(try await weights("shuffle_training_data: true\n") == unset)
    #expect(try await weights("shuffle_training_data: false\n") != unset)
  }

  // MARK: Penalties

  /// y depends weakly on five columns, with much noise.
  private var regression: String {
    var noise = Noise()
    let rows = (0..<400).map { _ -> String in
      let x = (0..<5).map { _ in noise.next() * 4 }
      let y: Double = 5 + 0.4 * x[0] - 0.3 * x[1] * x[2] + noise.next() * 2
      return (x + [y]).map { "\($0)" }.joined(separator: ",")
    }
    return "a,b,c,d,e,y\n" + rows.joined(separator: "\n") + "\n"
  }

  @Test(
    "at worst, a strong penalty gives the mean of the response",
    arguments: [
      "l1: 0.03", "l1: 0.05\nhidden: [50, 50]", "l1: 0.1\nhidden: [50, 50]", "l1: 1", "l2: 0.5", "l2: 5",
      "l1: 0.1\nl2: 1",
      "l1: 0.05\nmini_batch_size: 32", "l2: 0.5\nmini_batch_size: 32", "l1: 0.05\nadaptive_rate: false",
      "l2: 0.5\nadaptive_rate: false\nrate: 0.01\nmomentum_start: 0.5\nmomentum_stable: 0.9",
      "l1: 0.05\nactivation: Tanh", "l2: 1\nactivation: Maxout", "l1: 0.05\nfast_mode: false",
    ])
  func strongPenalties(_ settings: String) async throws {
    let job = "response_column: y\nepochs: 20\nstopping_rounds: 0\noverwrite_with_best_model: false\n\(settings)\n"
    let told = ToldSentences()
    let (metrics, _) = try await run(job, table: regression, onEvent: told.hear)
    let r2 = try training(metrics, "r2")
    // The last network of single-row steps varies around its optimum.
    #expect(r2 > -0.15, "\(r2)")
    #expect(!told.all.contains { $0.contains("unstable") })
  }

  @Test("l1 makes weights exactly zero; without it none is", arguments: [1, 32])
  func sparseWeights(_ batch: Int) async throws {
    func share(_ l1: Double) async throws -> Double {
      let job =
        "response_column: y\nepochs: \(batch == 1 ? 20 : 300)\nhidden: [50]\nl1: \(l1)\n"
        + "mini_batch_size: \(batch)\n"
        + "stopping_rounds: 0\noverwrite_with_best_model: false\n"
      let (_, result) = try await run(job, table: regression, name: "l\(l1)")
      let weights = try Project.model(result).state.layers[0].weights
      return Double(weights.count { $0 == 0 }) / Double(weights.count)
    }
    #expect(try await share(0) == 0)
    #expect(try await share(0.01) > 0.2)
    #expect(try await share(0.1) > 0.5)
  }

  // MARK: Precision

  @Test(
    "large responses are learnt and measured in double precision",
    arguments: [0, 1e7, 1e8, 1.7e12], ["", "compatibility: h2o-3.46\n", "standardize: false\n"])
  func largeResponses(_ level: Double, _ settings: String) async throws {
    // H2O rounds responses to single precision before computing metrics.
    guard level == 0 || !settings.contains("h2o") else { return }
    var noise = Noise()
    let rows = (0..<500).map { _ in
      let x = noise.next()
      return "\(x),\(2 * x + 0.4 * noise.next() + level)"
    }
    let job = "response_column: y\nhidden: [20]\nepochs: 30\nscore_training_samples: 0\n\(settings)"
    let (metrics, result) = try await run(job, table: "x,y\n" + rows.joined(separator: "\n") + "\n")
    // The variance of the noise is 0.16 / 12 = 0.013; that of the response is 0.35.
    let mse = try training(metrics, "MSE")
    #expect(mse > 0.01 && mse < 0.03, "\(mse)")
    #expect(try training(metrics, "r2") > 0.9)
    // The metric is that of the model's own predictions.
    let predicted = try Project.predict(result, "\(folder.path)/t.csv").split(separator: "\n").dropFirst()
    var squares = 0.0
    for (line, row) in zip(predicted, rows) {
      let actual = try #require(Double(row.split(separator: ",")[1]))
      let error = try #require(Double(line)) - actual
      squares += error * error
    }
    let own = squares / Double(rows.count)
    #expect(abs(own - mse) < 1e-3 * mse + 1e-7 * max(1, level.squareRoot()), "\(own) \(mse)")
  }

  @Test("with an offset as large as the response, the rest is learnt")
  func largeOffsets() async throws {
    var noise = Noise()
    let rows = (0..<500).map { _ in
      let (x, offset) = (noise.next(), 1e8 + 1e6 * noise.next())
      return "\(x),\(offset),\(2 * x + 0.4 * noise.next() + offset)"
    }
    let job = "response_column: y\noffset_column: o\nhidden: [20]\nepochs: 30\nscore_training_samples: 0\n"
    let (metrics, _) = try await run(job, table: "x,o,y\n" + rows.joined(separator: "\n") + "\n")
    let mse = try training(metrics, "MSE")
    #expect(mse > 0.01 && mse < 0.03, "\(mse)")
  }

  // MARK: Usable rows

  @Test("an epoch is one pass over the usable rows, and a warning counts the others")
  func unusableRows() async throws {
    var noise = Noise()
    let rows = (0..<600).map { row -> String in
      let (a, b, y) = (noise.next(), noise.next(), noise.next())
      return (row % 3 == 1 ? "" : "\(a)") + ",\(b)," + (row % 10 == 0 ? "\(y)" : "")
    }
    let table = "a,b,y\n" + rows.joined(separator: "\n") + "\n"
    let job = "response_column: y\nhidden: [5]\nepochs: 10\nstopping_rounds: 0\n"
    let (metrics, result) = try await run(job, table: table)
    let trainingRun = try #require(metrics["training_run"] as? [String: Any])
    #expect(trainingRun["samples"] as? Int == 600)
    #expect((trainingRun["epochs"] as? Double) == 10)
    #expect(try Project.text(result, "report.html").contains("60 of 600 rows used: 540 have no response"))
    let skipping = try await run(job + "missing_values_handling: Skip\n", table: table, name: "skip").metrics
    #expect((skipping["training_run"] as? [String: Any])?["samples"] as? Int == 400)
    let warnings = try #require(skipping["warnings"] as? [String])
    #expect(
      warnings.contains(
        "40 of 600 rows used: 540 have no response, 20 have a missing value (missing_values_handling is Skip)"))
  }

  @Test("rows of weight 0 and file order produce warnings")
  func toldRows() async throws {
    let lines = regression.split(separator: "\n")
    let table =
      "w,\(lines[0])\n" + lines.dropFirst().enumerated().map { "\($0 % 4 == 0 ? 0 : 2),\($1)\n" }.joined()
    let job = "response_column: y\nhidden: [5]\nepochs: 1\nweights_column: w\nshuffle_training_data: false\n"
    let warnings = try #require(try await run(job, table: table).metrics["warnings"] as? [String])
    #expect(warnings.contains("300 of 400 rows used: 100 have weight 0"))
    #expect(warnings.contains { $0.contains("rows are trained in file order") })
  }

  // MARK: Verdicts

  @Test("a model that has not learnt yet is no better than the trivial one, but does not overfit")
  func untrained() async throws {
    let lines = try iris(shuffled: true).split(separator: "\n")
    let table = lines.joined(separator: "\n") + "\n"
    let job = "response_column: Species\nepochs: 0.02\nvalidation_fraction: 0.3\nhidden: [50, 50]\n"
    let warnings = try #require(try await run(job, table: table).metrics["warnings"] as? [String])
    #expect(!warnings.contains { $0.contains("overfits") }, "\(warnings)")
  }

  @Test("a model with class weights is judged by its ranking, not by its shifted probabilities")
  func weightedVerdict() async throws {
    var noise = Noise()
    let rows = (0..<600).map { row -> String in
      let isRare = row % 10 == 0
      return "\(noise.next() * 4 + (isRare ? 1 : 0)),\(isRare ? "yes" : "no")"
    }
    let table = "x,y\n" + rows.joined(separator: "\n") + "\n"
    let job = "response_column: y\nhidden: [10]\nepochs: 20\nvalidation_fraction: 0.3\nclass_weight: balanced\n"
    let (metrics, result) = try await run(job, table: table)
    let warnings = try #require(metrics["warnings"] as? [String])
    #expect(!warnings.contains { $0.contains("no better") }, "\(warnings)")
    #expect(try Project.text(result, "report.html").contains("On the validation rows the area under the ROC curve is"))
  }

  // MARK: Scoring and delivered networks

  @Test("a short training is scored often; an explicit score_interval is used as given")
  func schedule() async throws {
    let job = "response_column: y\nepochs: 300\nhidden: [60, 60]\nstopping_rounds: 0\nregression_stop: -1\n"
    func scorings(_ setting: String) async throws -> Int {
      let (_, result) = try await run(job + setting, table: regression, name: "i\(setting.count)")
      return try Project.text(result, "scoring_history.csv").split(separator: "\n").count - 2
    }
    // The duty cycle would count the load of the machine, too.
    #expect(try await scorings("score_duty_cycle: 1\n") >= 8)
    #expect(try await scorings("score_interval: 3600\n") == 2)
  }

  @Test("metrics.json names the delivered network, and its value is that of the leading table")
  func delivered() async throws {
    let job =
      "response_column: y\nepochs: 60\nhidden: [30]\nreproducible: true\nvalidation_fraction: 0.3\nstopping_rounds: 0\n"
    let (metrics, result) = try await run(job, table: regression)
    let best = try #require(metrics["best"] as? [String: Any])
    let validation = try #require(metrics["validation"] as? [String: Any])
    #expect(best["kind"] as? String == "iteration" && best["metric"] as? String == "deviance")
    let value = try #require(best["value"] as? Double)
    #expect(abs(value - (validation["mean_residual_deviance"] as? Double ?? .nan)) < 1e-12)
    let history = try Project.text(result, "scoring_history.csv").split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let epochs = try #require(history[0].firstIndex(of: "epochs"))
    let deviance = try #require(history[0].firstIndex(of: "validation_deviance"))
    let rows = history.dropFirst(2)
    #expect(Set(rows.map { $0[epochs] }).count == rows.count, "no epoch stands twice")
    let smallest = try #require(rows.min { (Double($0[deviance]) ?? .infinity) < (Double($1[deviance]) ?? .infinity) })
    #expect(Double(smallest[epochs]) == best["epochs"] as? Double)
    let page = try Project.text(result, "report.html")
    #expect(page.contains("The model is the network of epoch") && page.contains("chosen by deviance"))
    let last = try await run(job + "overwrite_with_best_model: false\n", table: regression, name: "last").metrics
    #expect((last["best"] as? [String: Any])?["kind"] as? String == "last")
    #expect((last["best"] as? [String: Any])?["epochs"] as? Double == 60)
  }

  @Test(
    "the reason why training ended is reported",
    arguments: [
      ("stopping_rounds: 2\nstopping_tolerance: 0.5", "stopped early: deviance did not improve by more than 0.5"),
      ("regression_stop: 100", "stopped early: the mean squared error on the training rows is"),
      ("epochs: 0.5", "epochs reached"),
      ("max_runtime_secs: 0.001", "max_runtime_secs reached"),
    ])
  func endings(_ setting: String, _ expected: String) async throws {
    let job = "response_column: y\nhidden: [20]\nscore_interval: 0\nscore_duty_cycle: 1\n" + setting
    let epochs = setting.contains("epochs") ? "" : "\nepochs: 500\n"
    let (metrics, _) = try await run(job + epochs, table: regression)
    let ending = try #require((metrics["training_run"] as? [String: Any])?["ending"] as? String)
    #expect(ending.contains(expected), "\(ending)")
  }
}
