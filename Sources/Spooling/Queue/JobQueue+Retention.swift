package import DurableFiles

extension JobQueue {
  /// The prefix of names that are about to be removed.
  private static let expiredPrefix = ".expired-"
  private static let maximumJumpSeconds = 86_400.0

  /// Removes everything older than `retention`; the age is the time since the last change of the
  /// file or folder.
  ///
  /// The job with the highest number stays, so that no number is used twice. Jobs that other jobs
  /// wait for stay too.
  package func removeExpired(_ retention: Retention) throws(FileSystemError) {
    guard retention != Retention(), !clockHasJumped() else { return }
    try removeLeftovers()
    let listing = try SpoolListing.read(layout, fileSystem: fileSystem)
    let awaited = state.blocked.awaitedNames
    func isFree(_ id: JobIdentifier) -> Bool {
      id.number != listing.highestNumber && !awaited.contains { id.matches($0) }
    }
    if let seconds = retention.resultsSeconds {
      // A result whose job has not ended yet is about to be published.
      let ended = Set([JobState.finished, .failed, .cancelled].flatMap { listing.jobs[$0] ?? [] })
      let known = Set(listing.jobs.values.joined())
      try forEach(listing.results) { id throws(FileSystemError) in
        guard isFree(id), ended.contains(id) || !known.contains(id) else { return }
        try removeExpired(layout.result(id), "result of \(id)", olderThan: seconds)
      }
    }
    if let seconds = retention.historySeconds {
      for state in [JobState.finished, .failed, .cancelled] {
        try forEach(listing.jobs[state] ?? []) { id throws(FileSystemError) in
          guard isFree(id) else { return }
          try removeExpired(layout.folder(id, in: state), "job \(id), \(state.rawValue)", olderThan: seconds)
        }
      }
      try forEach(fileSystem.list(layout.rejected)) { name throws(FileSystemError) in
        try removeExpired("\(layout.rejected)/\(name)", "rejected '\(name)'", olderThan: seconds)
      }
    }
  }

  /// Returns whether the clock was set by more than a day since the daemon started; ages are then unknown.
  ///
  /// A machine that was suspended looks the same. Removal then waits harmlessly for the next start.
  private func clockHasJumped() -> Bool {
    abs(wallSeconds() - secondsNow() - clockOffsetSeconds) > Self.maximumJumpSeconds
  }

  /// Removes what an earlier daemon had renamed for removal.
  private func removeLeftovers() throws(FileSystemError) {
    let folders = [layout.results, layout.rejected] + [JobState.finished, .failed, .cancelled].map(layout.folder)
    for folder in folders {
      for name in try fileSystem.list(folder) where name.hasPrefix(Self.expiredPrefix) {
        try fileSystem.removeTree("\(folder)/\(name)")
      }
    }
  }

  private func removeExpired(_ path: String, _ title: String, olderThan seconds: Double) throws(FileSystemError) {
    guard let status = try? fileSystem.status(path), wallSeconds() - status.modifiedSeconds > seconds else { return }
    // The rename hides the entry in one step: a partial result must never be visible.
    let hidden = "\(Paths.folder(of: path))/\(Self.expiredPrefix)\(Paths.name(of: path))"
    try fileSystem.rename(path, to: hidden)
    try fileSystem.removeTree(hidden)
    onEvent(.expired(title))
  }
}
