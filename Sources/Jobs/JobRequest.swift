internal import DataFrames
internal import DurableFiles
package import JobFiles
package import Planning

/// A job that is to be run, and where.
package struct JobRequest: Sendable {
  package let job: JobFile
  /// The file as it was written; goes into the result folder.
  package let jobText: [UInt8]
  /// Name of the model where the job gives none: the job's id.
  package let name: String
  /// Folder of the running job: `checkpoint` and `events.jsonl` live here, the result is built in `result`.
  package let workFolder: String
  /// Where the things are that the job names.
  package let files: NamedFiles
  package let limits: Limits
  /// The mode of a job and of the models that it makes, in the words of each module; measurements change it.
  package var compatibility: @Sendable (JobFile) -> Compatibility = { Compatibility($0) }

  /// What a job may use.
  package struct Limits: Sendable {
    /// For layers, copies of the network, scoring, and models that are trained side by side.
    package let threads: Int
    /// Tables with more bytes, unpacked, are refused.
    package let tableBytes: Int

    package init(threads: Int, tableBytes: Int = .max) {
      self.threads = threads
      self.tableBytes = tableBytes
    }
  }

  package init(
    job: JobFile, jobText: [UInt8], name: String, workFolder: String, files: NamedFiles, limits: Limits
  ) {
    self.job = job
    self.jobText = jobText
    self.name = name
    self.workFolder = workFolder
    self.files = files
    self.limits = limits
  }

  /// How the job's tables are read.
  var readOptions: ReadOptions {
    var options = ReadOptions(job)
    options.rules = compatibility(job).tables
    options.maximumBytes = limits.tableBytes
    options.followsLinks = files.followsLinks
    options.threads = limits.threads
    return options
  }

  package var resultFolder: String { "\(workFolder)/\(JobFolderLayout.resultFolder)" }
}
