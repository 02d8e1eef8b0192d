internal import DataFrames
internal import DeepLearning
internal import Explanations
internal import JobFiles
internal import Metrics
internal import Models
internal import Planning
internal import Reports
internal import Training

/// Explains a trained model on the rows of its job.
struct ModelExplaining {
  /// The share of the arithmetic of a training that its explanations may add.
  private static let share = 0.1
  /// The arithmetic of training on a row, in predictions of a row.
  private static let predictionsPerTrainedRow = 3.0
  /// The multiplications of explanations that take a fraction of a second, which every training may add.
  private static let shortWork = 1.5e9
  /// The work of mixing a row and reading its prediction, in multiplications; it decides for small networks.
  private static let workPerRow = 4000.0
  /// The seeds of explanations differ from those of the training.
  private static let seedOffset: UInt64 = 0x6578_706C_6169_6E00

  private let model: Model
  private let job: JobFile
  private let seed: UInt64
  private let scorer: ModelScorer

  /// - Parameters:
  ///   - model: The model with its decision threshold.
  ///   - job: The job with the settings of the model.
  ///   - seed: The seed of its training.
  ///   - options: The metrics of the job.
  ///   - threads: The number of threads.
  ///   - heartbeat: Called regularly.
  init(
    _ model: Model, job: JobFile, seed: Int, options: MetricOptions, threads: Int,
    heartbeat: @escaping @Sendable () -> Void
  ) {
    self.model = model
    self.job = job
    self.seed = UInt64(seed: seed) &+ Self.seedOffset
    scorer = ModelScorer(threads: threads, options: options, heartbeat: heartbeat)
  }

  /// Returns the rows to compare with; nil for an autoencoder.
  func background(_ training: Frame) throws(FrameError) -> Background? {
    guard model.objective.reconstructed == nil else { return nil }
    return try Background(training, for: model, count: job.backgroundRows, seed: seed)
  }

  /// Explains the model.
  ///
  /// - Parameters:
  ///   - training: The training table.
  ///   - validation: The validation table; nil without one.
  ///   - background: The rows to compare with.
  ///   - samples: The number of rows on which the model was trained, with repetitions.
  ///   - ranked: The columns by the sum of their weights.
  /// - Returns: The explanations; nil if the job or the model has none.
  /// - Throws: `FrameError` if a table does not fit the model.
  func explain(
    training: Frame, validation: Frame?, background: Background?, samples: Int, ranked: [String]
  ) throws(FrameError) -> ExplainedTable? {
    guard job.explanations != .none, model.objective.reconstructed == nil else { return nil }
    let metric = StoppingMetric(job.stoppingMetric, isClassifier: model.classes != nil, isAutoencoder: false)
    let columns = model.encoding.columnInputs.count
    let frame = validation ?? training
    var effort = ExplanationEffort(
      rows: min(job.explanationRows, frame.rowCount), background: background?.rows.rowCount ?? 0,
      columns: columns, inputs: model.encoding.categoricals.count + model.encoding.numerics.count,
      outputs: model.topology.outputs)
    if job.explanations == .auto {
      let trained = Self.share * Self.predictionsPerTrainedRow * Double(samples)
      let short = Self.shortWork / (Double(model.topology.parameterCount) + Self.workPerRow)
      effort = effort.within(max(trained, short), columns: columns)
    }
    let explainer = ModelExplainer(
      model,
      metric: JudgingMetric(
        name: metric.nameInMetrics, moreIsBetter: metric.moreIsBetter, value: { metric.value(of: $0) }),
      seed: seed, scorer: scorer)
    let found = try explainer.explain(frame, background: background, ranked: ranked, effort: effort)
    return found.map { ExplainedTable(validation == nil ? .training : .validation, $0) }
  }
}
