internal import Synchronization

/// The time that the live pages of a job may take: a few pages are free, the others have a small share of the running
/// time.
///
/// A search trains many short models, whose pages together would take longer than their training.
package final class PageAllowance: Sendable {
  private static let freePages = 16
  private static let share = 0.02

  private struct Spending {
    var pages = 0
    /// The seconds of the pages that were not free.
    var seconds = 0.0
  }

  private let start: Double
  private let spending = Mutex(Spending())

  /// - `start`: The start of the job, by the clock of the other times.
  package init(start: Double) { self.start = start }

  /// Returns the seconds until the next page may be written; 0 if it may be now.
  package func secondsToNext(now: Double) -> Double {
    let spending = spending.withLock { $0 }
    guard spending.pages >= Self.freePages else { return 0 }
    return max(0, spending.seconds / Self.share - (now - start))
  }

  /// Takes account of a page that took `seconds`.
  package func spend(_ seconds: Double) {
    spending.withLock { spending in
      spending.pages += 1
      if spending.pages > Self.freePages { spending.seconds += seconds }
    }
  }
}
