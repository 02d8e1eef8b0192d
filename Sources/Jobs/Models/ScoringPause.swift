internal import Synchronization

/// Keeps jobs that score many times a second from spending their time on checkpoints and pages.
final class ScoringPause: Sendable {
  /// Neither is worth more than so many seconds of training lost.
  private static let minimumSeconds = 2.0

  private let last: Mutex<Double>

  /// `since`: When the first pause begins; nil for none before the first time.
  init(since: Double?) { last = Mutex(since ?? -.infinity) }

  /// Whether enough time has passed since the last time that this was so.
  func isDue(now: Double) -> Bool {
    last.withLock { last in
      guard now - last >= Self.minimumSeconds else { return false }
      last = now
      return true
    }
  }
}
