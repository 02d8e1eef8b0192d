/// A job to run and everything that its worker needs.
package struct WorkerAssignment: Sendable, Equatable, Codable {
  /// The identifier of a job in the spool, or the name of one that runs in the foreground.
  package var job: String
  package var place: Place
  package var threads: Int
  /// The maximum size of an uncompressed table.
  package var maximumTableBytes: Int
  /// The memory limit that the operating system enforces; nil for none.
  package var memoryLimitBytes: Int?
  /// The interval at which the worker reports progress, if there is any.
  package var progressSeconds: Double

  /// The folder of a job, and the meaning of the names in its job file.
  package enum Place: Sendable, Equatable, Codable {
    /// In the `running` folder of a daemon's spool.
    case spool(Spool)
    /// In a folder of the user who runs the job in the foreground.
    case folder(Folder)
  }

  /// The spool of a daemon; the submitter's rights are passed as values.
  package struct Spool: Sendable, Equatable, Codable {
    /// The root folder.
    package var root: String
    package var dataDirectories: [String]
    package var exportDirectories: [String]
    /// The group that may read results, as in the daemon's configuration.
    package var resultsGroup: String
    package var submitter: Submitter

    package init(
      root: String, dataDirectories: [String], exportDirectories: [String], resultsGroup: String, submitter: Submitter
    ) {
      self.root = root
      self.dataDirectories = dataDirectories
      self.exportDirectories = exportDirectories
      self.resultsGroup = resultsGroup
      self.submitter = submitter
    }
  }

  /// A folder with the job file, in which the worker leaves checkpoint and result.
  package struct Folder: Sendable, Equatable, Codable {
    /// The absolute path of the folder.
    package var path: String
    /// The absolute path of the folder that relative names in the job file start from.
    package var names: String
    /// The name of the job file in messages.
    package var title: String
    /// The name of the job file in its folder; nil for standard input.
    package var fileName: String?

    package init(path: String, names: String, title: String, fileName: String?) {
      self.path = path
      self.names = names
      self.title = title
      self.fileName = fileName
    }
  }

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
    job: String, place: Place, threads: Int, maximumTableBytes: Int, memoryLimitBytes: Int?, progressSeconds: Double
  ) {
    self.job = job
    self.place = place
    self.threads = threads
    self.maximumTableBytes = maximumTableBytes
    self.memoryLimitBytes = memoryLimitBytes
    self.progressSeconds = progressSeconds
  }
}
