/// When the next scoring is due: H2O's rule of interval and duty cycle (behavioural notes, section 8.1).
///
/// Pure: time comes in as seconds of any clock. The last scoring counts as begun and ended at time 0 before the first
/// one, so the first is due at once, unless the duty cycle is 0.
package struct ScoringSchedule: Sendable, Hashable {
  private let intervalSeconds: Double
  private let dutyCycle: Double
  private var lastStart = -Double.infinity
  private var lastDuration = 0.0

  package init(intervalSeconds: Double, dutyCycle: Double) {
    self.intervalSeconds = intervalSeconds
    self.dutyCycle = dutyCycle
  }

  package func isDue(now: Double) -> Bool {
    let sinceStart = now - lastStart
    guard sinceStart > intervalSeconds else { return false }
    return (sinceStart.isInfinite ? 0 : lastDuration / sinceStart) < dutyCycle
  }

  package mutating func scored(from start: Double, to end: Double) {
    lastStart = start
    lastDuration = end - start
  }
}
