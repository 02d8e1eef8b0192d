package import DurableFiles

/// The limits for running jobs, free space and files that are no jobs, and the users who control all jobs.
package struct QueueLimits: Sendable, Equatable {
  package var maximumRunning: Int
  /// The maximum number of running jobs per group.
  package var groups: [String: Int]
  /// The limit for the estimated memory of all running jobs.
  package var memoryBytes: Int
  /// The free space below which no file is taken from `incoming`; nil for a tenth of the disk, at
  /// most 64 MiB.
  package var minimumFreeBytes: Int?
  /// The maximum number of queued and held jobs of one submitter; nil for no limit.
  package var maximumQueuedPerSubmitter: Int?
  /// The running time after which a job finishes with its best model so far; nil for no limit.
  package var maximumRuntimeSeconds: Double?
  /// The time for which a file without the name of a job file is left alone.
  package var foreignNameSeconds: Double
  /// The group of users who may give orders for the jobs of all users; nil for none.
  package var operators: String?
  /// The folders from which jobs may open tables, for the check of a job before it is submitted.
  package var dataDirectories: [String]
  /// The number of threads of a job, for the same check.
  package var threadsPerJob: Int

  package init(
    maximumRunning: Int, groups: [String: Int] = [:], memoryBytes: Int = .max, minimumFreeBytes: Int? = 0,
    maximumQueuedPerSubmitter: Int? = nil, maximumRuntimeSeconds: Double? = nil, foreignNameSeconds: Double = 60,
    operators: String? = nil, dataDirectories: [String] = [], threadsPerJob: Int = 1
  ) {
    self.maximumRuntimeSeconds = maximumRuntimeSeconds
    self.threadsPerJob = threadsPerJob
    self.dataDirectories = dataDirectories
    self.operators = operators
    self.maximumRunning = maximumRunning
    self.groups = groups
    self.memoryBytes = memoryBytes
    self.minimumFreeBytes = minimumFreeBytes
    self.maximumQueuedPerSubmitter = maximumQueuedPerSubmitter
    self.foreignNameSeconds = foreignNameSeconds
  }

  /// Returns the reason for which jobs of a group do not start at all; nil if they may.
  ///
  /// A group without a limit is not unlimited: its jobs wait until the configuration names it again.
  package func obstacle(ofGroup group: String) -> String? {
    guard !group.isEmpty, groups[group] == nil else { return nil }
    return "waits for group '\(group)', which is no longer in the daemon's configuration (key 'groups')"
  }

  private static let usualFreeBytes = 64 << 20

  /// Returns the number of bytes that must stay free on a disk.
  package func minimumFreeBytes(of space: FileSystem.Space) -> Int {
    minimumFreeBytes ?? min(Self.usualFreeBytes, space.totalBytes / 10)
  }
}
