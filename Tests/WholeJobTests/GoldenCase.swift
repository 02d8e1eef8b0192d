import DataFrames
import DurableFiles
import Foundation
import JobFiles
import Planning
import TestSupport

/// A small case that was run by H2O 3.46.0.12: its jobs, its tables and all results.
///
/// `Tests/Support/golden/make_cases.py` and `random_cases.py` create them.
struct GoldenCase {
  private static let folder = "\(Project.root)/Tests/Support/golden"
  private static let suffix = ".json.gz"

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

  /// Runs the jobs in sequence and compares all results of the last one.
  ///
  /// - `quirks`: The quirks to turn off.
  func differences(leavingOut quirks: H2OQuirks = []) async throws -> [Golden.Difference] {
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
    return try golden.differences(result, test: "\(data.path)/test.csv")
  }
}
