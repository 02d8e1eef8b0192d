/// The progress of a training: everything besides the network that is needed to resume.
package struct TrainingProgress: Sendable, Hashable, Codable {
  /// The iterations started; 0 before training.
  package var iteration = 0
  /// The rows trained.
  package var samples = 0
  /// The rows trained before the current iteration.
  package var samplesBeforeIteration = 0
  /// The entries of the iteration's row order that have been visited, if each iteration draws its own order.
  package var visited = 0
  /// The entries of the ``RowSequence`` that have been visited.
  package var position = 0
  /// The rows of that sequence; nil before training, and if each iteration draws its own order.
  package var rowSet: RowSequence.Identity?
  /// The seconds of training, over all runs of the job.
  package var elapsedSeconds = 0.0
  /// The seconds of those in which copies of the network were averaged.
  package var averagingSeconds = 0.0
  /// Whether the untrained network, the first row of an autoencoder's history, has not been scored yet.
  package var isAtStart = true
  /// The units for missing levels that a trained row has activated, ascending.
  package var trainedMissingUnits: [Int] = []
  /// Whether the current iteration is complete; false only in checkpoints from the middle of one.
  package var isBetweenIterations = true

  package init() {}
}

extension TrainingProgress {
  /// Also reads checkpoints of earlier versions, which lack some fields.
  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    iteration = try values.decode(Int.self, forKey: .iteration)
    samples = try values.decode(Int.self, forKey: .samples)
    samplesBeforeIteration = try values.decode(Int.self, forKey: .samplesBeforeIteration)
    visited = try values.decode(Int.self, forKey: .visited)
    elapsedSeconds = try values.decode(Double.self, forKey: .elapsedSeconds)
    averagingSeconds = try values.decodeIfPresent(Double.self, forKey: .averagingSeconds) ?? 0
    isBetweenIterations = try values.decode(Bool.self, forKey: .isBetweenIterations)
    isAtStart = try values.decodeIfPresent(Bool.self, forKey: .isAtStart) ?? (iteration == 0)
    position = try values.decodeIfPresent(Int.self, forKey: .position) ?? samples
    rowSet = try values.decodeIfPresent(RowSequence.Identity.self, forKey: .rowSet)
    trainedMissingUnits = try values.decodeIfPresent([Int].self, forKey: .trainedMissingUnits) ?? []
  }
}
