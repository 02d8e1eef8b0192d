/// What is done with the spool of a daemon that ended in any way.
extension QueueState {
  mutating func began(_ listing: SpoolListing) -> [QueueEffect] {
    nextNumber = listing.highestNumber + 1
    unrecovered = SpoolRecovery.actions(for: listing)
    return []
  }

  /// What is still to be brought into order, in the order of arrival.
  package var pendingRecovery: [SpoolRecovery.Action] { unrecovered }

  mutating func recover(_ action: SpoolRecovery.Action) -> [QueueEffect] {
    switch action {
    case .resumeAcceptance(let id):
      forgetRecovery(of: id)
      return claimFound(id)
    case .complete(let id): return [.move(.init(id, from: .running, .finish))]
    case .queueAgain(let id): return [.checkFile(id)]
    case .load(let id):
      forgetRecovery(of: id)
      set(id, .unread)
      return []
    }
  }

  /// A job is where it belongs.
  mutating func forgetRecovery(of id: JobIdentifier) {
    guard !unrecovered.isEmpty else { return }
    unrecovered.removeAll { $0.id == id }
  }

  mutating func claimFound(_ id: JobIdentifier) -> [QueueEffect] {
    switch phase(id) {
    // Its turn comes; otherwise it could be neither accepted nor rejected, and is looked at again.
    case .arriving where line.purpose(id) != nil: break
    case .arriving(let name): set(id, .arriving(name: name))
    case nil: set(id, .arriving(name: id.fileName))
    // An acceptance whose sync failed when the job lay in the queue already.
    case .unread, .waiting, .blocked, .running, .ending: break
    }
    return []
  }

  mutating func queuedFound(_ id: JobIdentifier) -> [QueueEffect] {
    switch phase(id) {
    case .unread where line.purpose(id) != nil, .waiting, .blocked: break
    case .arriving, .unread, .running, .ending, nil: set(id, .unread)
    }
    return []
  }

  /// The daemon's death is no fault of the jobs that ran, however often it happens.
  mutating func fileChecked(_ id: JobIdentifier, isThere: Bool) -> [QueueEffect] {
    // A rejection was cut off after the job file had been put away.
    isThere ? [.move(.init(id, from: .running, .interrupt, .recovery))] : [.removeFolder(id, .state(.running))]
  }
}

extension SpoolRecovery.Action {
  var id: JobIdentifier {
    switch self {
    case .resumeAcceptance(let id), .queueAgain(let id), .complete(let id), .load(let id): id
    }
  }
}
