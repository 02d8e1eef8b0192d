internal import Documents
package import DurableFiles
internal import JobFiles

extension JobQueue {
  /// Takes a file whose writer has closed it, or that was moved in.
  package func take(_ name: String) throws(FileSystemError) {
    settling.forget(name)
    guard isAccepting, !name.hasPrefix("."), hasSpace() else { return }
    let id = JobIdentifier(number: nextNumber, name: Paths.stem(of: name))
    guard !isUnreadable(name) else { return try leave(name, id: id) }
    do throws(FileSystemError) {
      guard try directory.claim(name, as: id) else { return }
    } catch  where error.isPermission {
      // The system lets nobody but its owner move a folder.
      return try leave(name, id: id)
    }
    nextNumber += 1
    try decide(id, name: name)
  }

  /// Explains why something stays in `incoming`, once.
  private func leave(_ name: String, id: JobIdentifier) throws(FileSystemError) {
    guard leftInPlace.insert(name).inserted else { return }
    nextNumber += 1
    let reason =
      "this can be neither taken nor moved by the daemon: \(kindInWords(name)). Remove this one from incoming"
    let path = try directory.explainRejection(id, name: name, reason: reason)
    onEvent(.rejected(name: name, id: id, reason: reason, reasonFile: path))
  }

  /// Whether a name that is there cannot be spelt: its bytes are no UTF-8, and reading has put marks in their place.
  private func isUnreadable(_ name: String) -> Bool {
    name.unicodeScalars.contains("\u{FFFD}") && !fileSystem.exists("\(layout.incoming)/\(name)")
  }

  private func kindInWords(_ name: String) -> String {
    if isUnreadable(name) { return "its name is not UTF-8; drop it under another one" }
    return switch try? fileSystem.status("\(layout.incoming)/\(name)").kind {
    case .folder: "it is a folder; drop the job file itself"
    case .file, .link, .other, nil: "its permissions forbid it"
    }
  }

  /// A name has just appeared: whoever created the file will close it, but folders, links and further names of a file
  /// that is there already are never closed.
  package func appeared(_ name: String) throws(FileSystemError) {
    let status = try? fileSystem.status("\(layout.incoming)/\(name)")
    if let status, status.kind == .file, status.linkCount == 1 { return }
    try notice(name)
  }

  /// Takes a file that nobody can be writing to at once, others when they have settled.
  private func notice(_ name: String) throws(FileSystemError) {
    guard isAccepting, !name.hasPrefix("."), !leftInPlace.contains(name) else { return }
    guard let status = try? fileSystem.status("\(layout.incoming)/\(name)") else {
      settling.forget(name)
      return isUnreadable(name) ? try take(name) : ()
    }
    guard status.kind == .file else { return try take(name) }
    let look = SettlingFiles.Look(byteCount: status.byteCount, modifiedSeconds: status.modifiedSeconds)
    guard settling.observe(name, look, now: secondsNow()) else { return }
    guard fileSystem.hasWriter("\(layout.incoming)/\(name)") != true else { return }
    try take(name)
  }

  /// Tries again what was taken but could be neither accepted nor rejected, because the disk was full.
  package func resumeAcceptances() throws(FileSystemError) {
    let listing = try SpoolListing.read(layout, fileSystem: fileSystem)
    try forEach(listing.claims) { id throws(FileSystemError) in try resumeAcceptance(id) }
    try forEach(listing.jobs[.queued] ?? []) { id throws(FileSystemError) in
      if !state.isQueued(id) { try load(id) }
    }
  }

  /// Looks at every file in `incoming`: at start, when events were lost, and after something went wrong.
  package func scan() throws(FileSystemError) {
    let names = try fileSystem.list(layout.incoming)
    leftInPlace.formIntersection(names)
    try forEach(names) { name throws(FileSystemError) in
      let path = "\(layout.incoming)/\(name)"
      if fileSystem.hasWriter(path) == false { try take(name) } else { try notice(name) }
    }
  }

  /// Does something for each element; one that fails does not keep the others from their turn.
  ///
  /// Throws the last failure.
  func forEach<Element>(
    _ elements: [Element], _ body: (Element) throws(FileSystemError) -> Void
  ) throws(FileSystemError) {
    var failure: FileSystemError?
    for element in elements {
      do throws(FileSystemError) {
        try body(element)
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }

  /// Looks again at files that had not settled; returns whether some still have not.
  package func lookAgain() throws(FileSystemError) -> Bool {
    try lookForSpace()
    try forEach(settling.names) { name throws(FileSystemError) in try notice(name) }
    return !settling.isEmpty
  }

  /// Accepts or rejects a claimed file.
  func decide(_ id: JobIdentifier, name: String) throws(FileSystemError) {
    let checked: JobFile
    let inputs: [UInt8]?
    let status = try? fileSystem.status("\(layout.claim(id))/\(SpoolLayout.jobFile)")
    do throws(RejectedFile) {
      checked = try check(id, name: name, status: status)
      inputs = try checks.inputs(checked, UserAccess(ownerOf: status))
    } catch {
      return try reject(id, folder: layout.claim(id), name: name, reason: error.reason)
    }
    try directory.accept(id, inputs: inputs)
    enqueue(id, checked)
    onEvent(.accepted(id, submitterID: status?.ownerID ?? 0))
  }

  private func check(
    _ id: JobIdentifier, name: String, status: FileSystem.Status?
  ) throws(RejectedFile) -> JobFile {
    let isNamedLikeJob = SpoolDirectory.jobFileExtensions.contains(Paths.fileExtension(of: name))
    guard isNamedLikeJob || status?.kind != .file else {
      throw RejectedFile("job files end in .yaml, .yml or .json; data belongs into a data directory of the daemon")
    }
    let job = try directory.readClaim(id, name: name)
    let faults = checks.faults(job) + groupFaults(job)
    guard faults.isEmpty else { throw RejectedFile(DocumentError(faults).description) }
    return job
  }

  func reject(
    _ id: JobIdentifier, folder: String, name: String, reason: String
  ) throws(FileSystemError) {
    let path = try directory.reject(id, from: folder, name: name, reason: reason)
    blockedNeedLook = true
    onEvent(.rejected(name: name, id: id, reason: reason, reasonFile: path))
  }
}
