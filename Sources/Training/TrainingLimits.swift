/// Points at which a training stops although its epochs are not complete, set by the search that it belongs to.
package struct TrainingLimits: Sendable {
  /// The fraction of the epochs after which training pauses; nil to train to the end.
  package var pauseFraction: Double?
  /// The time by the ``TrainingClock`` at which training ends; nil without one.
  package var deadlineSeconds: Double?

  package init(pauseFraction: Double? = nil, deadlineSeconds: Double? = nil) {
    self.pauseFraction = pauseFraction
    self.deadlineSeconds = deadlineSeconds
  }

  /// Returns whether training pauses after `samples` rows: at the end of the iteration that is nearest to the fraction.
  func pauses(_ schedule: IterationSchedule, samples: Int) -> Bool {
    guard let pauseFraction, pauseFraction < 1 else { return false }
    return Double(samples) >= pauseFraction * Double(schedule.totalSamples) - Double(schedule.samplesPerIteration) / 2
  }
}
