/// How jobs end, and what comes after.
extension QueueState {
  /// Seconds after which a job is tried again that the machine could not run; then it has failed.
  private static let delays = [30.0, 120, 600, 1800, 3600]
  /// A job whose process crashed this often, without a new checkpoint in between, is set aside.
  private static let maximumCrashes = 3
  /// Between attempts of a job that is killed again and again.
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

  /// Jobs whose endings could not be written, in the order of arrival.
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
          "quarantined: \(reason); that happened \(count) times with no progress in between; `deepspool retry` tries it "
            + "again")
      }
      seconds = 0
    case .kill: seconds = Self.pauseSeconds(kills: count)
    }
    let cause = QueueEffect.Cause.death(reason: reason, seconds: seconds, notBeforeSeconds: wallSeconds + seconds)
    return [.move(.init(id, from: .running, .interrupt, cause))]
  }

  /// Seconds before a job goes on that was killed so often without progress: none, then 1, 2, 4 and so on.
  static func pauseSeconds(kills: Int) -> Double {
    kills < 2 ? 0 : min(maximumPauseSeconds, Double(1 << min(kills - 2, 30)))
  }
}
