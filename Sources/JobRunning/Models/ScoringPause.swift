internal import Synchronization

/// Keeps jobs that score many times a second from spending their time on checkpoints and pages.
final class ScoringPause: Sendable {
  /// Neither is worth more than so many seconds of training lost.
  private static let minimumSeconds = 2.0

  private let last = Mutex<Double?>(nil)

  /// Whether enough time has passed since the last time that this was so; the first time it always has.
  func isDue(now: Double) -> Bool {
    last.withLock { last in
      if let known = last, now - known < Self.minimumSeconds { return false }
      last = now
      return true
    }
  }
}
