/// The times at which a file that sums up many events is written again.
///
/// A burst of events leads to few writes, and a file that takes long to write is written less often, so that writing
/// takes at most a fiftieth of the time of a processor. Pure: callers pass the time in seconds.
package struct RewriteSchedule: Sendable, Equatable {
  /// The pause after a write, in multiples of its duration.
  private static let pausePerWrite = 50.0
  /// The pause after a failed write: a full disk does not have room again at once.
  private static let failurePauseSeconds = 60.0

  private let minimumSeconds: Double
  /// The time of the next write without limits; infinity if nothing has changed.
  private var wantedSeconds = Double.infinity
  /// The time before which nothing is written.
  private var earliestSeconds = -Double.infinity
  /// The time at which the current write began; nil between writes.
  private var begunSeconds: Double?

  /// Creates a schedule.
  ///
  /// `minimumSeconds`: The seconds between the starts of two writes.
  package init(minimumSeconds: Double) { self.minimumSeconds = minimumSeconds }

  /// The time of the next write; infinity for none.
  package var dueSeconds: Double { begunSeconds == nil ? max(wantedSeconds, earliestSeconds) : .infinity }

  /// Records a change that the file must show.
  ///
  /// `delaySeconds`: The seconds for which further changes may be collected.
  package mutating func changed(nowSeconds: Double, delaySeconds: Double) {
    wantedSeconds = min(wantedSeconds, nowSeconds + delaySeconds)
  }

  /// Begins a write if one is due.
  package mutating func begin(nowSeconds: Double) -> Bool {
    guard dueSeconds <= nowSeconds else { return false }
    begunSeconds = nowSeconds
    wantedSeconds = .infinity
    return true
  }

  /// Records the end of a write; a failed write is repeated.
  package mutating func end(nowSeconds: Double, hasFailed: Bool) {
    guard let begunSeconds else { return }
    self.begunSeconds = nil
    earliestSeconds = max(
      begunSeconds + minimumSeconds, nowSeconds + Self.pausePerWrite * (nowSeconds - begunSeconds))
    guard hasFailed else { return }
    wantedSeconds = min(wantedSeconds, nowSeconds)
    earliestSeconds = max(earliestSeconds, nowSeconds + Self.failurePauseSeconds)
  }
}
