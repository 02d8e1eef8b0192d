internal import Synchronization

/// Tells when a checkpoint is due between two scorings.
package final class CheckpointClock: Sendable {
  private let intervalSeconds: Double
  private let last: Mutex<Double>

  /// - `intervalSeconds`: The interval between checkpoints; 0 for none.
  package init(intervalSeconds: Double, now: Double) {
    self.intervalSeconds = intervalSeconds
    last = Mutex(now)
  }

  func isDue(now: Double) -> Bool { intervalSeconds > 0 && last.withLock { now - $0 >= intervalSeconds } }

  /// Restarts the interval after a checkpoint.
  package func restart(now: Double) { last.withLock { $0 = now } }
}
