/// What a training is to do between two iterations, as far as scoring decides it.
///
/// A value, so that the trainer reads the answer under a lock instead of waiting for an actor: iterations can be a few
/// milliseconds short, and each change of threads costs time and the contents of the caches.
struct ScoringAgenda: Sendable {
  /// What training does next.
  enum Answer: Sendable {
    /// Train the next iteration.
    case proceed
    /// Hand over a snapshot to be scored.
    case score
    /// Hand over a snapshot that may be scored at the end.
    case remember
    case stop(StopCause)
  }

  private let scoresEachIteration: Bool
  var schedule: ScoringSchedule
  var candidates: BestModelCandidates
  /// Whether a snapshot is being scored beside training.
  var isScoring = false
  /// Whether such a scoring has failed; the next snapshot reports why.
  var hasFailed = false
  /// Why training is to stop.
  var verdict: StopCause?

  init(_ pace: ScoringPlan.Pace, candidates: BestModelCandidates) {
    scoresEachIteration = pace.scoresEachIteration
    schedule = ScoringSchedule(interval: pace.interval, dutyCycle: pace.dutyCycle)
    self.candidates = candidates
  }

  /// Returns what training does at `point`.
  ///
  /// - `nowSeconds`: The time by the clock of the training.
  func answer(at point: ScoringPoint, nowSeconds: Double) -> Answer {
    if hasFailed { return .score }
    if let verdict, !point.isLast { return .stop(verdict) }
    if point.isLast || scoresEachIteration { return .score }
    guard !isScoring, schedule.isDue(now: nowSeconds, expectedSeconds: point.expectedSeconds) else {
      return candidates.wants(point) ? .remember : .proceed
    }
    return .score
  }
}
