internal import Synchronization

/// The time that the live pages of a job may take: half a second, and a small share of the running time.
///
/// A search trains many short models, whose pages together would take longer than their training.
package final class PageAllowance: Sendable {
  private static let initialSeconds = 0.5
  private static let share = 0.02

  private let start: Double
  private let spent = Mutex(0.0)

  /// - `start`: The start of the job, by the clock of the other times.
  package init(start: Double) { self.start = start }

  /// Returns the seconds until the next page may be written; 0 if it may be now.
  package func secondsToNext(now: Double) -> Double {
    let earned = Self.initialSeconds + Self.share * (now - start)
    return max(0, (spent.withLock { $0 } - earned) / Self.share)
  }

  /// Takes account of a page that took `seconds`.
  package func spend(_ seconds: Double) { spent.withLock { $0 += seconds } }
}
