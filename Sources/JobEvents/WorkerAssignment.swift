/// A job to run, with everything that its process must know; the rights of the submitter travel as values.
package struct WorkerAssignment: Sendable, Equatable, Codable {
  /// The identifier of the job; its folder lies in the spool's folder of running jobs.
  package var job: String
  /// The spool's root folder.
  package var spool: String
  package var dataDirectories: [String]
  package var exportDirectories: [String]
  /// Who may read results, as in the daemon's configuration.
  package var resultsGroup: String
  package var submitter: Submitter
  package var threads: Int
  /// Tables with more bytes, unpacked, are refused.
  package var maximumTableBytes: Int
  /// The operating system refuses more memory than this.
  package var memoryLimitBytes: Int
  /// The process tells that the job goes on this often, if it does.
  package var progressSeconds: Double

  /// The user who owns the job file.
  package struct Submitter: Sendable, Equatable, Codable {
    package var userID: UInt32
    package var groupIDs: [UInt32]
    /// Whether files are opened only if the submitter may read them too.
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
