/// The recovery of a spool after the last daemon stopped, crashed or was killed.
extension QueueState {
  mutating func began(_ listing: SpoolListing, highestUsed: Int) -> [QueueEffect] {
    nextNumber = max(listing.highestNumber, highestUsed) + 1
    unrecovered = []
    for action in SpoolRecovery.actions(for: listing) {
      switch action {
      // These touch no file, so they cannot fail.
      case .resumeAcceptance(let id): _ = claimFound(id)
      case .load(let id): set(id, .unread)
      case .queueAgain, .complete: unrecovered.append(action)
      }
    }
    return []
  }

  /// The running time that submitters have used.
  var accounts: RunningTimeAccounts { turns.accounts }

  /// The remaining recovery actions, in order of arrival.
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

  /// Removes the recovery actions of a job that is in its place.
  mutating func forgetRecovery(of id: JobIdentifier) {
    guard !unrecovered.isEmpty else { return }
    unrecovered.removeAll { $0.id == id }
  }

  mutating func claimFound(_ id: JobIdentifier) -> [QueueEffect] {
    switch phase(id) {
    // A pending inspection will decide. Without one, acceptance or rejection failed and is repeated.
    case .arriving where line.purpose(id) != nil: break
    case .arriving(let name): set(id, .arriving(name: name))
    case nil: set(id, .arriving(name: id.fileName))
    // The fsync of an acceptance failed after the job had been moved to the queue.
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

  /// Queues a job that was running again; the death of the daemon never counts against a job.
  mutating func fileChecked(_ id: JobIdentifier, isThere: Bool) -> [QueueEffect] {
    // Without a job file, a rejection was interrupted after it had moved the file.
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
