package import DataFrames
package import DeepLearning

/// A job checked against its data, with every automatic choice resolved.
///
/// It is written beside the model as plan.yaml.
package struct TrainingPlan: Sendable {
  package let topology: NetworkTopology
  package let options: LearningOptions
  package let initialWeights: InitialWeights
  package let rules: TrainingRules
  package let encoding: RowEncoding
  package let rowUse: RowUse
  package let course: TrainingCourse
  package let notes: Notes

  /// Texts about the plan for people.
  package struct Notes: Sendable {
    /// The keys whose value was chosen or changed, with the value in effect.
    package let resolved: [(key: String, text: String)]
    /// Sentences about values that were changed or ignored, or that have no effect.
    package let warnings: [String]

    package init(resolved: [(key: String, text: String)], warnings: [String]) {
      self.resolved = resolved
      self.warnings = warnings
    }
  }

  package init(
    topology: NetworkTopology, options: LearningOptions, initialWeights: InitialWeights, rules: TrainingRules,
    encoding: RowEncoding, rowUse: RowUse, course: TrainingCourse, notes: Notes
  ) {
    self.topology = topology
    self.options = options
    self.initialWeights = initialWeights
    self.rules = rules
    self.encoding = encoding
    self.rowUse = rowUse
    self.course = course
    self.notes = notes
  }

  /// The weight updates of the whole training, which measure its length without a clock.
  package var updates: Double { Double(course.schedule.totalSamples) * Double(topology.parameterCount) }

  package var isClassifier: Bool {
    switch options.objective {
    case .classification: true
    case .regression, .reconstruction: false
    }
  }

  /// The rule by which row offsets are added to the output.
  var offsetRule: OffsetRule { OffsetRule(encoding.response, meaning: rowUse.rules.offsets) }

  /// The precision of the engine's inputs.
  package var precision: RowEncoder.Precision {
    switch options.engine {
    case .exact: .double
    case .rowByRow, .miniBatches: .single
    }
  }

  /// Encodes the training table for the engine.
  package func encodeForTraining(_ frame: Frame) throws(FrameError) -> EncodedRows {
    balanced(try trainingEncoder.encode(frame).0)
  }

  private var trainingEncoder: RowEncoder {
    RowEncoder(encoding, rules: rowUse.rules, precision: precision, purpose: .training)
  }

  /// Returns the training table for ranks of which each encodes and keeps only the rows of its copies.
  ///
  /// - `ranks`: The number of processes that train copies.
  /// - Returns: Nil if all rows are needed in one place: for all ranks, for balanced classes, for an autoencoder, whose
  ///   trivial model is the mean of all inputs, or because they are sparse.
  package func parted(_ frame: Frame, ranks: Int) throws(FrameError) -> PartedRows? {
    guard ranks > 1, course.shards.dealsRows, course.shards.count >= ranks, course.schedule.isSequential,
      rowUse.balance == nil, options.objective.reconstructed == nil, !encoding.isSparse, !frame.isOpenEnded
    else { return nil }
    return try PartedRows(RowSelector(frame, trainingEncoder), encoding, classWeights: rowUse.classWeights)
  }

  /// Whether rows without missing values are encoded in the same way for training and scoring.
  package var scoresWhatItTrainsOn: Bool {
    !encoding.isSparse || rowUse.rules.sparseTraining == .asScored
  }

  /// Returns the encoded training table, balanced if the job requests it.
  package func balanced(_ rows: EncodedRows) -> EncodedRows { rowUse.balance.map { rows.selecting($0.rows) } ?? rows }

  /// Returns the rows with their weights multiplied by those of their classes.
  package func weightedByClass(_ rows: EncodedRows) -> EncodedRows {
    rowUse.classWeights.map(rows.weighted(byClass:)) ?? rows
  }
}
