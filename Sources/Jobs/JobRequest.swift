internal import DataFrames
package import JobFiles
internal import Planning

/// A job that shall run, and where.
package struct JobRequest: Sendable {
  package let job: JobFile
  /// The file as it was written; goes into the result folder.
  package let jobText: [UInt8]
  /// Name of the model where the job gives none: the job's id.
  package let name: String
  /// Folder of the running job: `checkpoint` and `events.jsonl` live here, the result is built in `result`.
  package let workFolder: String
  /// Where the frames that the job names really are.
  package let resolveFrame: @Sendable (String) throws -> String
  /// Where a finished model is that the job names: its result folder.
  package let resolveModel: @Sendable (String) throws -> String
  /// Where a folder is that finished models are copied to.
  package let resolveExport: @Sendable (String) throws -> String
  /// Threads for scoring, for copies of the network, and models that are trained side by side.
  package let threads: Int
  /// Tables with more bytes, unpacked, are refused.
  package let maximumTableBytes: Int
  /// Whether links may stand on the way to a table; false where ``resolveFrame`` has followed and checked them all.
  package let followsLinks: Bool
  /// Throws where the job may not have a file opened, whose real path it is given.
  package let checkAccess: @Sendable (String) throws -> Void

  package init(
    job: JobFile, jobText: [UInt8], name: String, workFolder: String,
    resolveFrame: @escaping @Sendable (String) throws -> String,
    resolveModel: @escaping @Sendable (String) throws -> String,
    resolveExport: @escaping @Sendable (String) throws -> String, threads: Int,
    maximumTableBytes: Int = .max, followsLinks: Bool = true,
    checkAccess: @escaping @Sendable (String) throws -> Void = { _ in }
  ) {
    self.checkAccess = checkAccess
    self.job = job
    self.jobText = jobText
    self.name = name
    self.workFolder = workFolder
    self.resolveFrame = resolveFrame
    self.resolveModel = resolveModel
    self.resolveExport = resolveExport
    self.threads = threads
    self.maximumTableBytes = maximumTableBytes
    self.followsLinks = followsLinks
  }

  /// How the job's tables are read.
  var readOptions: ReadOptions {
    var options = ReadOptions(job)
    options.maximumBytes = maximumTableBytes
    options.followsLinks = followsLinks
    options.threads = threads
    return options
  }

  package var resultFolder: String { "\(workFolder)/result" }
}

/// How a job ended that did not fail.
package enum JobOutcome: Sendable {
  /// The result lies in ``JobRequest/resultFolder``, complete and synced.
  case finished(JobEvent.FinishSummary)
  /// A checkpoint was left; the job goes on another time.
  case suspended
  case cancelled
}
