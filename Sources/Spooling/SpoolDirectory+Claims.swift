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
  /// - Returns: Nil if the claim has no file, because a rejection was interrupted after it had moved the file.
  package func receive(
    _ id: JobIdentifier, name: String, owners: FileOwners
  ) throws(InspectionFailure) -> Received? {
    let claim = layout.claim(id)
    let dropped = "\(claim)/\(JobFolderLayout.droppedFile)"
    let copy = "\(claim)/\(JobFolderLayout.jobFile)"
    let droppedStatus = try? fileSystem.status(dropped)
    let isDropped = droppedStatus != nil
    guard let status = droppedStatus ?? (try? fileSystem.status(copy)) else { return nil }
    let path = isDropped ? dropped : copy
    // Folders, links and pipes have a reason of their own, whatever their name.
    guard status.kind != .file || Self.jobFileExtensions.contains(Paths.fileExtension(of: name)) else {
      throw .unfit(reason: Self.foreignNameReason)
    }
    let file = try open(path)
    // The copy of an acceptance that was interrupted already has its submitter.
    let stored = isDropped ? nil : try storedSubmitter(claim)
    let submitter: Submitter
    if let stored { submitter = stored } else { submitter = try Self.submitter(of: file.status, owners) }
    let bytes = try text(file)
    let job = try Self.parse(bytes, name: name)
    return Received(job: job, text: String(decoding: bytes, as: UTF8.self), submitter: submitter)
  }

  /// Returns the submitter of a job.
  ///
  /// - Throws: ``InspectionFailure`` if the job is gone or its submitter cannot be read.
  package func submitter(of id: JobIdentifier, in state: JobState) throws(InspectionFailure) -> Submitter {
    guard let submitter = try readSubmitter(in: layout.folder(id, in: state)) else {
      throw .unfit(reason: "the job file is missing")
    }
    return submitter
  }

  /// Returns the submitter of the job in a folder, accepted or not yet; nil if the folder holds no job.
  ///
  /// Jobs of version 0.3 and earlier, and jobs that are being accepted, have no ``JobFolderLayout/submitterFile``; their
  /// submitter owns the job file.
  ///
  /// - Throws: ``InspectionFailure`` if the submitter cannot be read.
  func readSubmitter(in folder: String) throws(InspectionFailure) -> Submitter? {
    if let stored = try storedSubmitter(folder) { return stored }
    for name in [JobFolderLayout.droppedFile, JobFolderLayout.jobFile] {
      guard let status = try? fileSystem.status("\(folder)/\(name)") else { continue }
      return Submitter(ownerID: status.ownerID, root: .service)
    }
    return nil
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
    of status: FileSystem.Status, _ owners: FileOwners
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
      status.mode & groupWritable == 0 || owners.isPrivate(groupID: status.groupID, of: status.ownerID)
    else {
      throw .unfit(
        reason: "a group may write to the file, so its owner may not be its author; remove the permission "
          + "(chmod g-w) and drop the file again")
    }
    return owners.submitter(status.ownerID)
  }
}
