/// Points at which a training stops although its epochs are not complete, set by the search that it belongs to.
package struct TrainingLimits: Sendable {
  /// The fraction of the epochs after which training pauses; nil to train to the end.
  package var pauseFraction: Double?
  /// The time by the ``TrainingClock`` at which training ends; nil without one.
  package var deadlineSeconds: Double?

  /// The time by the ``TrainingClock`` after which training pauses at the end of its iteration; nil without one.
  package var pauseSeconds: Double?

  package init(pauseFraction: Double? = nil, deadlineSeconds: Double? = nil, pauseSeconds: Double? = nil) {
    self.pauseFraction = pauseFraction
    self.deadlineSeconds = deadlineSeconds
    self.pauseSeconds = pauseSeconds
  }

  /// Returns whether training pauses after `samples` rows: at the end of the iteration that is nearest to the fraction,
  /// or that the time for a pause ends.
  package func pauses(_ schedule: IterationSchedule, samples: Int, nowSeconds: Double) -> Bool {
    if let pauseSeconds, nowSeconds >= pauseSeconds { return true }
    guard let pauseFraction, pauseFraction < 1 else { return false }
    return Double(samples) >= pauseFraction * Double(schedule.totalSamples) - Double(schedule.samplesPerIteration) / 2
  }
}
