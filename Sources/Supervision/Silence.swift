/// The time without progress of a job, as measured by its supervisor.
///
/// Time counts only while the supervisor runs. If the supervisor or the machine was suspended,
/// reports arrive late, which must not count as a stall.
package struct Silence: Sendable {
  /// The maximum time that counts between two checks.
  package let stepSeconds: Double
  package private(set) var seconds = 0.0
  private var lookedSeconds: Double

  package init(stepSeconds: Double, nowSeconds: Double) {
    self.stepSeconds = stepSeconds
    lookedSeconds = nowSeconds
  }

  /// Records that a report arrived.
  package mutating func end(nowSeconds: Double) {
    seconds = 0
    lookedSeconds = nowSeconds
  }

  /// Records a check without a report since the last one.
  package mutating func look(nowSeconds: Double) {
    seconds += min(stepSeconds, max(0, nowSeconds - lookedSeconds))
    lookedSeconds = nowSeconds
  }
}
