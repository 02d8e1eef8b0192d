/// How long a job has made no progress, as its supervisor has seen it.
///
/// Time counts only while the supervisor itself runs: one that was stopped, or a machine that slept, hears late and must
/// not take that for a standstill of others.
package struct Silence: Sendable {
  /// What counts at most between two looks.
  package let stepSeconds: Double
  package private(set) var seconds = 0.0
  private var lookedSeconds: Double

  package init(stepSeconds: Double, nowSeconds: Double) {
    self.stepSeconds = stepSeconds
    lookedSeconds = nowSeconds
  }

  /// Something was heard.
  package mutating func end(nowSeconds: Double) {
    seconds = 0
    lookedSeconds = nowSeconds
  }

  /// Nothing was heard since the last look.
  package mutating func look(nowSeconds: Double) {
    seconds += min(stepSeconds, max(0, nowSeconds - lookedSeconds))
    lookedSeconds = nowSeconds
  }
}
