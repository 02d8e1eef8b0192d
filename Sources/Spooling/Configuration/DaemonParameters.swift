internal import Documents
internal import JobFiles

/// The keys of the daemon's configuration, one row each, in the same form as the keys of job files.
struct DaemonParameters: Sendable {
  static let shared = DaemonParameters()

  /// The key for each name that other programs give it, in lower case.
  static let otherNames = Dictionary(
    uniqueKeysWithValues: DaemonSetting.all.flatMap { setting in
      setting.row.otherNames.map { ($0, setting.row.key) }
    })

  let spool = Parameter<String>(
    "spool", default: "/var/spool/deepspool", .absolutePath, group: .daemon,
    otherNames: ["spool_dir", "spool_directory", "spool_folder", "directory", "root"],
    "The root folder of the spool.")
  let dataDirectories = Parameter<[String]>(
    "data_directories", default: ["/var/lib/deepspool/data"], .each(.absolutePath), group: .daemon,
    otherNames: ["data", "data_dir", "data_dirs", "data_directory", "data_folder", "data_folders"],
    "Folders from which the daemon may open tables.")
  let exportDirectories = Parameter<[String]>(
    "export_directories", default: [], .each(.absolutePath), group: .daemon,
    "Folders into which jobs may export finished models; none by default.")
  let maximumConcurrentJobs = Parameter<Int>(
    "max_concurrent_jobs", default: 1, .between(1, and: DaemonConfiguration.maximumCount), group: .daemon,
    otherNames: ["max_jobs", "max_running_jobs", "max_parallel_jobs", "jobs", "concurrency", "slots"],
    "The maximum number of running jobs.")
  let threadsPerJob = Parameter<Int>(
    "threads_per_job", default: 2, .between(1, and: DaemonConfiguration.maximumCount), group: .daemon,
    otherNames: ["threads", "nthreads", "n_jobs", "num_threads", "cpus", "cores"],
    "The number of threads per job.")
  let mpiLauncher = Parameter<String>(
    "mpi_launcher", default: "mpirun", group: .daemon,
    "The launcher that starts the processes of jobs with nodes, with its options: mpirun or srun.")
  let maximumTableBytes = Parameter<Int>(
    "max_table_bytes", default: 8 << 30, .bytes(atLeast: 1), group: .daemon,
    "The maximum size of an uncompressed table, because tables are read into memory.")
  let maximumMemoryBytes = Parameter<Int?>(
    "max_memory_bytes", default: nil, .given(.bytes(atLeast: 1)), group: .daemon,
    otherNames: ["max_memory", "memory", "memory_limit", "mem", "max_mem"],
    "The limit for the estimated memory of all running jobs; by default a share of the machine's memory.")
  let minimumFreeBytes = Parameter<Int?>(
    "min_free_bytes", default: nil, .given(.bytes(atLeast: 0)), group: .daemon,
    "The free space below which no file is taken; by default a tenth of the disk, at most 64 MiB.")
  let foreignNamesSeconds = Parameter<Double>(
    "foreign_names_seconds", default: 60, .secondsUpToADay, group: .daemon,
    "The seconds after which a file in incoming that is empty or whose name does not end in .yaml, .yml or .json is "
      + "rejected.")
  let groups = Parameter<GroupLimits>(
    "groups", default: GroupLimits(counts: [:]), group: .daemon, "The maximum number of running jobs per group.")
  let maximumRuntimeSeconds = Parameter<Double?>(
    "max_job_runtime_secs", default: nil, .given(.runtime), group: .daemon,
    "The running time in seconds after which a job finishes with its best model so far.")
  let maximumQueuedJobs = Parameter<Int?>(
    "max_queued_jobs_per_submitter", default: nil, .given(.count), group: .daemon,
    "The maximum number of queued and held jobs of one submitter.")
  let maximumResultBytes = Parameter<Int?>(
    "max_result_bytes_per_submitter", default: nil, .given(.bytes(atLeast: 1)), group: .daemon,
    "The size of a submitter's results from which their jobs are rejected.")
  let keepResultsDays = Parameter<Double?>(
    "keep_results_days", default: nil, .given(.days), group: .daemon, "The age in days at which results are removed.")
  let keepHistoryDays = Parameter<Double?>(
    "keep_history_days", default: nil, .given(.days), group: .daemon,
    "The age in days at which ended jobs and rejected files are removed.")
  let submitterMustRead = Parameter<Bool>(
    "submitter_must_read", default: true, group: .daemon,
    "Whether the submitter of a job must have read permission for its tables.")
  let rootCountsAs = Parameter<Submitter.RootIdentity>(
    "root_counts_as", default: .service, group: .daemon,
    "The user as whom jobs in files of root run: the user of the service, or root, who may read every file that the "
      + "service can open.")
  let operators = Parameter<String?>(
    "operators", default: nil, group: .daemon,
    "The group of users who may give orders for the jobs of all users; by default only root and the service may.")
  let resultsGroup = Parameter<ResultsGroup>(
    "results_group", default: .service, group: .daemon, "The group that may read results.")
  let stopGraceSeconds = Parameter<Double>(
    "stop_grace_seconds", default: 60, .secondsOfADay, group: .daemon,
    "The seconds that running jobs get to write a checkpoint when the daemon stops.")
  let workerPatienceSeconds = Parameter<Double>(
    "worker_patience_seconds", default: 300, .secondsOfADay, group: .daemon,
    "The seconds without progress after which the daemon ends a worker process.")
  let hooksDirectory = Parameter<String>(
    "hooks_directory", default: "/etc/deepspool/hooks.d", .absolutePath, group: .daemon,
    "The folder of the executables that deepspool-notify runs when a job ends.")
  let hookSeconds = Parameter<Double>(
    "hook_seconds", default: 60, .secondsOfADay, group: .daemon, "The seconds after which a hook is killed.")
  let mailSubmitters = Parameter<MailOccasion>(
    "mail_submitters", default: .never, group: .daemon,
    "The ended jobs about which deepspool-notify sends mail to their submitter.")
  let mailFailuresTo = Parameter<String?>(
    "mail_failures_to", default: nil, .given(.mailAddress), group: .daemon,
    "The address that gets mail about each job that failed or was rejected; by default none.")
}

extension ValueRule<String> {
  /// Relative paths are invalid because the daemon has no meaningful working directory.
  fileprivate static var absolutePath: ValueRule { ValueRule("an absolute path") { $0.hasPrefix("/") } }

  fileprivate static var mailAddress: ValueRule {
    ValueRule("one mail address or local user, without a name") { MailOccasion.isAddress($0) }
  }
}

extension ValueRule<Int> {
  fileprivate static func bytes(atLeast least: Int) -> ValueRule {
    ValueRule("a number of bytes of at least \(least)") { $0 >= least }
  }

  fileprivate static var count: ValueRule {
    ValueRule("a number of jobs of at least 1; leave it out for no limit") { $0 >= 1 }
  }
}

extension ValueRule<Double> {
  private static let secondsPerDay = 86_400.0

  fileprivate static var secondsOfADay: ValueRule {
    ValueRule("a number of seconds above 0, at most a day") { $0 > 0 && $0 <= secondsPerDay }
  }

  fileprivate static var runtime: ValueRule {
    ValueRule("a number of seconds above 0; leave it out for no limit") { $0 > 0 && $0.isFinite }
  }

  fileprivate static var secondsUpToADay: ValueRule {
    ValueRule("a number of seconds, at most a day") { $0 >= 0 && $0 <= secondsPerDay }
  }

  fileprivate static var days: ValueRule {
    ValueRule("a number of days above 0; leave it out to keep everything") { $0 > 0 && $0.isFinite }
  }
}

extension MailOccasion: ParameterChoice {}
extension ResultsGroup: ParameterChoice {}
extension Submitter.RootIdentity: ParameterChoice {}
