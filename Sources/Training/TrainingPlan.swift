package import DataFrames
package import DeepLearning

/// A job checked against its data, with every automatic choice made.
///
/// Written beside the model as plan.yaml.
package struct TrainingPlan: Sendable {
  package let topology: NetworkTopology
  package let options: LearningOptions
  package let rules: TrainingRules
  /// Of the tables that are trained and scored on.
  package let tableRules: TableRules
  package let encoding: RowEncoding
  package let schedule: IterationSchedule
  package let shards: ShardPlan
  /// Threads write the same weights without locks.
  package let isUnlocked: Bool
  package let initialWeights: InitialWeights
  /// Rows with a missing predictor are not trained on.
  package let skipsIncompleteRows: Bool
  /// Rows are drawn by their weight: H2O's way, for weights that are neither constant nor 0 and 1.
  package let drawsRowsByWeight: Bool
  /// Balanced classes; nil where the table is taken as it is.
  package let balance: ClassBalance?
  /// Factor of the loss of each class; nil without class_weight.
  package let classWeights: [Double]?
  /// Scores after every iteration and waits for it.
  package let isReproducible: Bool
  package let maximumRuntimeSeconds: Double?
  /// Keys whose value was chosen or changed, with the value in force.
  package let resolved: [(key: String, text: String)]
  /// Sentences about what was changed, left out or given without effect.
  package let warnings: [String]

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

  /// What the offsets of rows add to the output.
  var offsetRule: OffsetRule { OffsetRule(encoding.response, meaning: tableRules.offsets) }

  /// The precision in which the engine wants its inputs.
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

  /// Whether rows without missing values are the same in training and in scoring.
  package var scoresWhatItTrainsOn: Bool {
    !encoding.isSparse || tableRules.sparseTraining == .asScored
  }

  /// The encoded training table, balanced if the job says so.
  package func balanced(_ rows: EncodedRows) -> EncodedRows { balance.map { rows.selecting($0.rows) } ?? rows }

  /// The rows as they are trained on: their weights times those of their classes.
  package func weightedByClass(_ rows: EncodedRows) -> EncodedRows {
    classWeights.map(rows.weighted(byClass:)) ?? rows
  }
}
