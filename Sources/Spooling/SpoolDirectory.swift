internal import Documents
package import DurableFiles
package import JobFiles

/// The file operations of the spool; each is a named step in the life of a job.
///
/// Stateless: the folders are the state.
package struct SpoolDirectory: Sendable {
  /// The extensions of job files.
  package static let jobFileExtensions = ["yaml", "yml", "json"]

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
      try fileSystem.setMode(folder.path, folder.mode)
    }
    try fileSystem.syncFolder(layout.root)
  }

  /// Returns whether `incoming` or an order folder holds a visible name; unreadable folders count as empty.
  package func hasNames() -> Bool {
    ([layout.incoming] + SpoolOrder.allCases.map(layout.orders)).contains { folder in
      (try? fileSystem.list(folder))?.contains { !$0.hasPrefix(".") } ?? false
    }
  }

  /// Moves a dropped file into a claim, where users cannot reach it.
  ///
  /// Returns false if the file is gone.
  func claim(_ name: String, as id: JobIdentifier) throws(FileSystemError) -> Bool {
    let claim = layout.claim(id)
    try fileSystem.makeFolder(claim)
    do throws(FileSystemError) {
      try fileSystem.rename("\(layout.incoming)/\(name)", to: "\(claim)/\(JobFolderLayout.jobFile)")
      return true
    } catch {
      try? fileSystem.removeTree(claim)
      guard error.isNotFound else { throw error }
      return false
    }
  }

  /// Reads and validates the job file of a claim, which was dropped under `name`.
  package func readClaim(_ id: JobIdentifier, name: String) throws(InspectionFailure) -> JobFile {
    let path = "\(layout.claim(id))/\(JobFolderLayout.jobFile)"
    // Folders, links and pipes have a reason of their own, whatever their name.
    let isFile = (try? fileSystem.status(path))?.kind == .file
    guard !isFile || Self.jobFileExtensions.contains(Paths.fileExtension(of: name)) else {
      throw .unfit(
        reason: "job files end in .yaml, .yml or .json; put data into one of the daemon's data directories")
    }
    return try read(path, name: name)
  }

  /// Reads the job file of an accepted job.
  package func readJob(_ id: JobIdentifier, in state: JobState) throws(InspectionFailure) -> JobFile {
    try read("\(layout.folder(id, in: state))/\(JobFolderLayout.jobFile)", name: id.fileName)
  }

  /// Reads the bytes of an accepted job's file.
  package func jobText(_ id: JobIdentifier, in state: JobState) throws(InspectionFailure) -> [UInt8] {
    try text("\(layout.folder(id, in: state))/\(JobFolderLayout.jobFile)")
  }

  private func read(_ path: String, name: String) throws(InspectionFailure) -> JobFile {
    let bytes = try text(path)
    do throws(DocumentError) {
      return try JobFileReader.read(bytes, file: name)
    } catch {
      throw .unfit(reason: error.description)
    }
  }

  private func text(_ path: String) throws(InspectionFailure) -> [UInt8] {
    if let status = try? fileSystem.status(path), let problem = Self.problem(status) { throw .unfit(reason: problem) }
    do throws(FileSystemError) {
      return try fileSystem.read(path, limit: DocumentReader.maximumBytes)
    } catch {
      if error.isInUse { throw .inUse(reason: "the job file: \(error.reason)") }
      throw .unfit(
        reason: error.isPermission
          ? "cannot read the file: permission denied; make it readable for the daemon's group (chmod g+r)" : "\(error)")
    }
  }

  private static func problem(_ status: FileSystem.Status) -> String? {
    switch status.kind {
    case .folder: "this is a folder; drop the job file itself"
    case .link: "this is a symbolic link, which the daemon does not follow; drop a copy of the file"
    case .other: "this is a pipe, socket or device; drop a regular file"
    case .file where status.byteCount > DocumentReader.maximumBytes:
      "the file has \(status.byteCount) bytes; the limit for a job file is \(DocumentReader.maximumBytes). "
        + "Put data into one of the daemon's data directories and name it in training_frame"
    case .file: nil
    }
  }

  /// Makes a claimed job durable and visible; the job survives power loss from here on.
  ///
  /// `inputs`: Content of `inputs.json`, which describes the data files of the job.
  func accept(_ id: JobIdentifier, inputs: [UInt8]?) throws(FileSystemError) {
    let claim = layout.claim(id)
    if let inputs { try fileSystem.write(inputs, to: "\(claim)/\(JobFolderLayout.inputsFile)", syncsFolder: false) }
    // The job file was read before, so it can be opened for fsync.
    try fileSystem.syncFile("\(claim)/\(JobFolderLayout.jobFile)")
    try fileSystem.syncFolder(claim)
    try fileSystem.move(claim, to: layout.folder(id, in: .queued))
    try fileSystem.syncFolder(layout.incoming)
  }

  /// Moves a job file to `rejected`, writes the reason beside it and removes the job's folder.
  ///
  /// - Returns: The path of the file with the reason.
  func reject(
    _ id: JobIdentifier, from folder: String, name: String, reason: String
  ) throws(FileSystemError) -> String {
    let reasonPath = try explainRejection(id, name: name, reason: reason)
    let stem = Paths.stem(of: reasonPath)
    let file = "\(folder)/\(JobFolderLayout.jobFile)"
    if fileSystem.exists(file) { try fileSystem.move(file, to: rejectedFile(stem, like: name)) }
    try fileSystem.removeTree(folder)
    return reasonPath
  }

  /// Writes the reason for a rejection and returns its path.
  func explainRejection(_ id: JobIdentifier, name: String, reason: String) throws(FileSystemError) -> String {
    let safe = JobIdentifier(number: id.number, name: Paths.stem(of: name)).name
    // Command-line tools would take a name with a leading hyphen for an option.
    let plain = String(safe.drop { $0 == "-" })
    let stem = freeStem(plain.isEmpty ? "job" : plain, like: name)
    let text =
      "\(name) (number \(id.number)) was rejected:\n\n\(reason)\n\nCorrect the file and drop it into incoming again.\n"
    let path = "\(layout.rejected)/\(stem).why"
    try fileSystem.write(text.utf8, to: path)
    return path
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
    ] {
      try fileSystem.remove("\(layout.folder(id, in: state))/\(name)")
    }
  }

  private func rejectedFile(_ stem: String, like name: String) -> String {
    let ending = Paths.fileExtension(of: name)
    let isSafe = Self.jobFileExtensions.contains(ending)
    return "\(layout.rejected)/\(stem)\(isSafe ? ".\(ending)" : ".rejected")"
  }

  /// Returns `stem`, numbered if needed, so that no earlier rejection is overwritten.
  private func freeStem(_ stem: String, like name: String) -> String {
    let candidates = [stem] + (2...9999).lazy.map { "\(stem).\($0)" }
    return candidates.first {
      !fileSystem.exists("\(layout.rejected)/\($0).why") && !fileSystem.exists(rejectedFile($0, like: name))
    } ?? stem
  }

  /// Moves a job to the state that follows `event`.
  func transition(_ id: JobIdentifier, from state: JobState, _ event: JobState.Event) throws(FileSystemError) {
    guard let next = try? state.applying(event) else {
      preconditionFailure("job \(id): event \(event.rawValue) is invalid in state \(state.rawValue)")
    }
    try fileSystem.move(layout.folder(id, in: state), to: layout.folder(id, in: next))
  }

  /// Makes a complete result visible.
  func publish(_ id: JobIdentifier) throws(FileSystemError) {
    let built = "\(layout.folder(id, in: .running))/\(JobFolderLayout.resultFolder)"
    guard fileSystem.exists(built) else { return }
    try fileSystem.move(built, to: layout.result(id))
  }

  /// Writes a reason into the job's folder.
  func explain(_ id: JobIdentifier, in state: JobState, reason: String) throws(FileSystemError) {
    try fileSystem.write((reason + "\n").utf8, to: "\(layout.folder(id, in: state))/\(JobFolderLayout.reasonFile)")
  }
}
