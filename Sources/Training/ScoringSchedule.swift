/// When the next scoring is due: by interval and duty cycle (h2o-behaviour.md#scoring-schedule).
///
/// Pure: time comes in as seconds of any clock. The last scoring counts as begun and ended at time 0 before the first
/// one, so the first is due at once, unless the duty cycle is 0.
package struct ScoringSchedule: Sendable, Hashable {
  /// The shortest time from the beginning of a scoring to the next.
  package enum Interval: Sendable, Hashable {
    case seconds(Double)
    /// A share of the expected duration of the training, at most so many seconds: short trainings are scored often
    /// enough for stopping rules to act and for curves to show something.
    case share(Double, longestSeconds: Double)

    /// Seconds from one scoring to the next.
    ///
    /// `expectedSeconds`: Duration of the whole training; nil while nobody knows.
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

  /// Whether the next scoring may begin.
  ///
  /// `expectedSeconds`: Duration of the whole training, as far as it can be foretold.
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
