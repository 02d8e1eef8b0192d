package import DurableFiles

extension JobQueue {
  /// Takes a file that was closed after writing or moved in; its inspection follows later.
  package func take(_ name: String) throws(FileSystemError) { try look(name, .complete) }

  /// Examines a name that has just appeared; folders, links and additional hard links are never closed.
  package func appeared(_ name: String) throws(FileSystemError) { try look(name, .appeared) }

  private func look(_ name: String, _ occasion: IncomingFile.Occasion) throws(FileSystemError) {
    defer { lookOn() }
    let file = IncomingFile(name: name, kind: kind(of: name, occasion))
    try handle(.found(file, occasion, nowSeconds: secondsNow(), space: fileSystem.space(layout.root)))
  }

  private func kind(of name: String, _ occasion: IncomingFile.Occasion) -> IncomingFile.Kind {
    let path = "\(layout.incoming)/\(name)"
    guard let status = try? fileSystem.status(path) else {
      // Invalid UTF-8 in a name was replaced by U+FFFD when the folder was read, so the path cannot be used.
      return name.unicodeScalars.contains("\u{FFFD}") ? .unspellable : .gone
    }
    switch status.kind {
    case .folder: return .folder
    case .link, .other: return .odd
    case .file:
      // A close event has already reported that writing is complete.
      let isWritten = occasion == .complete ? false : fileSystem.hasWriter(path)
      let look = SettlingFiles.Look(byteCount: status.byteCount, modifiedSeconds: status.modifiedSeconds)
      return .file(look, linkCount: status.linkCount, isWritten: isWritten)
    }
  }

  /// Resumes claims and queued jobs that could not be processed because the disk was full.
  package func resumeAcceptances() throws(FileSystemError) {
    defer { lookOn() }
    let listing = try SpoolListing.read(layout, fileSystem: fileSystem)
    try forEach(listing.claims) { id throws(FileSystemError) in try handle(.claimFound(id)) }
    try forEach(listing.jobs[.queued] ?? []) { id throws(FileSystemError) in try handle(.queuedFound(id)) }
  }

  /// Examines every file in `incoming`: at startup, after lost events and after an error.
  package func scan() throws(FileSystemError) {
    let names = try fileSystem.list(layout.incoming)
    try handle(.listed(names))
    try forEach(names) { name throws(FileSystemError) in try look(name, .scan) }
  }

  /// Examines names that no event reported: hard links, and files on network file systems.
  package func lookAtStrays() throws(FileSystemError) {
    try forEach(fileSystem.list(layout.incoming)) { name throws(FileSystemError) in try look(name, .stray) }
  }

  /// Examines files that had not settled, and the free space.
  ///
  /// - Returns: Whether some files still have not settled.
  package func lookAgain() throws(FileSystemError) -> Bool {
    defer { lookOn() }
    try handle(.room(fileSystem.space(layout.root)))
    try forEach(state.settling.names) { name throws(FileSystemError) in try look(name, .again) }
    return !state.settling.isEmpty
  }
}
