internal import DataFrames
internal import DeepLearning

/// The part of a plan that an engine needs to train rows; it says nothing about tables, scoring or the length.
struct RowTraining: Sendable, Codable {
  let topology: NetworkTopology
  let options: LearningOptions
  /// Whether rows with a missing predictor are skipped.
  let skipsIncompleteRows: Bool
  /// Whether the weights of rows multiply their gradients.
  let scalesByWeight: Bool
  /// The rule by which row offsets are added to the output.
  let offsetRule: OffsetRule
}

extension TrainingPlan {
  var rowTraining: RowTraining {
    RowTraining(
      topology: topology, options: options, skipsIncompleteRows: rowUse.skipsIncomplete,
      scalesByWeight: rules.rowWeights == .scaleSteps, offsetRule: offsetRule)
  }
}
