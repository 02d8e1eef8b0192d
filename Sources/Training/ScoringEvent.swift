internal import DataFrames
package import DeepLearning
package import Metrics
internal import Wording

/// One finished scoring, for whoever reports it or writes a checkpoint.
package struct ScoringEvent: Sendable {
  package let point: ScoringPoint
  package let state: NetworkState
  package internal(set) var training: ModelMetrics
  package internal(set) var validation: ModelMetrics?
  package let record: ScoringRecord
  package let stops: StopCause?
  /// Which network was scored.
  package let network: DeliveredNetwork
  /// The metric that decides when training stops and which network is best, with its value on the leading table.
  package let deciding: ModelMetrics.Named
  /// Whether training looks as if it had run away.
  package var isSuspicious = false

  /// The metrics that the user cares for: those on the validation table, if there is one.
  package var leading: ModelMetrics { validation ?? training }

  /// The same scoring, of a training that ended for this reason.
  func stopped(by cause: StopCause?) -> ScoringEvent {
    ScoringEvent(
      point: point, state: state, training: training, validation: validation, record: record, stops: cause,
      network: network, deciding: deciding)
  }
}

/// Where in training a snapshot was taken.
package struct ScoringPoint: Sendable, Hashable {
  package let iteration: Int
  package let samples: Int
  package let epochs: Double
  package let elapsedSeconds: Double
  /// Share of the training that is done, at most 1.
  package let fraction: Double
  /// Entries of the row sequence that have been visited.
  package let position: Int
  /// Units for missing levels that a trained row has turned on, ascending.
  package let trainedMissingUnits: [Int]
  /// Whether training ends here for its own reasons, so that the model must be scored.
  package let isLast: Bool

  package init(
    iteration: Int, samples: Int, epochs: Double, elapsedSeconds: Double, fraction: Double = 0, position: Int = 0,
    trainedMissingUnits: [Int] = [], isLast: Bool
  ) {
    self.fraction = fraction
    self.position = position
    self.iteration = iteration
    self.samples = samples
    self.epochs = epochs
    self.elapsedSeconds = elapsedSeconds
    self.trainedMissingUnits = trainedMissingUnits
    self.isLast = isLast
  }

  /// The point at which an earlier network is scored that had turned on other units for missing levels.
  func knowing(_ trainedMissingUnits: [Int]) -> ScoringPoint {
    ScoringPoint(
      iteration: iteration, samples: samples, epochs: epochs, elapsedSeconds: elapsedSeconds, fraction: fraction,
      position: position, trainedMissingUnits: trainedMissingUnits, isLast: isLast)
  }

  /// Seconds that the whole training will take if it goes on as before; nil before its first row.
  var expectedSeconds: Double? { fraction > 0 ? elapsedSeconds / fraction : nil }
}

/// Why scoring ended a training.
package enum StopCause: Sendable, Equatable {
  /// The error on the training rows has reached the value of a rule.
  case targetErrorReached(Double, rule: TargetRule, limit: Double)
  /// stopping_rounds scorings without improvement.
  case noImprovement(StoppingMetric, rounds: Int, tolerance: Double)
}

extension StopCause {
  /// A rule that ends training at an error.
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
      // Single precision prints as many digits as a message needs.
      "stopped early: the \(rule.error) on the training rows is \(Float(error)), at most \(rule.rawValue) (\(NumberText.shortest(limit)))"
    case .noImprovement(let metric, let rounds, let tolerance):
      "stopped early: \(metric.rawValue) did not improve"
        + (tolerance > 0 ? " by more than \(NumberText.shortest(tolerance)) of its value (stopping_tolerance)" : "")
        + " over \(rounds) scorings (stopping_rounds)"
    }
  }
}

/// What a table is scored for.
package enum TableRole: String, Sendable {
  case training
  case validation
}

/// Why a model cannot be scored.
package enum ScoringError: Error, Sendable, Equatable, CustomStringConvertible {
  /// No row of a table has a known response: it holds the levels `found`, the model those of `known`.
  case nothingToScore(table: TableRole, found: [String] = [], known: [String] = [])

  /// Levels that a message names.
  private static let namedLevels = 5

  package var description: String {
    switch self {
    case .nothingToScore(let table, let found, let known):
      "no row of the \(table.rawValue) table has a known response"
        + (found.isEmpty
          ? ""
          : ": it holds \(found.quoted(atMost: Self.namedLevels)), the training table "
            + "\(known.quoted(atMost: Self.namedLevels)); rename_levels can match them")
    }
  }
}
