internal import Documents
internal import DurableFiles
package import JobFiles

/// The acceptance of dropped files.
///
/// A claim holds the dropped file itself until the job is accepted. The job runs from a copy, so that
/// changes through a descriptor that its writer kept open have no effect.
extension SpoolDirectory {
  /// A dropped file that is a valid job.
  package struct Received: Sendable {
    package let job: JobFile
    /// The text of the file.
    package let text: String
    package let submitter: Submitter
  }

  /// Moves a dropped file into a claim, where users cannot reach it.
  ///
  /// Returns false if the file is gone.
  func claim(_ name: String, as id: JobIdentifier) throws(FileSystemError) -> Bool {
    let claim = layout.claim(id)
    try fileSystem.makeFolder(claim)
    do throws(FileSystemError) {
      try fileSystem.rename("\(layout.incoming)/\(name)", to: "\(claim)/\(JobFolderLayout.droppedFile)")
      return true
    } catch {
      try? fileSystem.removeTree(claim)
      guard error.isNotFound else { throw error }
      return false
    }
  }

  /// Reads and validates the file of a claim, which was dropped under `name`, and identifies its submitter.
  ///
  /// `root`: The user as whom files of root run.
  ///
  /// - Returns: Nil if the claim has no file, because a rejection was interrupted after it had moved the file.
  package func receive(
    _ id: JobIdentifier, name: String, root: Submitter.RootIdentity = .service
  ) throws(InspectionFailure) -> Received? {
    let claim = layout.claim(id)
    let dropped = "\(claim)/\(JobFolderLayout.droppedFile)"
    let copy = "\(claim)/\(JobFolderLayout.jobFile)"
    let isDropped = fileSystem.exists(dropped)
    guard isDropped || fileSystem.exists(copy) else { return nil }
    let path = isDropped ? dropped : copy
    // Folders, links and pipes have a reason of their own, whatever their name.
    let isFile = (try? fileSystem.status(path))?.kind == .file
    guard !isFile || Self.jobFileExtensions.contains(Paths.fileExtension(of: name)) else {
      throw .unfit(reason: Self.foreignNameReason)
    }
    let file = try open(path)
    // The copy of an acceptance that was interrupted already has its submitter.
    let stored = isDropped ? nil : try storedSubmitter(claim)
    let submitter: Submitter
    if let stored { submitter = stored } else { submitter = try Self.submitter(of: file.status, root: root) }
    let bytes = try text(file)
    let job = try Self.parse(bytes, name: name)
    return Received(job: job, text: String(decoding: bytes, as: UTF8.self), submitter: submitter)
  }

  /// Returns the submitter of a job.
  ///
  /// Jobs of version 0.3 and earlier have no ``JobFolderLayout/submitterFile``; their submitter owns the job file.
  ///
  /// - Throws: ``InspectionFailure`` if the job is gone or its file is damaged.
  package func submitter(of id: JobIdentifier, in state: JobState) throws(InspectionFailure) -> Submitter {
    let folder = layout.folder(id, in: state)
    if let stored = try storedSubmitter(folder) { return stored }
    guard let status = try? fileSystem.status("\(folder)/\(JobFolderLayout.jobFile)") else {
      throw .unfit(reason: "the job file is missing")
    }
    return Submitter(ownerID: status.ownerID, root: .root)
  }

  /// Returns nil if the folder has no ``JobFolderLayout/submitterFile``.
  private func storedSubmitter(_ folder: String) throws(InspectionFailure) -> Submitter? {
    do throws(FileSystemError) {
      return try Submitter.read("\(folder)/\(JobFolderLayout.submitterFile)", fileSystem)
    } catch {
      guard error.isNotFound else { throw .unfit(reason: "\(error)") }
      return nil
    }
  }

  /// Makes a claimed job durable and visible; the job survives power loss from here on.
  func accept(_ id: JobIdentifier, _ submitter: Submitter, _ content: JobContent) throws(FileSystemError) {
    let claim = layout.claim(id)
    if let text = content.text {
      try fileSystem.write(text.utf8, to: "\(claim)/\(JobFolderLayout.jobFile)", syncsFolder: false)
    }
    try fileSystem.write(submitter.text.utf8, to: "\(claim)/\(JobFolderLayout.submitterFile)", syncsFolder: false)
    if let inputs = content.inputs {
      try fileSystem.write(inputs.utf8, to: "\(claim)/\(JobFolderLayout.inputsFile)", syncsFolder: false)
    }
    try fileSystem.syncFolder(claim)
    try fileSystem.remove("\(claim)/\(JobFolderLayout.droppedFile)")
    try fileSystem.move(claim, to: layout.folder(id, in: .queued))
    try fileSystem.syncFolder(layout.incoming)
  }

  /// Moves a job file to `rejected`, writes the reason beside it and removes the job's folder.
  ///
  /// - Returns: The path of the file with the reason.
  func reject(
    _ id: JobIdentifier, from folder: String, name: String, reason: String
  ) throws(FileSystemError) -> String {
    let reasonPath = try explainRejection(id, name: name, submitter(in: folder), reason: reason)
    let stem = Paths.stem(of: reasonPath)
    let dropped = "\(folder)/\(JobFolderLayout.droppedFile)"
    let copy = "\(folder)/\(JobFolderLayout.jobFile)"
    if fileSystem.exists(dropped) {
      // A copy alone would look like a job to accept.
      try fileSystem.remove(copy)
      try fileSystem.move(dropped, to: rejectedFile(stem, like: name))
    } else if fileSystem.exists(copy) {
      try fileSystem.move(copy, to: rejectedFile(stem, like: name))
    }
    try fileSystem.removeTree(folder)
    return reasonPath
  }

  // MARK: Reading job files

  func open(_ path: String) throws(InspectionFailure) -> OpenedFile {
    if let status = try? fileSystem.status(path), let problem = Self.problem(status) { throw .unfit(reason: problem) }
    do throws(FileSystemError) {
      return try OpenedFile(path)
    } catch {
      throw Self.failure(error)
    }
  }

  func text(_ file: OpenedFile) throws(InspectionFailure) -> [UInt8] {
    if let problem = Self.problem(file.status) { throw .unfit(reason: problem) }
    do throws(FileSystemError) {
      return try file.read(limit: DocumentReader.maximumBytes)
    } catch {
      throw Self.failure(error)
    }
  }

  static func parse(_ bytes: [UInt8], name: String) throws(InspectionFailure) -> JobFile {
    do throws(DocumentError) {
      return try JobFileReader.read(bytes, file: name)
    } catch {
      throw .unfit(reason: error.description)
    }
  }

  private static func failure(_ error: FileSystemError) -> InspectionFailure {
    if error.isInUse { return .inUse(reason: "the job file: \(error.reason)") }
    return .unfit(reason: error.isPermission ? permissionAdvice(error.path) : "\(error)")
  }

  private static func permissionAdvice(_ path: String) -> String {
    let own = UserDatabase.ownGroup
    var advice = "cannot read the file: permission denied; the daemon reads it with the group \(own)"
    if let status = try? FileSystem().status(path) {
      let octal = String(status.mode & 0o777, radix: 8)
      advice += ", and the file has the group \(UserDatabase.groupName(status.groupID)) and mode \(octal)"
    }
    return advice + ". Submit it with `deepspool submit`, or run `chgrp \(own) FILE && chmod g+r FILE` first"
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

  // MARK: The submitter

  private static let (groupWritable, worldWritable): (UInt32, UInt32) = (0o020, 0o002)

  /// Returns the owner of a dropped file.
  ///
  /// - Throws: ``InspectionFailure`` if somebody else may have written the file or may still reach it under another name.
  private static func submitter(
    of status: FileSystem.Status, root: Submitter.RootIdentity
  ) throws(InspectionFailure) -> Submitter {
    guard status.linkCount <= 1 else {
      throw .linked(
        reason: "the file has \(status.linkCount) names (hard links), so it may not have been submitted by its owner; "
          + "drop a copy, or remove the other name")
    }
    guard status.mode & worldWritable == 0 else {
      throw .unfit(
        reason: "every user may write to the file, so its owner may not be its author; remove the permission "
          + "(chmod o-w) and drop the file again")
    }
    guard
      status.mode & groupWritable == 0 || UserDatabase.isPrivate(groupID: status.groupID, of: status.ownerID)
    else {
      throw .unfit(
        reason: "a group may write to the file, so its owner may not be its author; remove the permission "
          + "(chmod g-w) and drop the file again")
    }
    return Submitter(ownerID: status.ownerID, root: root)
  }
}
