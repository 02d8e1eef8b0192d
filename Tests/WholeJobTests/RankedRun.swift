import DurableFiles
import Foundation
import JobEvents
import JobFiles
import Jobs
import TestSupport
import Training

/// Runs of jobs on ranks that are threads.
enum RankedRun {
  static let samples = "\(Project.root)/Spool/samples"

  /// Runs a job on one of Spool's samples, and returns its result folder.
  static func run(
    _ text: String, _ ranks: ThreadRanks, _ folder: TemporaryFolder, _ control: TrainingControl = TrainingControl(),
    threads: Int = 2, onEvent: @escaping @Sendable (JobEvent) -> Void = { _ in }
  ) async throws -> String {
    try await outcome(text, ranks, folder, control, threads: threads, onEvent: onEvent).result
  }

  static func outcome(
    _ text: String, _ ranks: ThreadRanks, _ folder: TemporaryFolder, _ control: TrainingControl = TrainingControl(),
    threads: Int = 2, onEvent: @escaping @Sendable (JobEvent) -> Void = { _ in }
  ) async throws -> (outcome: JobOutcome, result: String) {
    let bytes = Array(text.utf8)
    return try await ranks.run { group in
      let request = JobRequest(
        job: try JobFileReader.read(bytes, file: "job.yaml"), jobText: bytes, name: "test", workFolder: folder.path,
        files: NamedFiles(frame: { "\(samples)/\($0)" }, model: { $0 }, export: { $0 }),
        limits: .init(threads: threads, ranks: group))
      let outcome = try await JobRunner(request, fileSystem: FileSystem(), onEvent: onEvent).run(control)
      return (outcome, request.resultFolder)
    }
  }

  /// Returns what a result has besides times: models, predictions, and the leaderboard without its seconds.
  static func content(_ result: String) throws -> [String: [UInt8]] {
    var content: [String: [UInt8]] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: result) {
      switch name.split(separator: "/").last.map(String.init) {
      case "model.deepspool", "predictions.csv", "grid_failures.csv", "importances.csv":
        content[name] = try FileSystem().read("\(result)/\(name)", limit: 1 << 26)
      case "leaderboard.csv": content[name] = Array(try timeless(Project.text(result, name)).utf8)
      default: break
      }
    }
    return content
  }

  private static func timeless(_ table: String) throws -> String {
    let rows = table.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    let seconds = rows[0].firstIndex(of: "seconds") ?? rows[0].endIndex
    // Lists in quotes have commas, so the column is counted from the end.
    let fromEnd = rows[0].count - seconds
    return rows.map { row in
      row.indices.filter { $0 != row.count - fromEnd }.map { row[$0] }.joined(separator: ",")
    }.joined(separator: "\n")
  }
}
