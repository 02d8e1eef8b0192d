internal import JobFiles

/// The validated settings of the daemon, merged from defaults, configuration file, environment and flags.
package struct DaemonConfiguration: Sendable, Equatable {
  /// The path of the configuration file unless `--config` names another.
  package static let defaultPath = "/etc/deepspool/deepspoold.yaml"
  /// The upper limit for numbers of threads and jobs; a larger number is treated as a typing error.
  package static let maximumCount = 1024
  private static let parameters = DaemonParameters.shared

  /// The root folder of the spool.
  package var spool = parameters.spool.defaultValue
  /// Folders from which the daemon may open tables.
  package var dataDirectories = parameters.dataDirectories.defaultValue
  /// Folders into which jobs may export finished models; none by default.
  package var exportDirectories: [String] = []
  package var maximumConcurrentJobs = parameters.maximumConcurrentJobs.defaultValue
  package var threadsPerJob = parameters.threadsPerJob.defaultValue
  /// The launcher that starts the processes of jobs with nodes, with its options, separated by blanks.
  package var mpiLauncher = parameters.mpiLauncher.defaultValue
  /// The maximum size of an uncompressed table, because tables are read into memory.
  package var maximumTableBytes = parameters.maximumTableBytes.defaultValue
  /// The limit for the estimated memory of all running jobs; nil for a share of the machine's memory.
  package var maximumMemoryBytes: Int?
  /// The free space below which no file is taken from `incoming`; nil for a tenth of the disk, at
  /// most 64 MiB.
  package var minimumFreeBytes: Int?
  /// The seconds for which a file in `incoming` without the name of a job file is left alone.
  package var foreignNamesSeconds = parameters.foreignNamesSeconds.defaultValue
  /// The maximum number of running jobs per group.
  package var groups: [String: Int] { groupLimits.counts }
  var groupLimits = parameters.groups.defaultValue
  /// The running time in seconds after which a job finishes with its best model so far; nil for no limit.
  package var maximumRuntimeSeconds: Double?
  /// The maximum number of queued and held jobs of one submitter; nil for no limit.
  package var maximumQueuedJobs: Int?
  /// The size of a submitter's results from which their jobs are rejected; nil for no limit.
  package var maximumResultBytes: Int?
  /// The age in days at which results are removed; nil for never.
  package var keepResultsDays: Double?
  /// The age in days at which ended jobs and rejected files are removed; nil for never.
  package var keepHistoryDays: Double?
  /// Whether the submitter of a job must have read permission for its tables.
  package var submitterMustRead = parameters.submitterMustRead.defaultValue
  /// The user as whom jobs in files of root run.
  package var rootCountsAs = parameters.rootCountsAs.defaultValue
  /// The group of users who may give orders for the jobs of all users; nil for none.
  package var operators: String?
  package var resultsGroup = parameters.resultsGroup.defaultValue
  /// The seconds that running jobs get to write a checkpoint when the daemon stops.
  package var stopGraceSeconds = parameters.stopGraceSeconds.defaultValue
  /// The seconds without progress after which the daemon ends a worker process.
  package var workerPatienceSeconds = parameters.workerPatienceSeconds.defaultValue
  /// The folder of the executables that run when a job ends.
  package var hooksDirectory = parameters.hooksDirectory.defaultValue
  /// The seconds after which a hook is killed.
  package var hookSeconds = parameters.hookSeconds.defaultValue
  /// The ended jobs about which submitters get mail.
  package var mailSubmitters = parameters.mailSubmitters.defaultValue
  /// The address that gets mail about each job that failed or was rejected; nil for none.
  package var mailFailuresTo: String?

  package init() {}

  /// Returns the settings in effect after a reload, and whether some changes require a restart.
  ///
  /// The spool is opened at startup, so another one takes effect only after a restart.
  package func reloaded(_ new: DaemonConfiguration) -> (DaemonConfiguration, hasFrozenChanges: Bool) {
    var next = new
    for setting in DaemonSetting.all where setting.isFrozen { setting.keep(self, in: &next) }
    return (next, next != new)
  }

  /// Returns the limits of the queue.
  ///
  /// `memoryBytes`: The memory for jobs unless `max_memory_bytes` is set.
  package func limits(memoryBytes: Int) -> QueueLimits {
    QueueLimits(
      maximumRunning: maximumConcurrentJobs, groups: groups, memoryBytes: maximumMemoryBytes ?? memoryBytes,
      minimumFreeBytes: minimumFreeBytes, maximumQueuedPerSubmitter: maximumQueuedJobs,
      maximumRuntimeSeconds: maximumRuntimeSeconds,
      foreignNameSeconds: foreignNamesSeconds, operators: operators, dataDirectories: dataDirectories,
      threadsPerJob: threadsPerJob)
  }

  /// The time for which results and history are kept.
  package var retention: Retention {
    let secondsPerDay = 86_400.0
    return Retention(
      resultsSeconds: keepResultsDays.map { $0 * secondsPerDay },
      historySeconds: keepHistoryDays.map { $0 * secondsPerDay })
  }
}
