package import DeepLearning

/// What scoring remembers of a training: goes into checkpoints.
package struct ScoringRecord: Sendable, Equatable {
  package var history: [ScoringHistoryRow] = []
  package var best: BestModel?
  /// Seconds spent on scoring.
  package var scoringSeconds = 0.0

  package init() {}

  /// The same, but nothing is known of what early stopping watches.
  package var withoutStoppingValues: ScoringRecord {
    var record = self
    record.history = history.map(\.withoutStoppingValue)
    return record
  }

  /// The best network so far with its loss.
  package struct BestModel: Sendable, Equatable {
    package let state: NetworkState
    package let loss: Float
    /// Units for missing levels that a row had turned on by then, ascending.
    package let trainedMissingUnits: [Int]
    /// Where in the training it comes from; nil in checkpoints of builds that did not note it.
    package let origin: DeliveredNetwork?

    package init(state: NetworkState, loss: Float, trainedMissingUnits: [Int], origin: DeliveredNetwork?) {
      self.origin = origin
      self.state = state
      self.loss = loss
      self.trainedMissingUnits = trainedMissingUnits
    }
  }
}
