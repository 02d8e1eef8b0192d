/// The clocks of a training, passed in so that tests can replace them.
package struct TrainingClock: Sendable {
  /// The seconds of a monotonic clock.
  package let seconds: @Sendable () -> Double
  /// The seconds since 1970, for the history.
  package let wallSeconds: @Sendable () -> Double

  package init(seconds: @escaping @Sendable () -> Double, wallSeconds: @escaping @Sendable () -> Double) {
    self.seconds = seconds
    self.wallSeconds = wallSeconds
  }
}
