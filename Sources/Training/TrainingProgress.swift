/// How far training has come: everything beside the weights that is needed to go on.
package struct TrainingProgress: Sendable, Hashable, Codable {
  /// Iterations begun; 0 before training.
  package var iteration = 0
  /// Rows trained.
  package var samples = 0
  /// Rows trained before the current iteration.
  package var samplesBeforeIteration = 0
  /// Entries of the iteration's row order that have been visited, where each iteration has an order of its own.
  package var visited = 0
  /// Entries of the ``RowSequence`` that have been visited.
  package var position = 0
  /// The rows of that sequence; nil before training, and where each iteration has an order of its own.
  package var rowSet: RowSequence.Identity?
  /// Seconds of training, over all runs of the job.
  package var elapsedSeconds = 0.0
  /// Whether the untrained network, which is the first row of an autoencoder's history, is still to be scored.
  package var isAtStart = true
  /// Units for missing levels that a trained row has turned on, ascending.
  package var trainedMissingUnits: [Int] = []
  /// Whether the current iteration is finished: false only in checkpoints taken in the middle of one.
  package var isBetweenIterations = true

  package init() {}
}

extension TrainingProgress {
  /// Reads checkpoints of earlier builds too, which lack some of the fields.
  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    iteration = try values.decode(Int.self, forKey: .iteration)
    samples = try values.decode(Int.self, forKey: .samples)
    samplesBeforeIteration = try values.decode(Int.self, forKey: .samplesBeforeIteration)
    visited = try values.decode(Int.self, forKey: .visited)
    elapsedSeconds = try values.decode(Double.self, forKey: .elapsedSeconds)
    isBetweenIterations = try values.decode(Bool.self, forKey: .isBetweenIterations)
    isAtStart = try values.decodeIfPresent(Bool.self, forKey: .isAtStart) ?? (iteration == 0)
    position = try values.decodeIfPresent(Int.self, forKey: .position) ?? samples
    rowSet = try values.decodeIfPresent(RowSequence.Identity.self, forKey: .rowSet)
    trainedMissingUnits = try values.decodeIfPresent([Int].self, forKey: .trainedMissingUnits) ?? []
  }
}
