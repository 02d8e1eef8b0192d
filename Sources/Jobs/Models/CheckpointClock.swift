internal import Synchronization

/// Says when a checkpoint is due although nothing has been scored.
final class CheckpointClock: Sendable {
  private let intervalSeconds: Double
  private let last: Mutex<Double>

  /// `intervalSeconds`: 0 for never.
  init(intervalSeconds: Double, now: Double) {
    self.intervalSeconds = intervalSeconds
    last = Mutex(now)
  }

  func isDue(now: Double) -> Bool { intervalSeconds > 0 && last.withLock { now - $0 >= intervalSeconds } }

  /// A checkpoint was written.
  func restart(now: Double) { last.withLock { $0 = now } }
}
