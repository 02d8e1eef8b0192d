package import DataFrames
package import DeepLearning

/// A job checked against its data, with every automatic choice resolved.
///
/// It is written beside the model as plan.yaml.
package struct TrainingPlan: Sendable {
  package let topology: NetworkTopology
  package let options: LearningOptions
  package let rules: TrainingRules
  /// The rules of the tables for training and scoring.
  package let tableRules: TableRules
  package let encoding: RowEncoding
  package let schedule: IterationSchedule
  package let shards: ShardPlan
  /// Whether threads write the same weights without locks.
  package let isUnlocked: Bool
  package let initialWeights: InitialWeights
  /// Whether rows with a missing predictor are skipped.
  package let skipsIncompleteRows: Bool
  /// Whether rows are drawn by their weight, as H2O does for weights that are neither constant nor 0 and 1.
  package let drawsRowsByWeight: Bool
  /// The balanced classes; nil if the table is used as it is.
  package let balance: ClassBalance?
  /// The factor of the loss of each class; nil without class_weight.
  package let classWeights: [Double]?
  /// Whether training scores after every iteration and waits for the result.
  package let isReproducible: Bool
  package let maximumRuntimeSeconds: Double?
  /// The keys whose value was chosen or changed, with the value in effect.
  package let resolved: [(key: String, text: String)]
  /// Sentences about values that were changed or ignored, or that have no effect.
  package let warnings: [String]

  /// The weight updates of the whole training, which measure its length without a clock.
  package var updates: Double { Double(schedule.totalSamples) * Double(topology.parameterCount) }

  package init(
    topology: NetworkTopology, options: LearningOptions, rules: TrainingRules, tableRules: TableRules,
    encoding: RowEncoding, schedule: IterationSchedule, shards: ShardPlan, isUnlocked: Bool,
    initialWeights: InitialWeights, skipsIncompleteRows: Bool, drawsRowsByWeight: Bool, balance: ClassBalance?,
    classWeights: [Double]?, isReproducible: Bool,
    maximumRuntimeSeconds: Double?, resolved: [(key: String, text: String)], warnings: [String]
  ) {
    self.topology = topology
    self.options = options
    self.rules = rules
    self.tableRules = tableRules
    self.encoding = encoding
    self.schedule = schedule
    self.shards = shards
    self.isUnlocked = isUnlocked
    self.initialWeights = initialWeights
    self.skipsIncompleteRows = skipsIncompleteRows
    self.drawsRowsByWeight = drawsRowsByWeight
    self.balance = balance
    self.classWeights = classWeights
    self.isReproducible = isReproducible
    self.maximumRuntimeSeconds = maximumRuntimeSeconds
    self.resolved = resolved
    self.warnings = warnings
  }

  package var isClassifier: Bool {
    switch options.objective {
    case .classification: true
    case .regression, .reconstruction: false
    }
  }

  /// The rule by which row offsets are added to the output.
  var offsetRule: OffsetRule { OffsetRule(encoding.response, meaning: tableRules.offsets) }

  /// The precision of the engine's inputs.
  package var precision: RowEncoder.Precision {
    switch options.engine {
    case .exact: .double
    case .rowByRow, .miniBatches: .single
    }
  }

  /// Encodes the training table for the engine.
  package func encodeForTraining(_ frame: Frame) throws(FrameError) -> EncodedRows {
    let encoder = RowEncoder(encoding, rules: tableRules, precision: precision, purpose: .training)
    return balanced(try encoder.encode(frame).0)
  }

  /// Whether rows without missing values are encoded in the same way for training and scoring.
  package var scoresWhatItTrainsOn: Bool {
    !encoding.isSparse || tableRules.sparseTraining == .asScored
  }

  /// Returns the encoded training table, balanced if the job requests it.
  package func balanced(_ rows: EncodedRows) -> EncodedRows { balance.map { rows.selecting($0.rows) } ?? rows }

  /// Returns the rows with their weights multiplied by those of their classes.
  package func weightedByClass(_ rows: EncodedRows) -> EncodedRows {
    classWeights.map(rows.weighted(byClass:)) ?? rows
  }
}
