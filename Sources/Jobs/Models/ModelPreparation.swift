internal import DataFrames
internal import DeepLearning
internal import Documents
internal import DurableFiles
internal import JobFiles
internal import Models
internal import Planning
internal import Training

/// A model with its plan made, its rows encoded and its starting point found: ready to train.
struct ModelPreparation: Sendable {
  let plan: TrainingPlan
  let scoringPlan: ScoringPlan
  let template: Model
  let rows: EncodedRows
  let trainingTable: ScoringTable
  let validationTable: ScoringTable?
  /// What the model is compared with.
  let baseline: Baseline
  let candidates: BestModelCandidates
  let start: Start
  let warnings: [String]

  /// Where training begins.
  struct Start: Sendable {
    enum Origin: Sendable {
      /// First weights.
      case fresh
      /// An interrupted run of the same job.
      case interrupted
      /// An earlier job, whose training is continued.
      case continued
      /// Training has ended, for this reason.
      case ended(String)
    }

    let state: NetworkState
    var progress: TrainingProgress
    let record: ScoringRecord
    let origin: Origin
    /// Which network the state is, if training has ended.
    var network: DeliveredNetwork?
  }

  /// Encodes the tables, makes the plan, looks for a checkpoint.
  static func prepare(_ request: ModelRequest, fileSystem: FileSystem) throws -> ModelPreparation {
    let job = request.trainedJob
    let planner = TrainingPlanner(job)
    let training = try planner.weighted(request.training, seed: request.seed)
    let plan = try planner.plan(
      training, given: request.training, seed: request.seed,
      basis: EarlierModel.encodingToContinue(request, fileSystem: fileSystem))
    if let fault = ScoringPlan.metricFault(job, isClassifier: plan.isClassifier) { throw DocumentError([fault]) }
    let scoringPlan = ScoringPlan(
      job, isClassifier: plan.isClassifier, isReproducible: plan.isReproducible, seed: plan.options.seed,
      threads: request.threads)
    let template = Model(
      topology: plan.topology, objective: plan.options.objective, dropout: plan.options.dropout,
      encoding: plan.encoding, quirks: plan.quirks, rules: plan.options.rules,
      classCorrection: plan.balance?.correction,
      state: NetworkState(layers: []),
      huberAlpha: job.huberAlpha)
    let encoded = try plan.encodeForTraining(training)
    // The weights of classes act in training only.
    let rows = plan.weightedByClass(encoded)
    try refuseNothingToTrain(rows, plan: plan, path: training.path)
    // Training and scoring encode missing values differently where quirks say so; the rows are shared otherwise.
    let isShared = rows.incomplete.isEmpty && plan.scoresWhatItTrainsOn
    let original = isShared && plan.balance == nil ? encoded : try template.encode(training).rows
    let measuresBalanced = plan.quirks.contains(.balancedRowsAreMeasured)
    let measured = !measuresBalanced ? original : isShared ? encoded : plan.balanced(original)
    let trainingTable = ScoringTable(measured, samples: scoringPlan.trainingSamples, seed: scoringPlan.seed)
    var warnings = (request.heldOut?.warnings ?? []) + plan.warnings + GivenWeights.warnings(job)
    warnings += [request.bestModelWarning].compactMap { $0 }
    let classCount = template.classes?.count ?? 1
    if let sentence = ScoringPlan.metricWarning(job, classCount: classCount) { warnings.append(sentence) }
    let validationTable: ScoringTable?
    switch request.validation {
    case .none: validationTable = nil
    case .heldOut(let weights): validationTable = sampled(original.weighted(weights), job, plan, scoringPlan)
    case .table(let frame):
      if let response = plan.encoding.response.name { _ = try frame.column(named: response, for: .response) }
      let (rows, sentences) = try template.encode(frame)
      guard rows.targets.contains(where: { !$0.isNaN }) else {
        let response = plan.encoding.response.name.flatMap { frame.column(named: $0) }
        throw ScoringError.nothingToScore(
          table: .validation, found: response?.levels ?? [], known: plan.encoding.classes ?? [])
      }
      warnings += frame.warnings + sentences
      validationTable = sampled(rows, job, plan, scoringPlan)
    }
    let baseline = Baseline(
      TrivialModel(original, for: template), for: template, training: trainingTable, validation: validationTable,
      by: ModelScorer(threads: request.threads, options: scoringPlan.metricOptions))
    let candidates = BestModelCandidates(
      job: job, parameterCount: plan.topology.parameterCount, memories: plan.options.rule.memoriesPerWeight,
      trainedRows: plan.schedule.totalSamples,
      scoredRows: trainingTable.rowCount + (validationTable?.rowCount ?? 0))
    var start = try StartingPoint(request, plan: plan, fileSystem: fileSystem).find()
    if plan.schedule.isSequential {
      let (progress, hasOtherRows) = start.progress.continued(on: RowSequence(rows, plan: plan).identity)
      start.progress = progress
      if hasOtherRows {
        warnings.append(
          "the training table has other usable rows than the one before; training goes on with a new permutation of them"
        )
      }
    }
    return ModelPreparation(
      plan: plan, scoringPlan: scoringPlan, template: template, rows: rows, trainingTable: trainingTable,
      validationTable: validationTable, baseline: baseline, candidates: candidates, start: start, warnings: warnings)
  }

  /// The rows of a validation table that are scored.
  private static func sampled(
    _ rows: EncodedRows, _ job: JobFile, _ plan: TrainingPlan, _ scoringPlan: ScoringPlan
  ) -> ScoringTable {
    let seed = scoringPlan.seed &+ 1
    let keepsShares = job.quirks.contains(.stratifiedSamplesKeepShares)
    guard job.scoreValidationSampling == .stratified, plan.balance != nil || !keepsShares,
      let classes = plan.encoding.classes
    else { return ScoringTable(rows, samples: scoringPlan.validationSamples, seed: seed) }
    guard keepsShares else {
      let sample = EvenClassSample(
        rows, classCount: classes.count, samples: scoringPlan.validationSamples, seed: seed)
      return ScoringTable(rows.weighted(byClass: sample.weights), selection: sample.rows)
    }
    return ScoringTable(
      rows,
      selection: ClassBalance.stratified(
        rows, classCount: classes.count, samples: scoringPlan.validationSamples, seed: seed))
  }

  private static func refuseNothingToTrain(_ rows: EncodedRows, plan: TrainingPlan, path: String) throws(FrameError) {
    let eligibility = RowEligibility(rows, skipsIncompleteRows: plan.skipsIncompleteRows)
    guard !(0..<rows.rowCount).contains(where: eligibility.isTrained) else { return }
    throw .unusable(
      path: path,
      problem: "no row is left to train on: every row misses its response, has weight 0, or misses a value while "
        + "missing_values_handling is Skip")
  }
}
