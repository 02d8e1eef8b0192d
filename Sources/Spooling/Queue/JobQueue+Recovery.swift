package import DurableFiles

extension JobQueue {
  /// Recovers the spool after the last daemon stopped, crashed or was killed, then loads the queue.
  package func recover() throws(FileSystemError) {
    try directory.create()
    // Only `deepspool why` reads the limits.
    try? perform(.writeLimits(state.limits))
    var listing = try SpoolListing.read(layout, fileSystem: fileSystem)
    loadRejections(listing)
    let used = rejections.values.map(\.id.number) + listing.claims.map(\.number)
    // A claim whose files cannot be copied now is found again when the disk works.
    listing.claims.removeAll { id in (try? directory.completeRerun(id)) == nil }
    try recoverRunTimes(listing.jobs[.running] ?? [])
    try handle(.began(listing, highestUsed: used.max() ?? 0))
    for id in listing.jobs[.held] ?? [] {
      guard let submitter = try? directory.submitter(of: id, in: .held) else { continue }
      try handle(.heldFound(id, submitterID: submitter.userID))
    }
    try? removeLeftovers()
    try? directory.removeTakenOrders()
    // A full or read-only disk delays the recovery of some jobs; the next retry reports the error.
    try? recoverRest()
  }

  /// Retries recovery actions that failed at startup.
  package func recoverRest() throws(FileSystemError) {
    defer { lookOn() }
    try forEach(state.unrecovered) { action throws(FileSystemError) in try handle(.recover(action)) }
  }
}
