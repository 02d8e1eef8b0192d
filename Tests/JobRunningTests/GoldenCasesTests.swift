import DataFrames
import DurableFiles
import Foundation
import Testing

/// Two hundred small jobs that a real H2O 3.46.0.12 has run.
///
/// Each parameter, each distribution with each activation (Tests/Support/golden/make_cases.py), and tables and jobs drawn
/// at random that once came out differently (random_cases.py).
@Suite("Each parameter does what it does in H2O")
struct GoldenCasesTests {
  private static let folder = "\(Project.root)/Tests/Support/golden"
  private static let suffix = ".json.gz"

  static let names = ((try? FileSystem().list("\(folder)/cases")) ?? []).filter { $0.hasSuffix(suffix) }
    .map { String($0.dropLast(suffix.count)) }.sorted()

  /// The cases hold nine digits; H2O prints frames with about ten decimals.
  private static let predictionTolerance = 1e-6
  private static let weightTolerance = 1e-5
  private static let metricTolerance = 1e-6
  private static let historyTolerance = 1e-5

  @Test("no case is lost")
  func count() { #expect(Self.names.count >= 226) }

  @Test("a case agrees in predictions, weights, metrics, history and importances", arguments: names)
  func agrees(_ name: String) async throws {
    let bytes = try FileBytes.read("\(Self.folder)/cases/\(name)\(Self.suffix)")
    let root = try require(JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any], name)
    let golden = Golden(root: try require(root["golden"] as? [String: Any], name))
    let data = TemporaryFolder()
    for table in ["train.csv", "test.csv"] {
      try FileSystem().write(FileBytes.read("\(Self.folder)/\(table)"), to: "\(data.path)/\(table)")
    }
    for (file, text) in try require(root["files"] as? [String: String], name) {
      try FileSystem().write(text.utf8, to: "\(data.path)/\(file)")
    }
    var works: [TemporaryFolder] = []
    var result = ""
    for job in try require(root["jobs"] as? [[String: Any]], name) {
      var job = job
      for key in ["checkpoint", "pretrained_autoencoder"] where job[key] != nil { job[key] = result }
      let work = TemporaryFolder()
      works.append(work)
      let text = try JSONSerialization.data(withJSONObject: job)
      result = try await Project.run(Array(text), frames: data.path, work: work.path)
    }
    func check(_ what: String, _ difference: Double?, _ tolerance: Double) {
      guard let difference else { return }
      #expect(difference <= tolerance, "\(what) \(difference)")
    }
    let test = "\(data.path)/test.csv"
    check("predictions", try golden.predictionDifference(Project.predict(result, test)), Self.predictionTolerance)
    check("weights", try golden.weightDifference(result), Self.weightTolerance)
    check("metrics", try golden.metricDifference(result), Self.metricTolerance)
    check("gains and lift", try golden.gainsLiftDifference(result), Self.metricTolerance)
    check("history", try golden.historyDifference(result), Self.historyTolerance)
    check("model summary", try golden.modelSummaryDifference(result), Self.metricTolerance)
    check("importances", try golden.importanceDifference(result), Self.historyTolerance)
    check("anomaly and deep features", try golden.autoencoderDifference(result, test), Self.predictionTolerance)
    check("held-out predictions", try golden.heldOutDifference(result), Self.predictionTolerance)
    check("cross-validation summary", try golden.summaryDifference(result), Self.metricTolerance)
    withExtendedLifetime(works) {}
  }
}
