/// The kind of training engine, chosen once per job from its arithmetic and mini-batch size.
package enum TrainingEngine: Sendable, Hashable, Codable {
  /// Row by row in mixed precision: ``ExactTrainer``.
  case exact
  /// Row by row in single precision: ``FastTrainer``.
  case rowByRow
  /// Mini-batches in single precision: ``BatchTrainer``.
  case miniBatches(rows: Int)

  /// Chooses an engine; mixed precision has no mini-batches and ignores `batchSize`.
  ///
  /// Adam always trains mini-batches, which may have one row.
  package init(_ arithmetic: Arithmetic, batchSize: Int, rule: UpdateRule) {
    switch arithmetic {
    case .mixedPrecision: self = .exact
    case .singlePrecision: self = batchSize > 1 || rule.countsSteps ? .miniBatches(rows: batchSize) : .rowByRow
    }
  }

  /// The rows whose gradients are averaged before the weights change.
  package var rowsPerStep: Int {
    switch self {
    case .exact, .rowByRow: 1
    case .miniBatches(let rows): rows
    }
  }

  /// The type that trains copies of a network; nil if copies cannot be averaged.
  package var copyTrainer: (any AveragedTrainer.Type)? {
    switch self {
    case .exact: nil
    case .rowByRow: FastTrainer.self
    case .miniBatches: BatchTrainer.self
    }
  }

  /// The type that trains.
  package var trainer: any NetworkTrainer.Type {
    switch self {
    case .exact: ExactTrainer.self
    case .rowByRow: FastTrainer.self
    case .miniBatches: BatchTrainer.self
    }
  }
}
