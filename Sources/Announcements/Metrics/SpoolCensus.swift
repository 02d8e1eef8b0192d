internal import DurableFiles
package import Spooling

/// The number of jobs in each state and the age of the queue, counted in the folders of a spool.
package struct SpoolCensus: Sendable, Equatable {
  package let counts: [JobState: Int]
  /// When the oldest queued job was accepted, in seconds since 1970; nil if none is queued.
  package let oldestQueuedSeconds: Double?
  /// The free space on the spool's disk; nil if unknown.
  package let freeBytes: Int?

  package init(counts: [JobState: Int], oldestQueuedSeconds: Double? = nil, freeBytes: Int? = nil) {
    self.counts = counts
    self.oldestQueuedSeconds = oldestQueuedSeconds
    self.freeBytes = freeBytes
  }

  /// Counts the jobs of a spool; a folder that cannot be listed is left out.
  package static func take(_ directory: SpoolDirectory) -> SpoolCensus {
    var counts: [JobState: Int] = [:]
    var oldest: JobIdentifier?
    for state in JobState.allCases {
      guard let names = try? directory.fileSystem.list(directory.layout.folder(state)) else { continue }
      let ids = names.compactMap { JobIdentifier($0) }
      counts[state] = ids.count
      if state == .queued { oldest = ids.min() }
    }
    return SpoolCensus(
      counts: counts, oldestQueuedSeconds: oldest.flatMap { directory.submittedSeconds($0, in: .queued) },
      freeBytes: directory.fileSystem.space(directory.layout.root)?.freeBytes)
  }
}
