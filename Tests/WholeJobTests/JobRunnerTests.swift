import DurableFiles
import Foundation
import JobEvents
import JobFiles
import Jobs
import Models
import Synchronization
import TestSupport
import Testing
import Training

@Suite("Running a job")
struct JobRunnerTests {
  private static let samples = "\(Project.root)/Spool/samples"

  private func job(_ text: String) -> [UInt8] {
    Array("training_frame: iris.csv\nresponse_column: Species\nhidden: [12, 8]\nseed: 3\n\(text)".utf8)
  }

  @Test("the result folder is complete, and its model predicts")
  func resultFolder() async throws {
    let work = TemporaryFolder()
    let result = try await Project.run(
      job("validation_frame: iris.csv\nexport_weights_and_biases: true\nepochs: 20\n"), frames: Self.samples,
      work: work.path)
    let names = try FileSystem().list(result)
    for name in [
      "job.yaml", "plan.yaml", "metrics.json", "model", "scoring_history.csv", "model_summary.csv",
      "variable_importances.csv", "confusion_matrix_training.csv", "confusion_matrix_validation.csv",
      "hit_ratios_training.csv", "weights", "events.jsonl",
    ] { #expect(names.contains(name), "\(name)") }
    let predictions = try Project.predict(result, "\(Self.samples)/iris.csv").split(separator: "\n")
    #expect(predictions.count == 151)
    #expect(predictions[0] == "predict,Iris-setosa,Iris-versicolor,Iris-virginica")
    let plan = String(decoding: try FileSystem().read("\(result)/plan.yaml", limit: 1 << 20), as: UTF8.self)
    #expect(plan.contains("distribution: multinomial  # chosen"))
    #expect(plan.contains("epochs: 20  # given"))
  }

  @Test(
    "a job suspended repeatedly ends with the same bytes as without interruption",
    arguments: ["documentation", "h2o-3.46"])
  func resume(_ compatibility: String) async throws {
    let text = job("compatibility: \(compatibility)\nreproducible: true\nepochs: 30\n")
    let undisturbed = TemporaryFolder()
    let whole = try await Project.run(text, frames: Self.samples, work: undisturbed.path)

    let disturbed = TemporaryFolder()
    let request = try Project.request(text, frames: Self.samples, work: disturbed.path)
    var suspensions = 0
    while true {
      let control = TrainingControl()
      let scores = Atomic(0)
      let runner = JobRunner(request, fileSystem: FileSystem()) { event in
        guard case .scored = event else { return }
        if scores.wrappingAdd(1, ordering: .relaxed).newValue == 7 { control.stop(.suspend) }
      }
      guard case .suspended = try await runner.run(control) else { break }
      suspensions += 1
    }
    #expect(suspensions >= 3)
    let model = try FileSystem().read("\(whole)/\(ResultFolderLayout.modelFile)", limit: 1 << 24)
    #expect(try FileSystem().read("\(request.resultFolder)/\(ResultFolderLayout.modelFile)", limit: 1 << 24) == model)
    #expect(try history(request.resultFolder) == history(whole))
  }

  @Test("settings that need too much memory or time are refused by name")
  func tooMuchAtOnce() async throws {
    for (settings, key) in [
      ("mini_batch_size: 65536\nhidden: [100000]\n", "mini_batch_size"),
      ("training_shards: 64\nhidden: [9000, 9000]\n", "training_shards"),
    ] {
      let work = TemporaryFolder()
      let text = "training_frame: iris.csv\nresponse_column: Species\n\(settings)"
      let failure = await #expect(throws: JobFailure.self) {
        try await Project.run(Array(text.utf8), frames: Self.samples, work: work.path)
      }
      #expect(failure?.description.contains("\(key) ") == true, "\(failure?.description ?? "")")
      #expect(failure?.description.contains("is too large for") == true)
    }
  }

  @Test("a copy that cannot be written is a warning and does not fail the job")
  func failingExport() async throws {
    let data = TemporaryFolder()
    defer { withExtendedLifetime(data) {} }
    try FileSystem().makeFolder("\(data.path)/exports")
    try FileSystem().write(FileSystem().read("\(Self.samples)/iris.csv", limit: 1 << 20), to: "\(data.path)/iris.csv")
    let warnings = Mutex<[String]>([])
    let result = try await Project.run(
      job("epochs: 1\nexport_checkpoints_dir: exports\n"), frames: data.path, work: "\(data.path)/w"
    ) { event in
      // The folder is removed during training.
      if case .scored = event { try? FileSystem().removeTree("\(data.path)/exports") }
      if case .warning(let text) = event { warnings.withLock { $0.append(text) } }
    }
    #expect(FileSystem().exists("\(result)/metrics.json"))
    #expect(warnings.withLock { $0.contains { $0.contains("cannot export") } })
  }

  @Test("averaged copies give the same bytes with any number of threads, and after suspensions")
  func shards() async throws {
    let rows = (0..<3000).map { "\(Double($0 % 61) / 30),\(Double($0 * 7 % 13)),\($0 % 61 + $0 % 13 > 36 ? "a" : "b")" }
    let data = TemporaryFolder()
    defer { withExtendedLifetime(data) {} }
    try FileSystem().write(("x,z,y\n" + rows.joined(separator: "\n")).utf8, to: "\(data.path)/t.csv")
    func text(_ shards: Int) -> [UInt8] {
      Array(
        """
        training_frame: t.csv
        response_column: y
        hidden: [12, 8]
        seed: 3
        epochs: 4
        reproducible: true
        training_shards: \(shards)
        """.utf8)
    }
    var models: [[UInt8]] = []
    for (shards, threads) in [(3, 1), (3, 2), (3, 8), (1, 1)] {
      let request = try Project.request(
        text(shards), frames: data.path, work: "\(data.path)/\(shards)-\(threads)", threads: threads)
      _ = try await JobRunner(request, fileSystem: FileSystem(), onEvent: { _ in }).run(TrainingControl())
      models.append(try FileSystem().read("\(request.resultFolder)/\(ResultFolderLayout.modelFile)", limit: 1 << 24))
    }
    #expect(models[0] == models[1] && models[1] == models[2] && models[2] != models[3])
    let request = try Project.request(text(3), frames: data.path, work: "\(data.path)/disturbed")
    var suspensions = 0
    while suspensions < 50 {
      let control = TrainingControl()
      let runner = JobRunner(request, fileSystem: FileSystem()) { event in
        if case .scored = event { control.stop(.suspend) }
      }
      guard case .suspended = try await runner.run(control) else { break }
      suspensions += 1
    }
    #expect(suspensions >= 2)
    #expect(
      try FileSystem().read("\(request.resultFolder)/\(ResultFolderLayout.modelFile)", limit: 1 << 24) == models[0])
  }

  @Test("unlocked threads train one network that learns, and exclude reproducible")
  func unlocked() async throws {
    let rows = (0..<4000).map { "\(Double($0 % 61) / 30),\(Double($0 * 7 % 13)),\($0 % 61 + $0 % 13 > 36 ? "a" : "b")" }
    let data = TemporaryFolder()
    defer { withExtendedLifetime(data) {} }
    try FileSystem().write(("x,z,y\n" + rows.joined(separator: "\n")).utf8, to: "\(data.path)/t.csv")
    func text(_ more: String) -> [UInt8] {
      Array("training_frame: t.csv\nresponse_column: y\nhidden: [12, 8]\nseed: 3\nepochs: 6\n\(more)".utf8)
    }
    for threads in [1, 3] {
      let request = try Project.request(
        text("unlocked_training: true\n"), frames: data.path, work: "\(data.path)/u\(threads)", threads: threads)
      _ = try await JobRunner(request, fileSystem: FileSystem(), onEvent: { _ in }).run(TrainingControl())
      let plan = String(
        decoding: try FileSystem().read("\(request.resultFolder)/metrics.json", limit: 1 << 24), as: UTF8.self)
      #expect(plan.contains("\"AUC\""))
      let auc = try #require(plan.firstMatch(of: /"AUC": ?([0-9.]+)/).flatMap { Double($0.1) })
      #expect(auc > 0.95, "\(threads) threads: \(auc)")
    }
    #expect(throws: (any Error).self) {
      try Project.request(
        text("unlocked_training: true\nreproducible: true\n"), frames: data.path, work: "\(data.path)/r", threads: 2)
    }
  }

  /// The history without its times.
  private func history(_ result: String) throws -> [String] {
    String(decoding: try FileSystem().read("\(result)/scoring_history.csv", limit: 1 << 24), as: UTF8.self)
      .split(separator: "\n").map {
        $0.split(separator: ",", omittingEmptySubsequences: false).dropFirst(3).joined(separator: ",")
      }
  }

  @Test("the same seed gives the same bytes, a different seed different ones")
  func seeds() async throws {
    var models: [[UInt8]] = []
    for seed in [1, 1, 2] {
      let work = TemporaryFolder()
      let text = "training_frame: iris.csv\nresponse_column: Species\nhidden: [9]\nepochs: 5\nreproducible: true\n"
      let result = try await Project.run(Array((text + "seed: \(seed)\n").utf8), frames: Self.samples, work: work.path)
      models.append(try FileSystem().read("\(result)/\(ResultFolderLayout.modelFile)", limit: 1 << 24))
    }
    #expect(models[0] == models[1])
    #expect(models[0] != models[2])
  }

  @Test("a checkpoint that is damaged or belongs to other data is ignored")
  func uselessCheckpoint() async throws {
    let work = TemporaryFolder()
    try FileSystem().makeFolder("\(work.path)/checkpoint")
    try FileSystem().write("rubbish".utf8, to: "\(work.path)/\(JobFolderLayout.checkpointFile)")
    let resumed = Atomic(false)
    _ = try await Project.run(job("epochs: 1\n"), frames: Self.samples, work: work.path) { event in
      if case .resumed = event { resumed.store(true, ordering: .relaxed) }
    }
    let wasResumed = resumed.load(ordering: .relaxed)
    #expect(!wasResumed)
  }

  @Test("a cancelled job ends within a slice and leaves no result")
  func cancel() async throws {
    let work = TemporaryFolder()
    let request = try Project.request(job("epochs: 1e6\n"), frames: Self.samples, work: work.path)
    let control = TrainingControl()
    let runner = JobRunner(request, fileSystem: FileSystem()) { event in
      if case .scored = event { control.stop(.cancel) }
    }
    guard case .cancelled = try await runner.run(control) else { return #expect(Bool(false), "not cancelled") }
    #expect(!FileSystem().exists("\(request.resultFolder)/metrics.json"))
  }

  @Test(
    "every activation and loss learns a linear function",
    arguments: ["Tanh", "Rectifier", "Maxout", "ExpRectifier", "SELU", "Mish"])
  func learns(_ activation: String) async throws {
    let data = TemporaryFolder()
    let rows = (0..<300).map { row in
      let x = Double(row % 60) / 30 - 1
      return "\(x),\(2 * x + 1),\(x > 0.1 ? "yes" : "no")"
    }
    try FileSystem().write(("x,line,side\n" + rows.joined(separator: "\n")).utf8, to: "\(data.path)/line.csv")
    for (response, ignored, metric, limit) in [("line", "side", "MSE", 0.02), ("side", "line", "err", 0.02)] {
      let work = TemporaryFolder()
      let text = """
        training_frame: line.csv
        response_column: \(response)
        ignored_columns: [\(ignored)]
        activation: \(activation)
        hidden: [10]
        epochs: 40
        seed: 1
        """
      let result = try await Project.run(Array(text.utf8), frames: data.path, work: work.path)
      let bytes = try FileSystem().read("\(result)/metrics.json", limit: 1 << 24)
      let metrics = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
      let value = try #require((metrics?["training"] as? [String: Any])?[metric] as? Double)
      #expect(value <= limit, "\(metric) \(value)")
    }
  }

  @Test(
    "an autoencoder learns to reproduce rows in both modes, and detects an outlier",
    arguments: ["documentation", "h2o-3.46"])
  func autoencoder(_ compatibility: String) async throws {
    let (data, work) = (TemporaryFolder(), TemporaryFolder())
    let rows = (0..<400).map { "\(Double($0 % 50) / 50),\(Double($0 % 50) / 25),\($0 % 2 == 0 ? "p" : "q")" }
    try FileSystem().write(("a,b,c\n" + rows.joined(separator: "\n")).utf8, to: "\(data.path)/t.csv")
    let odd = (rows.prefix(20) + ["0.9,0.1,p"]).joined(separator: "\n")
    try FileSystem().write(("a,b,c\n" + odd).utf8, to: "\(data.path)/odd.csv")
    let text = """
      training_frame: t.csv
      autoencoder: true
      activation: Tanh
      hidden: [4]
      epochs: 60
      seed: 3
      compatibility: \(compatibility)
      """
    let result = try await Project.run(Array(text.utf8), frames: data.path, work: work.path)
    let (model, encoded) = try Project.encoded(result, "\(data.path)/odd.csv")
    let errors = ModelScorer(threads: 1).reconstructionErrors(model, encoded)
    let usual = errors.prefix(20).max() ?? 1
    #expect(usual < 0.01 && errors[20] > 3 * usual, "\(usual) \(errors[20])")
    let header = try Project.predict(result, "\(data.path)/odd.csv").split(separator: "\n")[0]
    #expect(header == "reconstr_c.p,reconstr_c.q,reconstr_c.missing(NA),reconstr_a,reconstr_b")
  }

  @Test(
    "settings that an autoencoder does not support are refused by name",
    arguments: [
      ("response_column: x", "is unsupported for autoencoders"), ("activation: Maxout", "Maxout is unsupported"),
      ("loss: CrossEntropy", "needs classes"), ("stopping_metric: AUC", "must be AUTO or MSE"),
      ("balance_classes: true", "needs a response"),
      ("distribution: bernoulli", "use AUTO or a distribution for numeric responses"),
    ])
  func autoencoderFaults(_ job: String, _ expected: String) async {
    do {
      _ = try await Project.metric("MSE", of: "autoencoder: true\n\(job)\n", table: "x,y\n1,5\n2,6\n3,5\n")
      Issue.record("the job ran")
    } catch {
      #expect("\(error)".contains(expected), "\(error)")
    }
  }

  @Test("keys without effect produce a warning")
  func inactiveKeys() async throws {
    let work = TemporaryFolder()
    let text = job(
      "rate: 0.1\ntweedie_power: 1.3\nregression_stop: 0.1\nstopping_metric: AUC\nforce_load_balance: true\nepochs: 1\n"
    )
    let warnings = Mutex<[String]>([])
    _ = try await Project.run(text, frames: Self.samples, work: work.path) { event in
      if case .warning(let sentence) = event { warnings.withLock { $0.append(sentence) } }
    }
    for expected in [
      "rate has no effect: adaptive_rate is on", "tweedie_power has no effect: the distribution is multinomial",
      "regression_stop has no effect", "stopping_metric AUC is undefined for 3 classes",
      "force_load_balance has no effect",
    ] { #expect(warnings.withLock { $0.contains { $0.contains(expected) } }, "\(expected)") }
  }
}
