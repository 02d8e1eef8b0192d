internal import DataFrames
internal import DurableFiles
package import JobFiles
package import Planning
internal import Reports
package import Training

/// A job to run, with its folders and limits.
package struct JobRequest: Sendable {
  package let job: JobFile
  /// The job file as written; it is copied into the result folder.
  package let jobText: [UInt8]
  /// The name of the model if the job gives none: the job's id.
  package let name: String
  /// The folder of the running job, with `checkpoint`, `events.jsonl` and the unfinished `result`.
  package let workFolder: String
  /// The files and folders that the job names.
  package let files: NamedFiles
  package let limits: Limits
  /// Returns the compatibility mode of a job and its models; measurements replace it.
  package var compatibility: @Sendable (JobFile) -> Compatibility = { Compatibility($0) }
  /// The number of ranks that the command line asks for.
  package var askedRanks = 1
  /// Where the job came from, so that its pages can say how to run it again.
  package var source = Source.file(ResultFolderLayout.jobFile)

  /// The origin of a job.
  package enum Source: Sendable, Codable {
    /// A job file of the command line, by its name.
    case file(String)
    case standardInput
    /// The spool of the daemon.
    case spool
  }

  /// The resources that a job may use.
  package struct Limits: Sendable {
    /// The number of threads for layers, copies of the network, scoring, and models that
    /// train in parallel.
    package let threads: Int
    /// The maximum size of a decompressed table in bytes.
    package let tableBytes: Int
    /// The processes that train copies of the network with this one, which is rank 0.
    package let ranks: RankGroup

    package init(threads: Int, tableBytes: Int = .max, ranks: RankGroup = .alone) {
      self.threads = threads
      self.tableBytes = tableBytes
      self.ranks = ranks
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

  /// The options for reading the job's tables.
  var readOptions: ReadOptions {
    var options = ReadOptions(job)
    options.rules = compatibility(job).tables
    options.maximumBytes = limits.tableBytes
    options.opener = files.tableOpener
    options.threads = limits.threads
    if job.keepsRowsApart(ranks: ranks.count) { options.scratch = ScratchFolder(workFolder) }
    return options
  }

  /// The processes that train the job with this one: with `single_node_mode` none, whoever waits.
  var ranks: RankGroup { job.singleNodeMode ? .alone : limits.ranks }

  /// Says that `single_node_mode` keeps ranks from training; nil if the job has one rank anyway.
  var singleNodeNote: String? {
    let asked = max(askedRanks, limits.ranks.count, job.nodes * job.ranksPerNode)
    guard job.singleNodeMode, asked > 1 else { return nil }
    return "single_node_mode: one process trains the job, not \(asked) ranks"
  }

  /// How to run the job again.
  var repetition: Repetition {
    switch source {
    case .file(let name): .file(name)
    case .standardInput: .standardInput(jobFile: ResultFolderLayout.jobFile)
    case .spool: .service(job: name)
    }
  }

  package var resultFolder: String { "\(workFolder)/\(JobFolderLayout.resultFolder)" }
}
