package import DurableFiles

extension JobQueue {
  /// Recovers the spool after the last daemon stopped, crashed or was killed, then loads the queue.
  package func recover() throws(FileSystemError) {
    try directory.create()
    // Only `deepspool why` reads the limits.
    try? perform(.writeLimits(state.limits))
    let listing = try SpoolListing.read(layout, fileSystem: fileSystem)
    try handle(.began(listing))
    for id in listing.jobs[.held] ?? [] {
      guard let submitter = try? directory.submitter(of: id, in: .held) else { continue }
      try handle(.heldFound(id, submitterID: submitter.userID))
    }
    // A full or read-only disk delays the recovery of some jobs; the next retry reports the error.
    try? recoverRest()
  }

  /// Retries recovery actions that failed at startup.
  package func recoverRest() throws(FileSystemError) {
    defer { lookOn() }
    try forEach(state.unrecovered) { action throws(FileSystemError) in try handle(.recover(action)) }
  }
}
