/// The rule that decides when the next scoring is due, by interval and duty cycle (h2o-behaviour.md#scoring-schedule).
///
/// Pure: times come in as seconds of any clock. The first scoring is due at once, unless the duty cycle is 0.
package struct ScoringSchedule: Sendable, Hashable {
  /// The shortest time from the start of a scoring to the start of the next.
  package enum Interval: Sendable, Hashable {
    case seconds(Double)
    /// A fraction of the expected duration of the training, with an upper limit.
    ///
    /// Short trainings are thus scored often enough for stopping rules to act and for curves to have several points.
    case share(Double, longestSeconds: Double)

    /// Returns the seconds from one scoring to the next.
    ///
    /// `expectedSeconds`: The expected duration of the whole training; nil if unknown.
    func seconds(expectedSeconds: Double?) -> Double {
      switch self {
      case .seconds(let seconds): seconds
      case .share(let share, let longest): expectedSeconds.map { min(longest, share * $0) } ?? longest
      }
    }
  }

  private let interval: Interval
  private let dutyCycle: Double
  private var lastStart = -Double.infinity
  private var lastDuration = 0.0

  package init(interval: Interval, dutyCycle: Double) {
    self.interval = interval
    self.dutyCycle = dutyCycle
  }

  /// Returns whether the next scoring may start.
  ///
  /// `expectedSeconds`: The expected duration of the whole training; nil if unknown.
  package func isDue(now: Double, expectedSeconds: Double?) -> Bool {
    let sinceStart = now - lastStart
    guard sinceStart > interval.seconds(expectedSeconds: expectedSeconds) else { return false }
    return (sinceStart.isInfinite ? 0 : lastDuration / sinceStart) < dutyCycle
  }

  package mutating func scored(from start: Double, to end: Double) {
    lastStart = start
    lastDuration = end - start
  }
}
