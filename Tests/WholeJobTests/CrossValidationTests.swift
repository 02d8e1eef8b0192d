import DurableFiles
import Foundation
import JobEvents
import Jobs
import Models
import Synchronization
import TestSupport
import Testing
import Training

@Suite("Cross-validation")
struct CrossValidationTests {
  private static let samples = "\(Project.root)/Spool/samples"
  private static let job = """
    training_frame: prostate.csv
    response_column: CAPSULE
    column_types: {CAPSULE: enum}
    ignored_columns: [ID]
    hidden: [8]
    epochs: 6
    seed: 5
    nfolds: 4
    keep_cross_validation_predictions: true
    keep_cross_validation_fold_assignment: true

    """

  private func run(_ text: String, _ work: TemporaryFolder) async throws -> String {
    try await Project.run(Array(text.utf8), frames: Self.samples, work: work.path)
  }

  @Test("every row is held out once, and the metrics are those of the held-out predictions")
  func heldOut() async throws {
    let work = TemporaryFolder()
    defer { withExtendedLifetime(work) {} }
    let result = try await run(Self.job, work)
    let folds = try Project.text(result, "cross_validation/fold_assignment.csv").split(separator: "\n").dropFirst()
    #expect(folds.count == 380 && Set(folds) == ["0", "1", "2", "3"])
    let rows = try Project.text(result, "cross_validation/predictions.csv").split(separator: "\n").dropFirst()
      .map { $0.split(separator: ",") }
    let actual = try Project.text("\(Self.samples)", "prostate.csv").split(separator: "\n").dropFirst()
      .map { $0.split(separator: ",")[1] }
    var loss = 0.0
    for (row, label) in zip(rows, actual) { loss -= log(Double(row[label == "1" ? 2 : 1]) ?? .nan) }
    let metrics = try Project.metrics(result, "cross_validation")
    let logLoss = try #require(metrics["logloss"] as? Double)
    #expect(abs(loss / 380 - logLoss) < 1e-6)
    #expect(metrics["nobs"] as? Int == 380)
    let summary = try Project.text(result, "cross_validation/metrics_summary.csv").split(separator: "\n")
    #expect(summary[0] == "metric,mean,sd,cv_1_valid,cv_2_valid,cv_3_valid,cv_4_valid")
    #expect(summary.contains { $0.hasPrefix("auc,") })
    for fold in 1...4 {
      #expect(FileSystem().exists("\(result)/cross_validation/cv_\(fold)/\(ResultFolderLayout.modelFile)"))
      #expect(FileSystem().exists("\(result)/cross_validation/cv_\(fold)/predictions.csv"))
    }
  }

  @Test("the main model is trained on all rows for the mean epochs of the folds, and keeps its last weights")
  func mainModel() async throws {
    let work = TemporaryFolder()
    defer { withExtendedLifetime(work) {} }
    let stopping = "stopping_rounds: 1\nstopping_tolerance: 0.5\nscore_interval: 0\nscore_duty_cycle: 1\n"
    let result = try await run(Self.job + stopping, work)
    let plan = try Project.text(result, "plan.yaml")
    #expect(plan.contains("overwrite_with_best_model: false"))
    #expect(plan.contains("stopping_rounds: 0"))
    #expect(!plan.contains("\nepochs: 6 "))
    #expect(try Project.metrics(result)["nobs"] as? Int == 380)
  }

  @Test("a job suspended repeatedly trains no fold twice and ends with the same bytes")
  func resume() async throws {
    let text = Array((Self.job + "reproducible: true\n").utf8)
    let (undisturbed, disturbed) = (TemporaryFolder(), TemporaryFolder())
    defer { withExtendedLifetime((undisturbed, disturbed)) {} }
    let whole = try await Project.run(text, frames: Self.samples, work: undisturbed.path)
    let request = try Project.request(text, frames: Self.samples, work: disturbed.path)
    var suspensions = 0
    while suspensions < 100 {
      let control = TrainingControl()
      let scores = Atomic(0)
      let runner = JobRunner(request, fileSystem: FileSystem()) { event in
        guard event.score != nil else { return }
        if scores.wrappingAdd(1, ordering: .relaxed).newValue == 4 { control.stop(.suspend) }
      }
      guard case .suspended = try await runner.run(control) else { break }
      suspensions += 1
    }
    #expect(suspensions >= 4 && suspensions < 100)
    for path in [
      ResultFolderLayout.modelFile, "cross_validation/predictions.csv", "cross_validation/metrics_summary.csv",
    ] {
      let both = try [whole, request.resultFolder].map { try FileSystem().read("\($0)/\(path)", limit: 1 << 26) }
      #expect(both[0] == both[1], "\(path)")
    }
  }

  @Test("folds in parallel give the same bytes as folds in sequence")
  func parallel() async throws {
    let folders = [TemporaryFolder(), TemporaryFolder()]
    defer { withExtendedLifetime(folders) {} }
    var models: [[UInt8]] = []
    for (threads, folder) in zip([1, 3], folders) {
      let request = try Project.request(
        Array((Self.job + "reproducible: true\n").utf8), frames: Self.samples, work: folder.path, threads: threads)
      _ = try await JobRunner(request, fileSystem: FileSystem(), onEvent: { _ in }).run(TrainingControl())
      models.append(try FileSystem().read("\(request.resultFolder)/\(ResultFolderLayout.modelFile)", limit: 1 << 26))
      models.append(
        try FileSystem().read("\(request.resultFolder)/cross_validation/predictions.csv", limit: 1 << 26))
    }
    #expect(models[0] == models[2] && models[1] == models[3])
  }

  @Test("a failing fold fails the job immediately")
  func failure() async throws {
    let work = TemporaryFolder()
    let failure = await #expect(throws: JobFailure.self) {
      try await run(Self.job + "adaptive_rate: false\nrate: 1e8\n", work)
    }
    #expect(failure?.cause == .training)
    #expect(!FileSystem().exists("\(work.path)/result/metrics.json"))
  }
}
