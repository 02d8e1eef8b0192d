package import DurableFiles

extension JobQueue {
  private static let maximumJumpSeconds = 86_400.0

  /// Removes everything older than `retention`; the age is the time since the last change of the
  /// file or folder.
  ///
  /// The job with the highest number stays, so that no number is used twice. Jobs that other jobs
  /// wait for stay too.
  package func removeExpired(_ retention: Retention) throws(FileSystemError) {
    guard retention != Retention(), !clockHasJumped() else { return }
    // An entry that cannot be removed does not keep the others.
    var failure: FileSystemError?
    do throws(FileSystemError) { try removeLeftovers() } catch { failure = error }
    try forEach(agedEntries(retention)) { entry throws(FileSystemError) in
      try removeExpired(entry.path, entry.title, olderThan: entry.seconds)
    }
    if let failure { throw failure }
  }

  /// Returns the entries that are removed once they are old enough.
  private func agedEntries(
    _ retention: Retention
  ) throws(FileSystemError) -> [(path: String, title: String, seconds: Double)] {
    let listing = try SpoolListing.read(layout, fileSystem: fileSystem)
    let awaited = state.blocked.awaitedNames
    func isFree(_ id: JobIdentifier) -> Bool {
      id.number != listing.highestNumber && !awaited.contains { id.matches($0) }
    }
    var entries: [(path: String, title: String, seconds: Double)] = []
    if let seconds = retention.resultsSeconds {
      // A result whose job has not ended yet is about to be published.
      let ended = Set([JobState.finished, .failed, .cancelled].flatMap { listing.jobs[$0] ?? [] })
      let known = Set(listing.jobs.values.joined())
      entries += listing.results.filter { isFree($0) && (ended.contains($0) || !known.contains($0)) }
        .map { (layout.result($0), "result of \($0)", seconds) }
    }
    if let seconds = retention.historySeconds {
      for state in [JobState.finished, .failed, .cancelled] {
        entries += (listing.jobs[state] ?? []).filter(isFree)
          .map { (layout.folder($0, in: state), "job \($0), \(state.rawValue)", seconds) }
      }
      entries += try fileSystem.list(layout.rejected).map { ("\(layout.rejected)/\($0)", "rejected '\($0)'", seconds) }
    }
    return entries
  }

  /// Returns whether the clock was set by more than a day since the daemon started; ages are then unknown.
  ///
  /// A machine that was suspended looks the same. Removal then waits harmlessly for the next start.
  private func clockHasJumped() -> Bool {
    abs(wallSeconds() - secondsNow() - clockOffsetSeconds) > Self.maximumJumpSeconds
  }

  /// Removes what was renamed for removal and could not be removed.
  func removeLeftovers() throws(FileSystemError) {
    let folders = [layout.results, layout.rejected] + [JobState.finished, .failed, .cancelled].map(layout.folder)
    try forEach(folders) { folder throws(FileSystemError) in
      let names = try fileSystem.list(folder).filter { $0.hasPrefix(SpoolDirectory.expiredPrefix) }
      try forEach(names) { name throws(FileSystemError) in try fileSystem.removeTree("\(folder)/\(name)") }
    }
  }

  private func removeExpired(_ path: String, _ title: String, olderThan seconds: Double) throws(FileSystemError) {
    guard let status = try? fileSystem.status(path), wallSeconds() - status.modifiedSeconds > seconds else { return }
    try directory.removeAtOnce(path)
    onEvent(.expired(title))
  }
}
