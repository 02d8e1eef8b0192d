internal import Glibc
internal import Training

/// The clocks of the composition roots; modules below receive time as a parameter.
package enum Clocks {
  /// Returns seconds of a clock that only moves forward.
  package static func monotonicSeconds() -> Double { seconds(CLOCK_MONOTONIC) }

  /// Returns seconds since 1970.
  package static func wallSeconds() -> Double { seconds(CLOCK_REALTIME) }

  /// Both clocks, for a training.
  static let ofTraining = TrainingClock(seconds: monotonicSeconds, wallSeconds: wallSeconds)

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
