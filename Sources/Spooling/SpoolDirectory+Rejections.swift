internal import Documents
internal import DurableFiles
internal import Wording

/// Rejected files, each beside the reason.
extension SpoolDirectory {
  private static let maximumReasonBytes = 1 << 16
  private static let (sharedMode, ownMode): (UInt32, UInt32) = (0o640, 0o600)

  /// Moves a job file to `rejected`, writes the reason beside it and removes the job's folder.
  ///
  /// - Returns: The path of the file with the reason.
  func reject(
    _ id: JobIdentifier, from folder: String, name: String, reason: String, for readers: ResultsGroup
  ) throws(FileSystemError) -> String {
    let submitter = submitter(in: folder)
    let reader = reader(submitter?.userID, readers)
    let reasonPath = try explainRejection(id, name: name, submitter, reason: reason, reader)
    let rejected = rejectedFile(Paths.stem(of: reasonPath), like: name)
    let dropped = "\(folder)/\(JobFolderLayout.droppedFile)"
    let copy = "\(folder)/\(JobFolderLayout.jobFile)"
    if fileSystem.exists(dropped) {
      // A copy alone would look like a job to accept.
      try fileSystem.remove(copy)
      try move(dropped, to: rejected, reader)
    } else if fileSystem.exists(copy) {
      try move(copy, to: rejected, reader)
    }
    try fileSystem.removeTree(folder)
    return reasonPath
  }

  /// Moves a file from `incoming` to `rejected`, with the reason beside it.
  ///
  /// - Returns: The path of the file with the reason; nil if the dropped file is gone.
  func refuse(
    _ name: String, as id: JobIdentifier, reason: String, for readers: ResultsGroup
  ) throws(FileSystemError) -> String? {
    let dropped = "\(layout.incoming)/\(name)"
    let reader = reader((try? fileSystem.status(dropped))?.ownerID, readers)
    let reasonPath = try explainRejection(id, name: name, reason: reason, reader)
    do throws(FileSystemError) {
      try move(dropped, to: rejectedFile(Paths.stem(of: reasonPath), like: name), reader)
      return reasonPath
    } catch {
      guard fileSystem.exists(dropped) || error.isNotFound else { throw error }
      try? fileSystem.remove(reasonPath)
      guard error.isNotFound else { throw error }
      return nil
    }
  }

  /// Writes the reason why a file stays in `incoming`, and returns its path.
  func explainLeft(
    _ name: String, as id: JobIdentifier, reason: String, for readers: ResultsGroup
  ) throws(FileSystemError) -> String {
    let ownerID = (try? fileSystem.status("\(layout.incoming)/\(name)"))?.ownerID
    return try explainRejection(id, name: name, reason: reason, reader(ownerID, readers))
  }

  // MARK: Readers

  /// Returns the only user who may read a rejected file and its reason; nil for all members.
  private func reader(_ userID: UInt32?, _ readers: ResultsGroup) -> UInt32? {
    switch readers {
    case .service: nil
    // Without a known submitter, only the service may.
    case .submitter: userID ?? UserAccess.ownUserID
    }
  }

  /// Writes the reason for a rejection and returns its path.
  private func explainRejection(
    _ id: JobIdentifier, name: String, _ submitter: Submitter? = nil, reason: String, _ reader: UInt32?
  ) throws(FileSystemError) -> String {
    let stem = freeStem(Self.rejectedStem(of: name), like: name, for: id)
    let path = reasonPath(stem)
    // A failed attempt may have removed what names the submitter; its reason is the better one.
    if submitter == nil, rejection(stem)?.id.number == id.number { return path }
    let text = Rejection.text(name, number: id.number, submitter, reason: reason)
    try write(Array(text.escapingControls.utf8), to: path, reader)
    return path
  }

  private func write(_ bytes: [UInt8], to path: String, _ reader: UInt32?) throws(FileSystemError) {
    try fileSystem.write(bytes, to: path, mode: reader == nil ? Self.sharedMode : Self.ownMode)
    guard let reader else { return }
    do throws(FileSystemError) {
      try fileSystem.makePrivate(tree: path, for: reader)
    } catch {
      // Without access control lists, only the service may read the file.
      guard error.isUnsupported else { throw error }
    }
  }

  /// Moves a rejected file to its place.
  ///
  /// The file is its submitter's, so the daemon cannot take permissions from it: for one reader it is replaced by a copy.
  /// What cannot be copied is moved as it is: folders, links, unreadable files, and files that are
  /// too large for a job file.
  private func move(_ source: String, to target: String, _ reader: UInt32?) throws(FileSystemError) {
    guard reader != nil, let bytes = try? fileSystem.read(source, limit: DocumentReader.maximumBytes) else {
      return try fileSystem.move(source, to: target)
    }
    try write(bytes, to: target, reader)
    try fileSystem.remove(source)
  }

  // MARK: Names

  /// Returns whether the same reason lies in `rejected` already for a file of this name.
  func isExplained(_ name: String, reason: String) -> Bool {
    let path = reasonPath(Self.rejectedStem(of: name))
    guard let bytes = try? fileSystem.read(path, limit: Self.maximumReasonBytes) else { return false }
    return Rejection.matches(String(decoding: bytes, as: UTF8.self), name: name, reason: reason)
  }

  /// Returns the name of a rejected file without extension.
  static func rejectedStem(of name: String) -> String {
    let safe = JobIdentifier(number: 0, name: Paths.stem(of: name)).name
    // Command-line tools would take a name with a leading hyphen for an option.
    let plain = String(safe.drop { $0 == "-" })
    return plain.isEmpty ? "job" : plain
  }

  private func rejectedFile(_ stem: String, like name: String) -> String {
    let ending = Paths.fileExtension(of: name)
    let isSafe = Self.jobFileExtensions.contains(ending)
    return "\(layout.rejected)/\(stem)\(isSafe ? ".\(ending)" : ".rejected")"
  }

  private func reasonPath(_ stem: String) -> String { "\(layout.rejected)/\(stem).why" }

  /// Returns `stem`, numbered if needed, so that no earlier rejection is overwritten.
  ///
  /// A failed attempt has left a reason with the same number; the next attempt takes its name.
  private func freeStem(_ stem: String, like name: String, for id: JobIdentifier) -> String {
    let candidates = [stem] + (2...9999).lazy.map { "\(stem).\($0)" }
    return candidates.first { candidate in
      guard fileSystem.exists(reasonPath(candidate)) else {
        return !fileSystem.exists(rejectedFile(candidate, like: name))
      }
      return rejection(candidate)?.id.number == id.number
    } ?? stem
  }
}
