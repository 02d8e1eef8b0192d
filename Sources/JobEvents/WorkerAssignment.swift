/// A job to run and everything that its worker needs; the submitter's rights are passed as values.
package struct WorkerAssignment: Sendable, Equatable, Codable {
  /// The identifier of the job, whose folder is in the spool's `running` folder.
  package var job: String
  /// The root folder of the spool.
  package var spool: String
  package var dataDirectories: [String]
  package var exportDirectories: [String]
  /// The group that may read results, as in the daemon's configuration.
  package var resultsGroup: String
  package var submitter: Submitter
  package var threads: Int
  /// The maximum size of an uncompressed table.
  package var maximumTableBytes: Int
  /// The memory limit that the operating system enforces.
  package var memoryLimitBytes: Int
  /// The interval at which the worker reports progress, if there is any.
  package var progressSeconds: Double

  /// The user who owns the job file.
  package struct Submitter: Sendable, Equatable, Codable {
    package var userID: UInt32
    package var groupIDs: [UInt32]
    /// Whether the submitter must have read permission for each file.
    package var mustRead: Bool

    package init(userID: UInt32, groupIDs: [UInt32], mustRead: Bool) {
      self.userID = userID
      self.groupIDs = groupIDs
      self.mustRead = mustRead
    }
  }

  package init(
    job: String, spool: String, dataDirectories: [String], exportDirectories: [String], resultsGroup: String,
    submitter: Submitter, threads: Int, maximumTableBytes: Int, memoryLimitBytes: Int, progressSeconds: Double
  ) {
    self.job = job
    self.spool = spool
    self.dataDirectories = dataDirectories
    self.exportDirectories = exportDirectories
    self.resultsGroup = resultsGroup
    self.submitter = submitter
    self.threads = threads
    self.maximumTableBytes = maximumTableBytes
    self.memoryLimitBytes = memoryLimitBytes
    self.progressSeconds = progressSeconds
  }
}
