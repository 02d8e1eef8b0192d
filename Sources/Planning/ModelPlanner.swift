package import DataFrames
internal import DeepLearning
internal import Documents
package import JobFiles
internal import Metrics
internal import Models
package import Training

/// Makes the plan of one model from a job, its tables and its compatibility mode.
package struct ModelPlanner: Sendable {
  /// The rows on which a model is validated during training.
  package enum Validation: Sendable {
    case none
    case table(Frame)
    /// The rows of the training table, with these weights instead of their own.
    case heldOut([Double])
  }

  private let job: JobFile
  private let compatibility: Compatibility

  /// - `job`: The job with the settings in force.
  package init(_ job: JobFile, _ compatibility: Compatibility) {
    self.job = job
    self.compatibility = compatibility
  }

  /// Makes all automatic choices and encodes the tables.
  ///
  /// - Parameters:
  ///   - table: The training table.
  ///   - validation: The rows on which the model is validated.
  ///   - seed: The seed if the job gives none.
  ///   - threads: The number of threads for layers, copies of the network and scoring.
  ///   - basis: The encoding of the model that continues training; nil to encode by the table.
  ///   - samples: The rows that this model has trained already.
  ///   - ranks: The number of processes that train copies of the network.
  /// - Returns: The plan, and warnings about metrics and the validation table in addition to those
  ///   of the training plan.
  /// - Throws: ``TrainingError``, ``ScoringError``, `DocumentError` or `FrameError` if job and
  ///   tables do not match.
  package func plan(
    _ table: Frame, validation: Validation, seed: Int, threads: Int, basis: RowEncoding? = nil,
    samples: Int = 0, ranks: Int = 1
  ) throws -> (model: ModelPlan, warnings: [String]) {
    let planner = TrainingPlanner(job, compatibility)
    let training = try planner.weighted(table, seed: seed)
    let plan = try planner.plan(training, given: table, seed: seed, basis: basis, samples: samples)
    let requests = MetricRequests(job, classCount: plan.encoding.classes?.count ?? 1)
    if let fault = requests.fault(isClassifier: plan.isClassifier) { throw DocumentError([fault]) }
    let scoring = ScoringPlanner(job: job, compatibility: compatibility).plan(for: plan)
    let template = template(plan, training)
    let parts = try parts(plan, training, validation, ranks: ranks)
    let encoded = try parts?.outline ?? plan.encodeForTraining(training)
    // Class weights act in training only.
    let rows = plan.weightedByClass(encoded)
    try refuseNothingToTrain(rows, plan: plan, path: training.path)
    // Training and scoring share the encoded rows unless they encode missing values differently.
    let isShared = rows.incomplete.isEmpty && plan.scoresWhatItTrainsOn
    let isOriginal = parts != nil || (isShared && plan.rowUse.balance == nil)
    let original = isOriginal ? encoded : try template.encode(training).rows
    let measured =
      !compatibility.has(.balancedRowsAreMeasured) ? original : isShared ? encoded : plan.balanced(original)
    var trainingTable = ScoringTable(measured, samples: job.scoreTrainingSamples, seed: plan.options.seed)
    if let parts {
      let selector = isShared ? parts.selector : RowSelector(training, template.scoringEncoder)
      trainingTable = try trainingTable.reduced { rows throws(FrameError) in try selector.rows(rows) }
    }
    var warnings = [requests.warning].compactMap { $0 }
    let validationTable: ScoringTable?
    switch validation {
    case .none: validationTable = nil
    case .heldOut(let weights): validationTable = sampled(original.weighted(weights), plan)
    case .table(let frame):
      let (rows, sentences) = try encode(frame, plan, template)
      warnings += frame.warnings + sentences
      if let classes = plan.encoding.classes {
        let decides = compatibility.metrics.oneClassDecides
        warnings += [ValidationClasses(rows, classes: classes).warning(job, decides: decides)].compactMap { $0 }
      }
      validationTable = sampled(rows, plan)
    }
    let baseline = Baseline(
      TrivialModel(original, for: template), for: template, training: trainingTable, validation: validationTable,
      by: ModelScorer(threads: threads, options: scoring.metricOptions))
    let model = ModelPlan(
      training: plan, scoring: scoring, template: template, rows: rows, parts: parts, trainingTable: trainingTable,
      validationTable: validationTable, baseline: baseline, threads: threads)
    return (model, warnings)
  }

  /// Returns the training table for ranks that keep only their rows; nil if this process scores all of them, or for other
  /// reasons of the plan.
  private func parts(
    _ plan: TrainingPlan, _ training: Frame, _ validation: Validation, ranks: Int
  ) throws(FrameError) -> PartedRows? {
    if case .heldOut = validation { return nil }
    guard 0 < job.scoreTrainingSamples, job.scoreTrainingSamples < training.rowCount else { return nil }
    return try plan.parted(training, ranks: ranks)
  }

  /// The model without its weights.
  private func template(_ plan: TrainingPlan, _ training: Frame) -> Model {
    let encoding = plan.encoding
    let names = encoding.sources.map(\.name) + [encoding.response.name, encoding.offset].compactMap(\.self)
    return Model(
      topology: plan.topology, objective: plan.options.objective, dropout: plan.options.dropout,
      encoding: plan.encoding, rules: compatibility.model,
      notation: training.layout?.notation.restricted(to: Set(names)) ?? TableNotation(),
      classCorrection: plan.rowUse.balance?.correction,
      state: NetworkState(layers: []), huberAlpha: job.huberAlpha)
  }

  /// Encodes a validation table and returns its rows with warnings.
  private func encode(
    _ frame: Frame, _ plan: TrainingPlan, _ template: Model
  ) throws -> (rows: EncodedRows, warnings: [String]) {
    if let response = plan.encoding.response.name { _ = try frame.column(named: response, for: .response) }
    let (rows, sentences) = try template.encode(frame)
    guard rows.targets.contains(where: { !$0.isNaN }) else {
      let response = plan.encoding.response.name.flatMap { frame.column(named: $0) }
      throw ScoringError.nothingToScore(
        table: .validation, found: response?.levels ?? [], known: plan.encoding.classes ?? [])
    }
    return (rows, sentences)
  }

  /// Returns the rows of a validation table that are scored, sampled as the job specifies.
  private func sampled(_ rows: EncodedRows, _ plan: TrainingPlan) -> ScoringTable {
    let (seed, samples) = (plan.options.seed &+ 1, job.scoreValidationSamples)
    let keepsShares = compatibility.has(.stratifiedSamplesKeepShares)
    guard job.scoreValidationSampling == .stratified, plan.rowUse.balance != nil || !keepsShares,
      let classes = plan.encoding.classes
    else { return ScoringTable(rows, samples: samples, seed: seed) }
    guard keepsShares else {
      let sample = EvenClassSample(rows, classCount: classes.count, samples: samples, seed: seed)
      return ScoringTable(rows.weighted(byClass: sample.weights), selection: sample.rows)
    }
    return ScoringTable(
      rows, selection: ClassBalance.stratified(rows, classCount: classes.count, samples: samples, seed: seed))
  }

  private func refuseNothingToTrain(_ rows: EncodedRows, plan: TrainingPlan, path: String) throws(FrameError) {
    let eligibility = RowEligibility(rows, skipsIncompleteRows: plan.rowUse.skipsIncomplete)
    guard !(0..<rows.rowCount).contains(where: eligibility.isTrained) else { return }
    throw .unusable(
      path: path,
      problem: "no row is left to train on: every row has a missing response, weight 0, or a missing value while "
        + "missing_values_handling is Skip")
  }
}
