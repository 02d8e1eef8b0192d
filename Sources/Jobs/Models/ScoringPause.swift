internal import Synchronization

/// A minimum pause between checkpoints or pages, for jobs that score many times a second.
package final class ScoringPause: Sendable {
  /// The pause; writing more often would cost more time than it saves after a crash.
  private static let minimumSeconds = 2.0
  /// The seconds of pause per second of work, so that work that takes long slows training by a few per cent at most.
  private static let secondsPerSecondOfWork = 20.0

  private let next: Mutex<Double>

  /// - `since`: The start of the first pause; nil for no pause before the first time.
  package init(since: Double?) { next = Mutex(since.map { $0 + Self.minimumSeconds } ?? -.infinity) }

  /// Returns whether the pause is over, and starts the next one if it is.
  package func isDue(now: Double) -> Bool {
    next.withLock { next in
      guard now >= next else { return false }
      next = now + Self.minimumSeconds
      return true
    }
  }

  /// Extends the pause after work that took `seconds`.
  package func extend(now: Double, afterWorkOf seconds: Double) {
    next.withLock { $0 = max($0, now + Self.secondsPerSecondOfWork * seconds) }
  }
}
