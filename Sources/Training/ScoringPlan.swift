package import Metrics
internal import Models

/// The plan of scoring: when, on how many rows, and which results end the training.
package struct ScoringPlan: Sendable {
  /// The times at which scorings happen.
  package struct Pace: Sendable {
    package let scoresEachIteration: Bool
    /// Whether training waits for every score instead of continuing beside it.
    package let waitsForScores: Bool
    package let interval: ScoringSchedule.Interval
    /// The fraction of the time that scoring may take.
    package let dutyCycle: Double

    package init(
      scoresEachIteration: Bool, waitsForScores: Bool, interval: ScoringSchedule.Interval, dutyCycle: Double
    ) {
      self.scoresEachIteration = scoresEachIteration
      self.waitsForScores = waitsForScores
      self.interval = interval
      self.dutyCycle = dutyCycle
    }
  }

  /// An error on the training rows at which training ends.
  package struct Target: Sendable {
    package let rule: StopCause.TargetRule
    /// The limit; negative values disable the rule.
    package let limit: Double

    package init(rule: StopCause.TargetRule, limit: Double) {
      self.rule = rule
      self.limit = limit
    }
  }

  package let pace: Pace
  package let stopping: StoppingRule
  package let target: Target
  /// Whether the best network may replace the last one.
  package let keepsBestModel: Bool
  /// Whether the last of several networks with the same score is the best one.
  package let lastOfEqualsIsBest: Bool
  /// Whether the delivered network of a classifier is calibrated on the validation rows.
  package let scalesTemperature: Bool
  package let metricOptions: MetricOptions

  package init(
    pace: Pace, stopping: StoppingRule, target: Target, keepsBestModel: Bool, lastOfEqualsIsBest: Bool = false,
    scalesTemperature: Bool = false, metricOptions: MetricOptions
  ) {
    self.lastOfEqualsIsBest = lastOfEqualsIsBest
    self.scalesTemperature = scalesTemperature
    self.pace = pace
    self.stopping = stopping
    self.target = target
    self.keepsBestModel = keepsBestModel
    self.metricOptions = metricOptions
  }
}
