internal import DurableFiles

/// The start of jobs, their endings and the consequences of moves.
extension QueueState {
  /// The back-off in seconds for a job that the machine could not run; after the last retry the job fails.
  private static let delays = [30.0, 120, 600, 1800, 3600]
  /// The number of crashes without a new checkpoint after which a job fails.
  private static let maximumCrashes = 3
  /// The longest pause before a killed job resumes.
  private static let maximumPauseSeconds = 3600.0

  // MARK: Starts

  /// Starts the next job if it fits; otherwise it waits and no other job overtakes it.
  mutating func turn(_ space: FileSystem.Space?, nowSeconds: Double) -> [QueueEffect] {
    guard isAccepting, let id = nextTurn(nowSeconds: nowSeconds), let job = jobs[id] else { return [] }
    switch job.needs {
    case .unknown:
      setNeeds(id, .asked)
      line.add(id, .estimate, groups: groups)
      return []
    case .asked: return []
    case .known(nil): return start(id)
    case .known(let needed?): return turn(id, needed, space)
    }
  }

  private mutating func turn(_ id: JobIdentifier, _ needed: JobNeeds, _ space: FileSystem.Space?) -> [QueueEffect] {
    switch needed.verdict(limits, runningBytes: runningBytes, space: space) {
    case .fits: return start(id)
    case .never(let reason, let advice):
      guard needed.memoryBytes > limits.memoryBytes, fittedBefore(id, memoryBytes: needed.memoryBytes) else {
        return [.reject(id, from: .state(.queued), name: id.fileName, reason: "\(reason). \(advice)")]
      }
      // A rejected file cannot be tried again, and the submitter has done nothing wrong.
      return cancel(
        id, from: .queued,
        reason: "cancelled because max_memory_bytes was lowered after the job was submitted: \(reason). Run `deepspool "
          + "retry \(id)` once the limit is raised")
    case .waits(let reason):
      let new = Wait(id: id, reason: reason)
      guard wait != new else { return [] }
      wait = new
      return [.noteWait(id, reason: reason), .tell(.waits(id, reason: reason))]
    }
  }

  private func start(_ id: JobIdentifier) -> [QueueEffect] {
    let brief = if case .waiting(let brief) = phase(id) { brief } else { JobBrief() }
    // A job that was accepted before the setting changed has no list yet.
    return privacy(id, .state(.queued), brief) + [.start(id)]
  }

  /// The estimated memory of all running jobs.
  private var runningBytes: Int {
    turns.running.reduce(0) { sum, id in
      guard case .known(let needs?) = jobs[id]?.needs else { return sum }
      return sum + needs.memoryBytes
    }
  }

  /// Queues jobs whose conditions are met and cancels jobs whose conditions can no longer be met.
  mutating func jobsSeen(_ seen: JobIndex, wallSeconds: Double) -> [QueueEffect] {
    var index = seen
    var effects: [QueueEffect] = []
    for (id, conditions) in blocked.all {
      guard case .blocked(let brief, _) = phase(id) else { preconditionFailure("job \(id) is not in phase blocked") }
      switch conditions.verdict(for: id, of: brief.submitter.userID, in: index, nowSeconds: wallSeconds) {
      case .waits: continue
      case .ready: set(id, brief.wait(wallSeconds) ?? .waiting(brief))
      case .never(let reason):
        effects += cancel(id, from: .queued, reason: reason)
        index.set(.state(.cancelled), of: id)
      case .circular(let reason):
        effects.append(.reject(id, from: .state(.queued), name: id.fileName, reason: reason))
        index.set(.rejected, of: id)
      }
    }
    effects += circles(in: index).map { .reject($0.id, from: .state(.queued), name: $0.id.fileName, reason: $0.reason) }
    // A cancellation may concern jobs that arrived earlier; the next call checks them.
    lookedAtBlocked(wallSeconds: wallSeconds, isToBeRepeated: !effects.isEmpty)
    return effects
  }

  /// Makes jobs wait for their time again if the clock was set back.
  ///
  /// Pauses after failures keep their length.
  mutating func clock(wallSeconds: Double) -> [QueueEffect] {
    let jump = lastWallSeconds - wallSeconds
    lastWallSeconds = wallSeconds
    guard jump > 0 else { return [] }
    for (id, job) in jobs {
      switch job.phase {
      case .waiting(let brief): if let wait = brief.wait(wallSeconds) { set(id, wait) }
      case .blocked(let brief, var conditions):
        guard let end = conditions.notBeforeSeconds, end != brief.conditions.notBeforeSeconds else { continue }
        conditions.notBeforeSeconds = end - jump
        set(id, .blocked(brief, conditions))
      case .arriving, .unread, .running, .ending: break
      }
    }
    return []
  }

  // MARK: Endings

  mutating func ended(_ id: JobIdentifier, _ ending: JobQueue.Ending) -> [QueueEffect] {
    let brief = if case .running(let brief) = phase(id) { brief } else { JobBrief() }
    let told = ending.told(by: canceller(of: id))
    set(id, .ending(brief, told))
    noteNews()
    return conclude(id, brief, told)
  }

  mutating func endAgain(_ id: JobIdentifier) -> [QueueEffect] {
    guard case .ending(let brief, let ending) = phase(id) else { return [] }
    return conclude(id, brief, ending)
  }

  /// Jobs whose endings could not be written, in order of arrival.
  package var unwritten: [JobIdentifier] {
    jobs.filter { if case .ending = $0.value.phase { true } else { false } }.keys.sorted()
  }

  private func conclude(_ id: JobIdentifier, _ brief: JobBrief, _ ending: JobQueue.Ending) -> [QueueEffect] {
    switch ending {
    case .finished:
      privacy(id, .state(.running), brief)
        + [.publish(id), .move(.init(id, from: .running, .finish)), .removeTrainingState(id)]
    case .rejected(let reason):
      [.reject(id, from: .state(.running), name: id.fileName, reason: reason)]
    case .failed(let reason): fail(id, reason)
    case .putOff(let reason): [.countDelay(id, reason: reason)]
    case .cancelled(let reason): cancel(id, from: .running, reason: reason)
    case .interrupted: [.move(.init(id, from: .running, .interrupt))]
    case .crashed(let reason): [.countDeath(id, .crash, reason: reason)]
    case .killed(let reason): [.countDeath(id, .kill, reason: reason)]
    }
  }

  private func fail(_ id: JobIdentifier, _ reason: String) -> [QueueEffect] {
    [.explain(id, in: .running, reason: reason), .move(.init(id, from: .running, .fail, .reason(reason)))]
  }

  mutating func delayCounted(
    _ id: JobIdentifier, count: Int, reason: String, wallSeconds: Double
  ) -> [QueueEffect] {
    guard let seconds = Self.delays.dropFirst(count - 1).first else {
      return fail(id, "\(reason) (tried \(count) times)")
    }
    let cause = QueueEffect.Cause.delay(reason: reason, seconds: seconds, notBeforeSeconds: wallSeconds + seconds)
    return [.move(.init(id, from: .running, .interrupt, cause))]
  }

  mutating func deathCounted(
    _ id: JobIdentifier, _ death: QueueEffect.Death, count: Int, hasCheckpoint: Bool, reason: String,
    wallSeconds: Double
  ) -> [QueueEffect] {
    setDeaths(id, count)
    let seconds: Double
    switch death {
    case .crash:
      guard count < Self.maximumCrashes else {
        return fail(
          id,
          "quarantined: \(reason); this happened \(count) times without a new checkpoint; run `deepspool retry` to try "
            + "again")
      }
      seconds = 0
    case .kill: seconds = Self.pauseSeconds(kills: count)
    }
    let cause = QueueEffect.Cause.death(
      reason: reason, seconds: seconds, notBeforeSeconds: wallSeconds + seconds, hasCheckpoint: hasCheckpoint)
    return [.move(.init(id, from: .running, .interrupt, cause))]
  }

  /// Returns the pause in seconds after a number of kills without progress: 0, then 1, 2, 4 and so on.
  static func pauseSeconds(kills: Int) -> Double {
    kills < 2 ? 0 : min(maximumPauseSeconds, Double(1 << min(kills - 2, 30)))
  }

  // MARK: Moves

  mutating func moved(_ move: QueueEffect.Move) -> [QueueEffect] {
    let id = move.id
    forgetRecovery(of: id)
    noteNews()
    switch (move.event, move.cause) {
    case (.start, _): return started(id)
    case (.interrupt, let cause): return interrupted(id, cause) + settleOrders(id, after: .interrupt)
    case (.retry, .retry(let brief?)): enqueue(id, brief)
    case (.release, _), (.retry, _): set(id, .unread)
    case (.hold, _):
      let submitterID = queuedBySubmitter.submitterID(of: id)
      set(id, nil)
      queuedBySubmitter.set(id, submitterID)
    case (.finish, _), (.fail, _), (.cancel, _): set(id, nil)
    }
    return [.tell(told(of: move))] + (move.from == .running ? settleOrders(id, after: move.event) : [])
  }

  private func told(of move: QueueEffect.Move) -> SpoolEvent {
    let reason = if case .reason(let reason) = move.cause { reason } else { move.event.rawValue }
    return switch move.event {
    case .finish: .finished(move.id, result: layout.result(move.id))
    case .fail: .failed(move.id, reason: reason)
    case .cancel: .cancelled(move.id, reason: reason)
    case .hold: .held(move.id)
    case .release: .released(move.id)
    case .retry: .retried(move.id)
    case .start: .started(move.id)
    case .interrupt: .interrupted(move.id)
    }
  }

  private mutating func started(_ id: JobIdentifier) -> [QueueEffect] {
    let hasWaited = wait?.id == id
    let brief = if case .waiting(let brief) = phase(id) { brief } else { JobBrief() }
    set(id, .running(brief))
    return (hasWaited ? [.forgetWait(id)] : []) + [.tell(.started(id))]
  }

  private mutating func interrupted(_ id: JobIdentifier, _ cause: QueueEffect.Cause) -> [QueueEffect] {
    let brief = if case .ending(let brief, _) = phase(id) { brief } else { JobBrief?.none }
    switch cause {
    case .delay(let reason, let seconds, let notBefore):
      let known = brief ?? JobBrief()
      set(id, .blocked(known, JobConditions(notBeforeSeconds: notBefore)))
      return [.tell(.putOff(id, reason: reason, seconds: seconds))]
    case .death(let reason, let seconds, let notBefore, let hasCheckpoint):
      resume(id, brief, JobConditions(notBeforeSeconds: seconds > 0 ? notBefore : nil))
      return [.tell(.resumes(id, reason: reason, seconds: seconds, hasCheckpoint: hasCheckpoint))]
    case .recovery:
      set(id, .unread)
      return [.tell(.recovered(id))]
    case .itself, .reason, .retry:
      resume(id, brief, JobConditions())
      return [.tell(.interrupted(id))]
    }
  }

  /// Puts a job back into the queue; after a stop, jobs remain on disk only.
  private mutating func resume(_ id: JobIdentifier, _ brief: JobBrief?, _ conditions: JobConditions) {
    switch (brief, conditions.isEmpty) {
    case (let brief?, true) where isAccepting: enqueue(id, brief)
    case (let brief?, false) where isAccepting: set(id, .blocked(brief, conditions))
    default: set(id, nil)
    }
  }
}

extension JobBrief {
  /// Returns the phase of a job whose `not_before` lies in the future; nil if it does not.
  fileprivate func wait(_ wallSeconds: Double) -> QueueState.Phase? {
    guard let time = conditions.notBeforeSeconds, wallSeconds < time else { return nil }
    return .blocked(self, JobConditions(notBeforeSeconds: time))
  }
}
