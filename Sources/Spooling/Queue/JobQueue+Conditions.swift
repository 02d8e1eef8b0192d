internal import DurableFiles
internal import JobFiles

extension JobQueue {
  /// Puts an accepted job where it waits: for its turn, or for what it comes after.
  func enqueue(_ id: JobIdentifier, _ job: JobFile) {
    let conditions = JobConditions(job)
    guard !conditions.isEmpty else { return state.enqueue(id, QueueState.Place(job)) }
    block(id, conditions, QueueState.Place(job))
  }

  func block(_ id: JobIdentifier, _ conditions: JobConditions, _ place: QueueState.Place) {
    blocked[id] = conditions
    state.block(id, place)
    blockedUntil = min(blockedUntil, conditions.notBeforeSeconds ?? .infinity)
    guard conditions.waitsForJobs else { return }
    waitsForJobs = true
    blockedNeedLook = true
  }

  /// Lets jobs take their turn whose conditions have come true, and cancels those whose conditions never will.
  func lookAtBlocked() throws(FileSystemError) {
    guard !blocked.isEmpty else { return }
    let now = wallSeconds()
    // Thousands of jobs may wait: nothing is looked at unless something can have come true.
    guard (blockedNeedLook && waitsForJobs) || blockedUntil <= now else { return }
    var index = JobIndex(try SpoolListing.read(layout, fileSystem: fileSystem))
    var hasCancelled = false
    for (id, conditions) in blocked.sorted(by: { $0.key < $1.key }) {
      switch conditions.verdict(for: id, in: index, nowSeconds: now) {
      case .waits: continue
      case .ready:
        blocked[id] = nil
        state.unblock(id)
      case .never(let reason):
        forget(id)
        try cancelWaiting(id, in: .queued, reason: reason)
        index.set(.cancelled, of: id)
        hasCancelled = true
      }
    }
    // A job may come after one that arrived later, and be looked at with the next call.
    blockedNeedLook = hasCancelled
    waitsForJobs = blocked.values.contains(where: \.waitsForJobs)
    blockedUntil = blocked.values.compactMap(\.notBeforeSeconds).filter { $0 > now }.min() ?? .infinity
  }
}

extension QueueState.Place {
  init(_ job: JobFile) { self.init(priority: job.priority, group: job.group) }
}
