internal import Documents
package import DurableFiles
package import JobFiles
internal import Wording

/// The file operations of the spool; each is a named step in the life of a job.
///
/// Stateless: the folders are the state.
package struct SpoolDirectory: Sendable {
  /// The extensions of job files.
  package static let jobFileExtensions = ["yaml", "yml", "json"]

  static let foreignNameReason =
    "job files end in .yaml, .yml or .json; put data into one of the daemon's data directories"

  package let layout: SpoolLayout
  package let fileSystem: FileSystem

  package init(_ layout: SpoolLayout, fileSystem: FileSystem) {
    self.layout = layout
    self.fileSystem = fileSystem
  }

  /// Creates missing folders.
  package func create() throws(FileSystemError) {
    try fileSystem.makeFolder(layout.root)
    for folder in layout.folders {
      guard !fileSystem.exists(folder.path) else { continue }
      try fileSystem.makeFolder(folder.path)
      try fileSystem.setMode(folder.path, folder.mode & ~SpoolLayout.setGroupID)
      // The shipped unit forbids the bit; there, tmpfiles creates the folder before the daemon starts.
      if folder.mode & SpoolLayout.setGroupID != 0 { try? fileSystem.setMode(folder.path, folder.mode) }
    }
    try fileSystem.syncFolder(layout.root)
  }

  /// Returns whether `incoming` or an order folder holds a name that means something; unreadable folders count as
  /// empty.
  package func hasNames() -> Bool {
    ((try? fileSystem.list(layout.incoming))?.contains { IncomingName($0) != .temporary } ?? false) || hasOrders()
  }

  /// Returns whether an order folder holds a visible name.
  func hasOrders() -> Bool {
    SpoolOrder.allCases.map(layout.orders).contains { folder in
      (try? fileSystem.list(folder))?.contains { !$0.hasPrefix(".") } ?? false
    }
  }

  /// Reads the job file of an accepted job.
  package func readJob(_ id: JobIdentifier, in state: JobState) throws(InspectionFailure) -> JobFile {
    try Self.parse(jobText(id, in: state), name: id.fileName)
  }

  /// Reads the bytes of an accepted job's file.
  package func jobText(_ id: JobIdentifier, in state: JobState) throws(InspectionFailure) -> [UInt8] {
    let path = "\(layout.folder(id, in: state))/\(JobFolderLayout.jobFile)"
    return try text(open(path))
  }

  /// Reads a rejection; nil if its file is gone or unreadable.
  ///
  /// `stem`: The name of the file, without extension.
  package func rejection(_ stem: String) -> Rejection? {
    (try? OpenedFile("\(layout.rejected)/\(stem).why").read(first: Rejection.headBytes)).flatMap(Rejection.init(head:))
  }

  /// Counts a death of the worker process in a file of the job's folder; a new checkpoint resets the count.
  ///
  /// - Returns: The number of deaths since the last checkpoint.
  func countDeath(_ id: JobIdentifier, in file: String) throws(FileSystemError) -> Int {
    let folder = layout.folder(id, in: .running)
    let progress = (try? fileSystem.status("\(folder)/\(JobFolderLayout.checkpointFolder)"))?.modifiedSeconds ?? 0
    let known =
      (try? fileSystem.read("\(folder)/\(file)", limit: 100))
      .map { String(decoding: $0, as: UTF8.self).split(separator: " ") } ?? []
    let isSame = known.count == 2 && Double(known[1]) == progress
    let count = (isSame ? Int(known[0]) ?? 0 : 0) + 1
    try fileSystem.write("\(count) \(progress)".utf8, to: "\(folder)/\(file)")
    return count
  }

  /// Returns whether a running job, or one of its models, has written a checkpoint.
  func hasCheckpoint(_ id: JobIdentifier) -> Bool {
    [JobFolderLayout.checkpointFile, JobFolderLayout.partFile].contains {
      fileSystem.exists("\(layout.folder(id, in: .running))/\($0)")
    }
  }

  /// Counts a postponement: the machine could not run the job.
  func countDelay(_ id: JobIdentifier) throws(FileSystemError) -> Int {
    let path = "\(layout.folder(id, in: .running))/\(JobFolderLayout.delayFile)"
    let known = (try? fileSystem.read(path, limit: 100)).flatMap { Int(String(decoding: $0, as: UTF8.self)) } ?? 0
    try fileSystem.write(String(known + 1).utf8, to: path)
    return known + 1
  }

  /// Removes the reason and counters of earlier attempts; the checkpoint stays.
  ///
  /// `inputs`: The current description of the data files, for `inputs.json`.
  func forgetAttempts(_ id: JobIdentifier, in state: JobState, inputs: [UInt8]?) throws(FileSystemError) {
    if let inputs {
      try fileSystem.write(inputs, to: "\(layout.folder(id, in: state))/\(JobFolderLayout.inputsFile)")
    }
    for name in [
      JobFolderLayout.reasonFile, JobFolderLayout.crashFile, JobFolderLayout.killFile, JobFolderLayout.delayFile,
      JobFolderLayout.runTimeFile,
    ] {
      try fileSystem.remove("\(layout.folder(id, in: state))/\(name)")
    }
  }

  /// Moves a job to the state that follows `event`.
  func transition(_ id: JobIdentifier, from state: JobState, _ event: JobState.Event) throws(FileSystemError) {
    guard let next = try? state.applying(event) else {
      preconditionFailure("job \(id): event \(event.rawValue) is invalid in state \(state.rawValue)")
    }
    // The daemon may have died between writing the reason of an ending and ending the job.
    let reason = "\(layout.folder(id, in: state))/\(JobFolderLayout.reasonFile)"
    if event == .start, fileSystem.exists(reason) { try fileSystem.remove(reason) }
    try fileSystem.move(layout.folder(id, in: state), to: layout.folder(id, in: next))
  }

  /// Makes a complete result visible.
  func publish(_ id: JobIdentifier) throws(FileSystemError) {
    let built = "\(layout.folder(id, in: .running))/\(JobFolderLayout.resultFolder)"
    guard fileSystem.exists(built) else { return }
    // A result may outlive its job's folder, and names mean jobs of their submitter only.
    let submitter = "\(layout.folder(id, in: .running))/\(JobFolderLayout.submitterFile)"
    if let bytes = try? fileSystem.read(submitter, limit: DocumentReader.maximumBytes) {
      try fileSystem.write(bytes, to: "\(built)/\(JobFolderLayout.submitterFile)")
    }
    try fileSystem.move(built, to: layout.result(id))
  }

  /// Removes what the training of a finished job continued from.
  func removeTrainingState(_ id: JobIdentifier) throws(FileSystemError) {
    let folder = layout.folder(id, in: .finished)
    for name in try fileSystem.list(folder) where JobFolderLayout.isTrainingState(name) {
      try fileSystem.removeTree("\(folder)/\(name)")
    }
  }

  /// Writes a reason into the job's folder.
  func explain(_ id: JobIdentifier, in state: JobState, reason: String) throws(FileSystemError) {
    try fileSystem.write(
      (reason.escapingControls + "\n").utf8, to: "\(layout.folder(id, in: state))/\(JobFolderLayout.reasonFile)")
  }
}
