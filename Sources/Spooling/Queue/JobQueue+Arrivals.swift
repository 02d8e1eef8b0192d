package import DurableFiles

extension JobQueue {
  /// Takes a file whose writer has closed it, or that was moved in; whether it is a job shows later.
  package func take(_ name: String) throws(FileSystemError) { try look(name, .complete) }

  /// A name has just appeared: folders, links and further names of a file that is there already are never closed.
  package func appeared(_ name: String) throws(FileSystemError) { try look(name, .appeared) }

  private func look(_ name: String, _ occasion: IncomingFile.Occasion) throws(FileSystemError) {
    defer { lookOn() }
    let file = IncomingFile(name: name, kind: kind(of: name, occasion))
    try handle(.found(file, occasion, nowSeconds: secondsNow(), space: fileSystem.space(layout.root)))
  }

  private func kind(of name: String, _ occasion: IncomingFile.Occasion) -> IncomingFile.Kind {
    let path = "\(layout.incoming)/\(name)"
    guard let status = try? fileSystem.status(path) else {
      // A name whose bytes are no UTF-8 cannot be spelt: reading has put marks in their place.
      return name.unicodeScalars.contains("\u{FFFD}") ? .unspellable : .gone
    }
    switch status.kind {
    case .folder: return .folder
    case .link, .other: return .odd
    case .file:
      // Whoever has closed it has been heard.
      let isWritten = occasion == .complete ? false : fileSystem.hasWriter(path)
      let look = SettlingFiles.Look(byteCount: status.byteCount, modifiedSeconds: status.modifiedSeconds)
      return .file(look, linkCount: status.linkCount, isWritten: isWritten)
    }
  }

  /// Tries again what was taken but could be neither accepted nor rejected, because the disk was full.
  package func resumeAcceptances() throws(FileSystemError) {
    defer { lookOn() }
    let listing = try SpoolListing.read(layout, fileSystem: fileSystem)
    try forEach(listing.claims) { id throws(FileSystemError) in try handle(.claimFound(id)) }
    try forEach(listing.jobs[.queued] ?? []) { id throws(FileSystemError) in try handle(.queuedFound(id)) }
  }

  /// Looks at every file in `incoming`: at start, when events were lost, and after something went wrong.
  package func scan() throws(FileSystemError) {
    let names = try fileSystem.list(layout.incoming)
    try handle(.listed(names))
    try forEach(names) { name throws(FileSystemError) in try look(name, .scan) }
  }

  /// Looks at names in `incoming` of which no event has told: files that were linked in, and those on disks of others.
  package func lookAtStrays() throws(FileSystemError) {
    try forEach(fileSystem.list(layout.incoming)) { name throws(FileSystemError) in try look(name, .stray) }
  }

  /// Looks again at files that had not settled, and for room; returns whether some still have not settled.
  package func lookAgain() throws(FileSystemError) -> Bool {
    defer { lookOn() }
    try handle(.room(fileSystem.space(layout.root)))
    try forEach(state.settling.names) { name throws(FileSystemError) in try look(name, .again) }
    return !state.settling.isEmpty
  }
}
