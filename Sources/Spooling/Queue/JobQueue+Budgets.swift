internal import Documents
internal import DurableFiles
internal import JobFiles

extension JobQueue {
  /// Whether a job whose turn it is fits beside what runs; if not it waits, and nothing overtakes it.
  ///
  /// - Throws: If it never will.
  func fits(_ id: JobIdentifier, _ job: JobFile) throws(RejectedFile) -> Bool {
    guard let needed = needs[id] ?? checks.needs(job) else { return true }
    needs[id] = needed
    let running = state.running.reduce(0) { $0 + (needs[$1]?.memoryBytes ?? 0) }
    switch needed.verdict(limits, runningBytes: running, space: fileSystem.space(layout.root)) {
    case .fits: return true
    case .never(let reason): throw RejectedFile(reason)
    case .waits(let reason):
      guard waiting?.id != id || waiting?.reason != reason else { return false }
      waiting = (id, reason)
      // For `deepspool why`; on a full disk the reason stands in the journal only.
      try? fileSystem.write(
        (reason + "\n").utf8, to: "\(layout.folder(id, in: .queued))/\(SpoolLayout.waitsFile)", isDurable: false)
      onEvent(.waits(id, reason: reason))
      return false
    }
  }

  /// A job that waited has started.
  func noteStart(_ id: JobIdentifier) {
    guard waiting?.id == id else { return }
    waiting = nil
    try? fileSystem.remove("\(layout.folder(id, in: .running))/\(SpoolLayout.waitsFile)")
  }

  /// Whether there is room for another job; that there is none any more is told once.
  func hasSpace() -> Bool {
    guard !isShortOfSpace else { return false }
    guard let missing = missingSpace() else { return true }
    isShortOfSpace = true
    onEvent(missing)
    return false
  }

  /// Goes on with what was dropped when there is room again.
  func lookForSpace() throws(FileSystemError) {
    guard isShortOfSpace, missingSpace() == nil else { return }
    isShortOfSpace = false
    onEvent(.spaceBack)
    try scan()
  }

  /// What there is to tell if too little is free.
  private func missingSpace() -> SpoolEvent? {
    guard limits.minimumFreeBytes != 0, let space = fileSystem.space(layout.root) else { return nil }
    let reserve = limits.minimumFreeBytes(of: space)
    return space.freeBytes < reserve ? .spaceShort(freeBytes: space.freeBytes, minimumBytes: reserve) : nil
  }

  /// A group that the daemon does not know has no limit, which is not what its author meant.
  func groupFaults(_ job: JobFile) -> [DocumentFault] {
    guard !job.group.isEmpty, limits.groups[job.group] == nil else { return [] }
    let known = limits.groups.keys.sorted().joined(separator: ", ")
    return [
      job.fault(
        \.group,
        "names '\(job.group)'; " + (known.isEmpty ? "the daemon has no groups" : "the daemon has \(known)")
          + " (groups in its configuration)")
    ]
  }
}
