internal import Synchronization

/// A minimum pause between checkpoints or pages, for jobs that score many times a second.
final class ScoringPause: Sendable {
  /// The pause; writing more often would cost more time than it saves after a crash.
  private static let minimumSeconds = 2.0

  private let last: Mutex<Double>

  /// - `since`: The start of the first pause; nil for no pause before the first time.
  init(since: Double?) { last = Mutex(since ?? -.infinity) }

  /// Returns whether the pause is over, and starts the next one if it is.
  func isDue(now: Double) -> Bool {
    last.withLock { last in
      guard now - last >= Self.minimumSeconds else { return false }
      last = now
      return true
    }
  }
}
