import DurableFiles
import Foundation
import JobFiles
import Jobs
import TestSupport
import Testing
import Training

/// Runs jobs that were run by H2O 3.46.0.12, and compares all results.
///
/// `Tests/Support/parity/make_cases.py` created the cases.
@Suite("The same seed gives H2O's model")
struct ParityTests {
  static let cases = "\(Project.root)/Tests/Support/parity/cases"

  static var names: [String] { (try? FileSystem().list(cases)) ?? [] }

  @Test("all cases are present")
  func complete() { #expect(Self.names.count == 12) }

  @Test("a case agrees in predictions, weights, metrics, history, importances and model summary", arguments: names)
  func agrees(_ name: String) async throws {
    let folder = "\(Self.cases)/\(name)"
    let bytes = try FileSystem().read("\(folder)/job.yaml", limit: 1 << 20)
    let work = TemporaryFolder()
    let result = try await Project.run(bytes, frames: folder, work: work.path)
    let differences = try Golden(folder).differences(result, test: "\(folder)/test.csv")
    let compared = Set(differences.map(\.what))
    #expect(compared.isSuperset(of: ["predictions", "weights", "metrics", "history", "importances", "model summary"]))
    print("parity: \(name): " + differences.map { "\($0.what) \($0.size)" }.joined(separator: ", "))
    for difference in differences { #expect(difference.isTolerable, "\(difference.what) \(difference.size)") }
  }
}
