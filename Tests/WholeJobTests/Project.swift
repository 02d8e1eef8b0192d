import DataFrames
import DurableFiles
import Foundation
import JobEvents
import JobFiles
import Jobs
import Models
import Planning
import Reports
import TestSupport
import Training

/// Runs jobs as the programs do, in temporary folders.
enum Project {
  /// The project's root folder.
  static let root = Repository.root

  static func request(
    _ text: [UInt8], frames: String, work: String, threads: Int = 2, leavingOut quirks: H2OQuirks = []
  ) throws -> JobRequest {
    var request = JobRequest(
      job: try JobFileReader.read(text, file: "job.yaml"), jobText: text, name: "test", workFolder: work,
      files: NamedFiles(frame: { "\(frames)/\($0)" }, model: { $0 }, export: { "\(frames)/\($0)" }),
      limits: .init(threads: threads))
    request.compatibility = { Compatibility($0.compatibility, without: quirks) }
    return request
  }

  /// Runs a job to its end and returns the result folder.
  ///
  /// - `quirks`: The quirks to turn off.
  static func run(
    _ job: [UInt8], frames: String, work: String, threads: Int = 2, leavingOut quirks: H2OQuirks = [],
    onEvent: @escaping @Sendable (JobEvent) -> Void = { _ in }
  ) async throws -> String {
    let request = try request(job, frames: frames, work: work, threads: threads, leavingOut: quirks)
    _ = try await JobRunner(request, fileSystem: FileSystem(), onEvent: onEvent).run(TrainingControl())
    return request.resultFolder
  }

  /// Reads a finished model.
  static func model(_ result: String) throws -> Model { try ModelFile.read(result, fileSystem: FileSystem()).model }

  /// Returns the metrics of a part of `metrics.json`: training, validation or cross_validation.
  static func metrics(_ result: String, _ part: String = "training") throws -> [String: Any] {
    let bytes = try FileSystem().read("\(result)/metrics.json", limit: 1 << 24)
    let all = try require(JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any], "metrics.json")
    return try require(all[part] as? [String: Any], part)
  }

  /// Returns a training metric of a job on a CSV table.
  static func metric(_ name: String, of job: String, table: String) async throws -> Double {
    let (data, work) = (TemporaryFolder(), TemporaryFolder())
    try FileSystem().write(table.utf8, to: "\(data.path)/t.csv")
    let text = "training_frame: t.csv\nseed: 1\nhidden: [10]\n\(job)"
    let result = try await run(Array(text.utf8), frames: data.path, work: work.path)
    return try require(metrics(result)[name] as? Double, name)
  }

  /// Returns a file of a result folder as text.
  static func text(_ result: String, _ name: String) throws -> String {
    String(decoding: try FileSystem().read("\(result)/\(name)", limit: 1 << 26), as: UTF8.self)
  }

  /// Returns a finished model, and a table encoded for it.
  static func encoded(_ result: String, _ table: String) throws -> (Model, EncodedRows) {
    let file = try ModelFile.read(result, fileSystem: FileSystem())
    let job = try JobFileReader.read(FileSystem().read("\(result)/job.yaml", limit: 1 << 20), file: "job.yaml")
    let frame = try FrameReader.read(table, options: file.model.readOptions(ReadOptions(job)))
    return (file.model, try file.model.encode(frame).0)
  }

  /// Returns the predictions of a finished model for a table, as CSV.
  static func predict(_ result: String, _ table: String) throws -> String {
    let (model, rows) = try encoded(result, table)
    return PredictionTable.csv(model, outputs: ModelScorer(threads: 2).predict(model, rows)).text
  }
}
