package import DurableFiles
internal import JobFiles

extension JobQueue {
  /// A job during which the daemon ended this often, without a new checkpoint in between, is set aside.
  private static let maximumCrashes = 2

  /// Brings the spool into order after the last daemon ended, in whatever way; then loads the queue.
  package func recover() throws(FileSystemError) {
    try directory.create()
    // Only `deepspool why` looks at it.
    try? limits.write(layout, fileSystem)
    let listing = try SpoolListing.read(layout, fileSystem: fileSystem)
    nextNumber = listing.highestNumber + 1
    unrecovered = SpoolRecovery.actions(for: listing)
    // A full or read-only disk keeps some jobs where they are. The others go on; whoever asks next is told.
    try? recoverRest()
  }

  /// Brings what could not be brought into order at the start.
  package func recoverRest() throws(FileSystemError) {
    var left: [SpoolRecovery.Action] = []
    defer { unrecovered = left }
    try forEach(unrecovered) { action throws(FileSystemError) in
      do throws(FileSystemError) {
        try recover(action)
      } catch {
        left.append(action)
        throw error
      }
    }
  }

  private func recover(_ action: SpoolRecovery.Action) throws(FileSystemError) {
    switch action {
    case .resumeAcceptance(let id): try resumeAcceptance(id)
    case .complete(let id):
      try move(id, from: .running, .finish)
      onEvent(.finished(id, result: layout.result(id)))
    case .queueAgain(let id): try queueAgain(id)
    case .load(let id):
      // An order may have taken it away meanwhile.
      if fileSystem.exists(layout.folder(id, in: .queued)) { try load(id) }
    }
  }

  func resumeAcceptance(_ id: JobIdentifier) throws(FileSystemError) {
    guard fileSystem.exists("\(layout.claim(id))/\(SpoolLayout.jobFile)") else {
      return try fileSystem.removeTree(layout.claim(id))
    }
    try decide(id, name: "\(id.name).yaml")
  }

  private func queueAgain(_ id: JobIdentifier) throws(FileSystemError) {
    guard fileSystem.exists("\(layout.folder(id, in: .running))/\(SpoolLayout.jobFile)") else {
      // A rejection was cut off after the job file had been put away.
      return try fileSystem.removeTree(layout.folder(id, in: .running))
    }
    // Once at each start, however often this is tried; what cannot be counted counts as the first.
    let crashes = countedCrashes[id] ?? (try? directory.countCrash(id)) ?? 1
    countedCrashes[id] = crashes
    guard crashes < Self.maximumCrashes else {
      let reason =
        "quarantined: the daemon ended \(Self.maximumCrashes) times while this job ran and had made no progress in "
        + "between; `deepspool retry` tries it again"
      return try write(.failed(reason: reason), of: id)
    }
    try move(id, from: .running, .interrupt)
    onEvent(.recovered(id))
    try load(id)
  }

  func load(_ id: JobIdentifier) throws(FileSystemError) {
    do throws(RejectedFile) {
      enqueue(id, try directory.readJob(id, in: .queued).0)
    } catch {
      try reject(id, folder: layout.folder(id, in: .queued), name: "\(id.name).yaml", reason: error.reason)
    }
  }
}
