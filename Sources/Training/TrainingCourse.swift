/// The length of a training, and how its iterations are carried out.
package struct TrainingCourse: Sendable {
  package let schedule: IterationSchedule
  package let shards: ShardPlan
  /// Whether threads write the same weights without locks.
  package let isUnlocked: Bool
  /// Whether training scores after every iteration and waits for the result.
  package let isReproducible: Bool
  /// The time limit; nil for none.
  package let maximumRuntimeSeconds: Double?

  package init(
    schedule: IterationSchedule, shards: ShardPlan, isUnlocked: Bool, isReproducible: Bool,
    maximumRuntimeSeconds: Double?
  ) {
    self.schedule = schedule
    self.shards = shards
    self.isUnlocked = isUnlocked
    self.isReproducible = isReproducible
    self.maximumRuntimeSeconds = maximumRuntimeSeconds
  }
}
