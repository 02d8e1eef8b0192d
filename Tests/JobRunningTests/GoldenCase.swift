import DataFrames
import DurableFiles
import Foundation
import JobFiles

/// A small case that a real H2O 3.46.0.12 has run: its jobs, its tables, and everything that came out.
///
/// `Tests/Support/golden/make_cases.py` and `random_cases.py` make them.
struct GoldenCase {
  /// How far something is from H2O's, and how far it may be.
  struct Difference {
    let what: String
    let size: Double
    let tolerance: Double

    var isTolerable: Bool { size <= tolerance }
  }

  private static let folder = "\(Project.root)/Tests/Support/golden"
  private static let suffix = ".json.gz"

  /// The cases hold nine digits; H2O prints frames with about ten decimals.
  private static let sixDigits = 1e-6
  private static let fiveDigits = 1e-5

  static let names = ((try? FileSystem().list("\(folder)/cases")) ?? []).filter { $0.hasSuffix(suffix) }
    .map { String($0.dropLast(suffix.count)) }.sorted()

  private let jobs: [[String: Any]]
  private let files: [String: String]
  private let golden: Golden

  init(_ name: String) throws {
    let bytes = try FileBytes.read("\(Self.folder)/cases/\(name)\(Self.suffix)")
    let root = try require(JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any], name)
    golden = Golden(root: try require(root["golden"] as? [String: Any], name))
    files = try require(root["files"] as? [String: String], name)
    jobs = try require(root["jobs"] as? [[String: Any]], name)
  }

  /// Runs the jobs, one after the other, and compares everything that came out of the last one.
  ///
  /// `quirks`: Are not in force.
  func differences(leavingOut quirks: H2OQuirks = []) async throws -> [Difference] {
    let data = TemporaryFolder()
    for table in ["train.csv", "test.csv"] {
      try FileSystem().write(FileBytes.read("\(Self.folder)/\(table)"), to: "\(data.path)/\(table)")
    }
    for (file, text) in files { try FileSystem().write(text.utf8, to: "\(data.path)/\(file)") }
    var works: [TemporaryFolder] = []
    defer { withExtendedLifetime(works) {} }
    var result = ""
    for job in jobs {
      var job = job
      for key in ["checkpoint", "pretrained_autoencoder"] where job[key] != nil { job[key] = result }
      works.append(TemporaryFolder())
      let text = Array(try JSONSerialization.data(withJSONObject: job))
      result = try await Project.run(text, frames: data.path, work: works[works.count - 1].path, leavingOut: quirks)
    }
    return try differences(result, test: "\(data.path)/test.csv")
  }

  private func differences(_ result: String, test: String) throws -> [Difference] {
    let (six, five) = (Self.sixDigits, Self.fiveDigits)
    let all: [(what: String, size: Double?, tolerance: Double)] = [
      ("predictions", try golden.predictionDifference(Project.predict(result, test)), six),
      ("weights", try golden.weightDifference(result), five), ("metrics", try golden.metricDifference(result), six),
      ("gains and lift", try golden.gainsLiftDifference(result), six),
      ("history", try golden.historyDifference(result), five),
      ("importances", try golden.importanceDifference(result), five),
      ("model summary", try golden.modelSummaryDifference(result), six),
      ("anomaly and deep features", try golden.autoencoderDifference(result, test), six),
      ("held-out predictions", try golden.heldOutDifference(result), six),
      ("cross-validation summary", try golden.summaryDifference(result), six),
    ]
    return all.compactMap { what, size, tolerance in
      size.map { Difference(what: what, size: $0, tolerance: tolerance) }
    }
  }
}
