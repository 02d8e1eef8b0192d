package import DeepLearning
package import Metrics

/// One finished scoring, for whoever reports it or writes a checkpoint.
package struct ScoringEvent: Sendable {
  package let point: ScoringPoint
  package let state: NetworkState
  package internal(set) var training: ModelMetrics
  package internal(set) var validation: ModelMetrics?
  package let record: ScoringRecord
  package let stops: StopCause?

  /// The metrics that the user cares for: those on the validation table, if there is one.
  package var leading: ModelMetrics { validation ?? training }

  /// The same scoring, of a training that ended for this reason.
  func stopped(by cause: StopCause?) -> ScoringEvent {
    ScoringEvent(
      point: point, state: state, training: training, validation: validation, record: record, stops: cause)
  }
}

/// Where in training a snapshot was taken.
package struct ScoringPoint: Sendable, Hashable {
  package let iteration: Int
  package let samples: Int
  package let epochs: Double
  package let elapsedSeconds: Double
  /// Units for missing levels that a trained row has turned on, ascending.
  package let trainedMissingUnits: [Int]
  /// Whether training ends here for its own reasons, so that the model must be scored.
  package let isLast: Bool

  package init(
    iteration: Int, samples: Int, epochs: Double, elapsedSeconds: Double, trainedMissingUnits: [Int] = [],
    isLast: Bool
  ) {
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
      iteration: iteration, samples: samples, epochs: epochs, elapsedSeconds: elapsedSeconds,
      trainedMissingUnits: trainedMissingUnits, isLast: isLast)
  }
}

/// Why scoring ended a training.
package enum StopCause: Sendable, Equatable {
  /// classification_stop or regression_stop.
  case targetErrorReached(Double)
  /// stopping_rounds scorings without improvement.
  case noImprovement(StoppingMetric, rounds: Int)
}

extension StopCause: CustomStringConvertible {
  package var description: String {
    switch self {
    case .targetErrorReached(let error): "training error \(error) reached the target"
    case .noImprovement(let metric, let rounds):
      "\(metric.rawValue) no longer improves (average over \(rounds) scorings)"
    }
  }
}

/// Why a model cannot be scored.
package enum ScoringError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Weights have grown beyond use; `layer` counts from 1.
  case unstable(layer: Int, epoch: Double)
  /// No row of a table has a known response: it holds the levels `found`, the model those of `known`.
  case nothingToScore(table: String, found: [String] = [], known: [String] = [])

  /// Whether the job file or its data are at fault, as opposed to the course of training.
  package var isOfTheJob: Bool {
    switch self {
    case .unstable: false
    case .nothingToScore: true
    }
  }

  package var description: String {
    switch self {
    case .unstable(let layer, let epoch):
      "training became unstable by epoch \(Int(epoch) + 1): the weights of layer \(layer) grew without bound. Try a "
        + "smaller rate or adaptive_rate, max_w2: 10, l1 or l2: 1e-5, or activation: Tanh"
    case .nothingToScore(let table, let found, let known):
      "no row of the \(table) table has a known response"
        + (found.isEmpty
          ? ""
          : ": it holds \(Self.list(found)), the training table \(Self.list(known)); rename_levels can match them")
    }
  }

  /// The first few names.
  private static func list(_ names: [String]) -> String {
    names.prefix(5).map { "'\($0)'" }.joined(separator: ", ") + (names.count > 5 ? " and \(names.count - 5) more" : "")
  }
}
