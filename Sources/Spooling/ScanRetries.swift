/// The times at which the whole spool is scanned again after a step has failed.
///
/// The pause doubles while steps keep failing, so that one lasting problem does not cause endless scans. Pure: callers
/// pass the time in seconds.
package struct ScanRetries: Sendable {
  private static let firstPauseSeconds = 1.0
  private static let maximumPauseSeconds = 16.0

  /// The time of the next scan; infinity for none.
  package private(set) var dueSeconds = Double.infinity
  private var pauseSeconds = firstPauseSeconds

  package init() {}

  /// Records that a step failed.
  package mutating func noteFailure(nowSeconds: Double) {
    guard dueSeconds == .infinity else { return }
    dueSeconds = nowSeconds + pauseSeconds
  }

  /// Begins a scan if one is due.
  package mutating func begin(nowSeconds: Double) -> Bool {
    guard dueSeconds <= nowSeconds else { return false }
    dueSeconds = .infinity
    return true
  }

  /// Records the end of a scan.
  package mutating func end() {
    pauseSeconds = dueSeconds == .infinity ? Self.firstPauseSeconds : min(2 * pauseSeconds, Self.maximumPauseSeconds)
  }
}
