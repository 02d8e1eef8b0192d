internal import Documents
internal import JobFiles

/// The keys of the daemon's configuration, one row each, by the same mechanism as those of job files.
struct DaemonParameters: Sendable {
  static let shared = DaemonParameters()

  let spool = Parameter<String>(
    "spool", default: "/var/spool/deepspool", .absolutePath, group: .daemon, "The spool's root folder.")
  let dataDirectories = Parameter<[String]>(
    "data_directories", default: ["/var/lib/deepspool/data"], .each(.absolutePath), group: .daemon,
    "Folders in which tables may be opened.")
  let exportDirectories = Parameter<[String]>(
    "export_directories", default: [], .each(.absolutePath), group: .daemon,
    "Folders beneath which finished models may be exported; none by default.")
  let maximumConcurrentJobs = Parameter<Int>(
    "max_concurrent_jobs", default: 1, .between(1, and: DaemonConfiguration.maximumCount), group: .daemon,
    "Jobs that run at once.")
  let threadsPerJob = Parameter<Int>(
    "threads_per_job", default: 2, .between(1, and: DaemonConfiguration.maximumCount), group: .daemon,
    "Threads that train and score a model.")
  let maximumTableBytes = Parameter<Int>(
    "max_table_bytes", default: 8 << 30, .bytes(atLeast: 1), group: .daemon,
    "Tables with more bytes, unpacked, are refused: they are read into memory.")
  let maximumMemoryBytes = Parameter<Int?>(
    "max_memory_bytes", default: nil, .given(.bytes(atLeast: 1)), group: .daemon,
    "What the jobs that run may need together, as estimated; by default a share of what the machine has.")
  let minimumFreeBytes = Parameter<Int?>(
    "min_free_bytes", default: nil, .given(.bytes(atLeast: 0)), group: .daemon,
    "Free bytes that stay on the spool's disk; by default a tenth, at most 64 MiB.")
  let groups = Parameter<GroupLimits>(
    "groups", default: GroupLimits(counts: [:]), group: .daemon, "Jobs of a group that run at once.")
  let keepResultsDays = Parameter<Double?>(
    "keep_results_days", default: nil, .given(.days), group: .daemon, "Days after which results are removed.")
  let keepHistoryDays = Parameter<Double?>(
    "keep_history_days", default: nil, .given(.days), group: .daemon,
    "Days after which jobs that are over, and rejected files, are removed.")
  let submitterMustRead = Parameter<Bool>(
    "submitter_must_read", default: true, group: .daemon,
    "Whether a table is opened only if the owner of the job file may read it too.")
  let resultsGroup = Parameter<ResultsGroup>(
    "results_group", default: .service, group: .daemon, "Whose group may read results.")
  let stopGraceSeconds = Parameter<Double>(
    "stop_grace_seconds", default: 60, .secondsOfADay, group: .daemon,
    "Seconds that running jobs get to leave a checkpoint when the daemon ends.")
  let workerPatienceSeconds = Parameter<Double>(
    "worker_patience_seconds", default: 300, .secondsOfADay, group: .daemon,
    "Seconds without progress after which the process of a job is ended.")
}

extension ValueRule<String> {
  /// A path that begins at the root: the daemon has no folder of its own to begin at.
  fileprivate static var absolutePath: ValueRule { ValueRule("an absolute path") { $0.hasPrefix("/") } }
}

extension ValueRule<Int> {
  fileprivate static func bytes(atLeast least: Int) -> ValueRule {
    ValueRule("a number of bytes of at least \(least)") { $0 >= least }
  }
}

extension ValueRule<Double> {
  private static let secondsPerDay = 86_400.0

  fileprivate static var secondsOfADay: ValueRule {
    ValueRule("a number of seconds above 0, at most a day") { $0 > 0 && $0 <= secondsPerDay }
  }

  fileprivate static var days: ValueRule {
    ValueRule("a number of days above 0; leave it out to keep everything") { $0 > 0 && $0.isFinite }
  }
}

extension ResultsGroup: ParameterChoice {}
