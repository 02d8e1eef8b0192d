/// The endings of jobs and what follows them.
extension QueueState {
  /// The back-off in seconds for a job that the machine could not run; after the last retry the job fails.
  private static let delays = [30.0, 120, 600, 1800, 3600]
  /// The number of crashes without a new checkpoint after which a job fails.
  private static let maximumCrashes = 3
  /// The longest pause before a killed job resumes.
  private static let maximumPauseSeconds = 3600.0

  mutating func ended(_ id: JobIdentifier, _ ending: JobQueue.Ending) -> [QueueEffect] {
    let brief = if case .running(let brief) = phase(id) { brief } else { JobBrief() }
    set(id, .ending(brief, ending))
    noteNews()
    return conclude(id, ending)
  }

  mutating func endAgain(_ id: JobIdentifier) -> [QueueEffect] {
    guard case .ending(_, let ending) = phase(id) else { return [] }
    return conclude(id, ending)
  }

  /// Jobs whose endings could not be written, in order of arrival.
  package var unwritten: [JobIdentifier] {
    jobs.filter { if case .ending = $0.value.phase { true } else { false } }.keys.sorted()
  }

  private func conclude(_ id: JobIdentifier, _ ending: JobQueue.Ending) -> [QueueEffect] {
    switch ending {
    case .finished:
      (resultsGroup == .submitter ? [.handOver(id)] : []) + [.publish(id), .move(.init(id, from: .running, .finish))]
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
    _ id: JobIdentifier, _ death: QueueEffect.Death, count: Int, reason: String, wallSeconds: Double
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
    let cause = QueueEffect.Cause.death(reason: reason, seconds: seconds, notBeforeSeconds: wallSeconds + seconds)
    return [.move(.init(id, from: .running, .interrupt, cause))]
  }

  /// Returns the pause in seconds after a number of kills without progress: 0, then 1, 2, 4 and so on.
  static func pauseSeconds(kills: Int) -> Double {
    kills < 2 ? 0 : min(maximumPauseSeconds, Double(1 << min(kills - 2, 30)))
  }
}
