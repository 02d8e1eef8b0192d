package import DeepLearning

/// The results of scoring that a checkpoint contains.
package struct ScoringRecord: Sendable, Equatable {
  package var history: [ScoringHistoryRow] = []
  package var best: BestModel?
  /// The seconds spent on scoring.
  package var scoringSeconds = 0.0

  package init() {}

  /// The record without the values that early stopping uses.
  package var withoutStoppingValues: ScoringRecord {
    var record = self
    record.history = history.map(\.withoutStoppingValue)
    return record
  }

  /// The best network so far, with its loss.
  package struct BestModel: Sendable, Equatable {
    package let state: NetworkState
    package let loss: Float
    /// The units for missing levels that a row had activated by then, ascending.
    package let trainedMissingUnits: [Int]
    /// The origin of the network; nil in checkpoints of versions that did not store it.
    package let origin: DeliveredNetwork?

    package init(state: NetworkState, loss: Float, trainedMissingUnits: [Int], origin: DeliveredNetwork?) {
      self.origin = origin
      self.state = state
      self.loss = loss
      self.trainedMissingUnits = trainedMissingUnits
    }
  }
}
