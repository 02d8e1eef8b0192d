import Documents
import DurableFiles
import Foundation
import JobEvents
import JobFiles
import Jobs
import Models
import TestSupport
import Testing
import Training

/// `preset: tabular`, in whole jobs.
@Suite("The preset for tables")
struct PresetTests {
  private static let samples = "\(Project.root)/Spool/samples"

  private func job(_ text: String, response: String = "Species") -> [UInt8] {
    Array(
      """
      training_frame: iris.csv
      response_column: \(response)
      model_id: m
      preset: tabular
      hidden: [12, 8]
      epochs: 6
      mini_batch_size: 16
      seed: 3
      \(text)
      """.utf8)
  }

  private func run(_ text: String, response: String = "Species", _ folder: TemporaryFolder) async throws -> String {
    try await Project.run(job(text, response: response), frames: Self.samples, work: folder.path)
  }

  private func bytes(_ result: String) throws -> [UInt8] {
    try FileSystem().read("\(result)/\(ResultFolderLayout.modelFile)", limit: 1 << 26)
  }

  @Test("given keys win, the others come from the preset, and plan.yaml tells which")
  func origins() async throws {
    let work = TemporaryFolder()
    let result = try await run("label_smoothing: 0\n", work)
    let plan = try Project.text(result, "plan.yaml")
    for line in [
      "hidden: [12, 8]  # given", "label_smoothing: 0  # given", "mini_batch_size: 16  # given",
      "preset: tabular  # given", "activation: SELU  # preset", "rate: 0.04  # preset", "optimizer: Adam  # preset",
      "rate_schedule: CosLog4  # preset", "stopping_metric: misclassification  # preset",
      "validation_fraction: 0.2  # preset", "best_model_ties: last  # preset", "beta1: 0.9  # default",
      "classification_stop: -1  # preset",
    ] { #expect(plan.contains("\n\(line)\n"), "\(line)") }
    let metrics = try Project.metrics(result, "best")
    #expect(try #require(metrics["temperature"] as? Double) > 0)
  }

  @Test("a regression has its own values, and no temperature")
  func regression() async throws {
    let work = TemporaryFolder()
    let result = try await run("", response: "Petal.Width", work)
    let plan = try Project.text(result, "plan.yaml")
    for line in [
      "activation: Mish  # preset", "rate: 0.07  # preset", "stopping_metric: RMSE  # preset",
      "regression_stop: -1  # preset",
    ] {
      #expect(plan.contains("\n\(line)\n"), "\(line)")
    }
    #expect(try Project.metrics(result, "best")["temperature"] is NSNull)
    #expect(plan.contains("label_smoothing: 0  # default"))
  }

  @Test(
    "with validation rows of another kind, none are held out", arguments: ["validation_frame: iris.csv", "nfolds: 2"])
  func validation(_ text: String) async throws {
    let work = TemporaryFolder()
    let plan = try Project.text(try await run("\(text)\n", work), "plan.yaml")
    #expect(plan.contains("\nvalidation_fraction: 0  # default\n"))
  }

  @Test("the same bytes for any number of threads, and after a suspension at any scoring")
  func reproducible() async throws {
    let folders = (0..<4).map { _ in TemporaryFolder() }
    defer { withExtendedLifetime(folders) {} }
    let text = "reproducible: true\n"
    let whole = try bytes(try await run(text, folders[0]))
    for threads in [2, 3] {
      let request = try Project.request(
        job(text), frames: Self.samples, work: folders[threads - 1].path, threads: threads)
      guard
        case .finished = try await JobRunner(request, fileSystem: FileSystem(), onEvent: { _ in }).run(
          TrainingControl())
      else { return #expect(Bool(false), "not finished") }
      #expect(try bytes(request.resultFolder) == whole, "\(threads) threads")
    }
    let request = try Project.request(job(text), frames: Self.samples, work: folders[3].path)
    var suspensions = 0
    while true {
      let control = TrainingControl()
      let runner = JobRunner(request, fileSystem: FileSystem()) { event in
        if case .scored = event { control.stop(.suspend) }
      }
      if case .finished = try await runner.run(control) { break }
      suspensions += 1
      guard suspensions < 20 else { break }
    }
    #expect(suspensions > 2)
    #expect(try bytes(request.resultFolder) == whole)
  }

  @Test("what a preset does not suit is refused")
  func refused() throws {
    func faults(_ text: String) throws -> [String] {
      try JobFileReader.check(Array("training_frame: t\npreset: tabular\n\(text)\n".utf8), file: "j").faults.map(
        \.description)
    }
    let compatible = try faults("response_column: y\ncompatibility: h2o-3.46")
    #expect(compatible.count == 1 && compatible[0].contains("preset tabular cannot be combined with compatibility"))
    let autoencoder = try faults("autoencoder: true")
    #expect(autoencoder.count == 1 && autoencoder[0].contains("preset tabular is for models with a response"))
    #expect(try faults("response_column: y\noptimizer: ADADELTA").isEmpty)
    #expect(try faults("response_column: y\nelastic_averaging: true\nloss: Quadratic").isEmpty)
  }
}
