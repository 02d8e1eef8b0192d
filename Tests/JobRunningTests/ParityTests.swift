import DurableFiles
import Foundation
import JobFiles
import JobRunning
import Testing
import Training

/// Runs the jobs that a real H2O 3.46.0.12 has run, and compares everything that came out.
///
/// The cases lie in `../shared/parity/cases` beside the project; without them the tests are skipped with a message.
@Suite("The same seed gives H2O's model")
struct ParityTests {
  static let cases = "\(Project.root)/../shared/parity/cases"
  static let isThere = FileSystem().exists(cases)

  /// H2O's frames are printed with ten decimals.
  private static let predictionTolerance = 1e-6
  private static let weightTolerance = 1e-5
  private static let metricTolerance = 1e-6
  private static let historyTolerance = 1e-5

  static var names: [String] { (try? FileSystem().list(cases)) ?? [] }

  @Test(
    "a case agrees in predictions, weights, metrics, history, importances and model summary",
    .enabled(if: isThere, "no ../shared/parity"), arguments: names)
  func agrees(_ name: String) async throws {
    let folder = "\(Self.cases)/\(name)"
    let bytes = try FileSystem().read("\(folder)/job.yaml", limit: 1 << 20)
    let work = TemporaryFolder()
    let result = try await Project.run(bytes, frames: folder, work: work.path)
    let golden = try Golden(folder)
    let predictions = try golden.predictionDifference(Project.predict(result, "\(folder)/test.csv"))
    let weights = try require(golden.weightDifference(result), "weights")
    let metrics = try golden.metricDifference(result)
    let history = try golden.historyDifference(result)
    let importances = try golden.importanceDifference(result)
    let summary = try require(golden.modelSummaryDifference(result), "model_summary")
    if let anomaly = try golden.autoencoderDifference(result, "\(folder)/test.csv") {
      print("parity: \(name): anomaly and deep features \(anomaly)")
      #expect(anomaly <= Self.predictionTolerance)
    }
    if let heldOut = try golden.heldOutDifference(result) {
      print("parity: \(name): held-out predictions \(heldOut)")
      #expect(heldOut <= Self.predictionTolerance)
    }
    print(
      "parity: \(name): predictions \(predictions), weights \(weights), metrics \(metrics), history \(history), "
        + "importances \(importances), model summary \(summary)")
    #expect(predictions <= Self.predictionTolerance)
    #expect(weights <= Self.weightTolerance)
    #expect(metrics <= Self.metricTolerance)
    #expect(history <= Self.historyTolerance)
    #expect(importances <= Self.historyTolerance)
    #expect(summary <= Self.metricTolerance)
  }
}
