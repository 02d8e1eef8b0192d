internal import Synchronization

/// Keeps jobs that score many times a second from spending their time on checkpoints and pages.
final class ScoringPause: Sendable {
  /// Neither is worth more than so many seconds of training lost.
  private static let minimumSeconds = 2.0

  private let last: Mutex<Double>

  /// `now`: When the job begins; a job that is over within the pause writes neither.
  init(now: Double) { last = Mutex(now) }

  /// Whether enough time has passed since the beginning, and since the last time that this was so.
  func isDue(now: Double) -> Bool {
    last.withLock { last in
      guard now - last >= Self.minimumSeconds else { return false }
      last = now
      return true
    }
  }
}
