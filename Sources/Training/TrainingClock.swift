/// The clocks of a training; time comes in as a parameter, so that tests can make it up.
package struct TrainingClock: Sendable {
  /// Seconds of a clock that only goes forward.
  package let seconds: @Sendable () -> Double
  /// Seconds since 1970, for the history.
  package let wallSeconds: @Sendable () -> Double

  package init(seconds: @escaping @Sendable () -> Double, wallSeconds: @escaping @Sendable () -> Double) {
    self.seconds = seconds
    self.wallSeconds = wallSeconds
  }
}
