internal import DataFrames
package import DeepLearning
package import Metrics
internal import Wording

/// The result of a scoring, for reports and checkpoints.
package struct ScoringEvent: Sendable {
  package let point: ScoringPoint
  package let state: NetworkState
  package internal(set) var training: ModelMetrics
  package internal(set) var validation: ModelMetrics?
  package let record: ScoringRecord
  package let stops: StopCause?
  /// The origin of the scored network.
  package let network: DeliveredNetwork
  /// The metric that decides when training stops and which network is best, with its value on the leading table.
  package let deciding: ModelMetrics.Named
  /// Whether training seems to diverge.
  package var isSuspicious = false

  /// The metrics that decide: those on the validation table, if there is one that can.
  package var leading: ModelMetrics { .leading(training: training, validation: validation) }

  /// Whether ``leading`` are metrics on the validation table.
  package var isLedByValidation: Bool { validation?.isDecisive ?? false }

  /// Returns the event with another stop cause.
  func stopped(by cause: StopCause?) -> ScoringEvent {
    ScoringEvent(
      point: point, state: state, training: training, validation: validation, record: record, stops: cause,
      network: network, deciding: deciding)
  }
}

/// The point of training at which a snapshot was taken.
package struct ScoringPoint: Sendable, Hashable, Codable {
  package let iteration: Int
  package let samples: Int
  package let epochs: Double
  package let elapsedSeconds: Double
  /// The seconds of those in which copies of the network were averaged.
  package let averagingSeconds: Double
  /// The fraction of the training that is complete, at most 1.
  package let fraction: Double
  /// The entries of the row sequence that have been visited.
  package let position: Int
  /// The units for missing levels that a trained row has activated, ascending.
  package let trainedMissingUnits: [Int]
  /// Whether training ends here for its own reasons, so that the model must be scored.
  package let isLast: Bool

  package init(
    iteration: Int, samples: Int, epochs: Double, elapsedSeconds: Double, averagingSeconds: Double = 0,
    fraction: Double = 0, position: Int = 0, trainedMissingUnits: [Int] = [], isLast: Bool
  ) {
    self.averagingSeconds = averagingSeconds
    self.fraction = fraction
    self.position = position
    self.iteration = iteration
    self.samples = samples
    self.epochs = epochs
    self.elapsedSeconds = elapsedSeconds
    self.trainedMissingUnits = trainedMissingUnits
    self.isLast = isLast
  }

  /// Returns the point with other units for missing levels, for scoring an earlier network.
  func knowing(_ trainedMissingUnits: [Int]) -> ScoringPoint {
    ScoringPoint(
      iteration: iteration, samples: samples, epochs: epochs, elapsedSeconds: elapsedSeconds,
      averagingSeconds: averagingSeconds, fraction: fraction, position: position,
      trainedMissingUnits: trainedMissingUnits, isLast: isLast)
  }

  /// The expected duration of the whole training at the current speed; nil before its first row.
  var expectedSeconds: Double? { fraction > 0 ? elapsedSeconds / fraction : nil }
}

/// The reason why scoring ended a training.
package enum StopCause: Sendable, Equatable {
  /// The error on the training rows has reached the limit of a rule.
  case targetErrorReached(Double, rule: TargetRule, limit: Double)
  /// There was no improvement over stopping_rounds scorings.
  case noImprovement(StoppingMetric, rounds: Int, tolerance: Double)
}

extension StopCause {
  /// A rule that ends training at a given error.
  package enum TargetRule: String, Sendable {
    case classificationStop = "classification_stop"
    case regressionStop = "regression_stop"

    var error: String {
      switch self {
      case .classificationStop: "error rate"
      case .regressionStop: "mean squared error"
      }
    }
  }
}

extension StopCause: CustomStringConvertible {
  package var description: String {
    switch self {
    case .targetErrorReached(let error, let rule, let limit):
      // Float prints fewer digits, enough for a message.
      "stopped early: the \(rule.error) on the training rows is \(Float(error)), at or below \(rule.rawValue) (\(NumberText.shortest(limit))); set \(rule.rawValue) to -1 to turn this off"
    case .noImprovement(let metric, let rounds, let tolerance):
      "stopped early: \(metric.rawValue) did not improve"
        + (tolerance > 0 ? " by more than \(NumberText.shortest(tolerance)) of its value (stopping_tolerance)" : "")
        + " over \(rounds) scorings (stopping_rounds)"
    }
  }
}

/// The purpose of a scored table.
package enum TableRole: String, Sendable {
  case training
  case validation
}

/// An error for models that cannot be scored.
package enum ScoringError: Error, Sendable, Equatable, CustomStringConvertible {
  /// No row of a table has a known response: the table has the levels `found`, the model those of `known`.
  case nothingToScore(table: TableRole, found: [String] = [], known: [String] = [])

  /// The number of levels that a message lists.
  private static let namedLevels = 5

  package var description: String {
    switch self {
    case .nothingToScore(let table, let found, let known):
      "no row of the \(table.rawValue) table has a known response"
        + (found.isEmpty
          ? ""
          : ": its levels are \(found.quoted(atMost: Self.namedLevels)), those of the training table are "
            + "\(known.quoted(atMost: Self.namedLevels)); match them with rename_levels")
    }
  }
}
