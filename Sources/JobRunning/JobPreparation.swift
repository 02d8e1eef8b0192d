internal import Artifacts
internal import DataFrames
internal import DeepLearning
internal import DurableFiles
internal import JobFiles
internal import Scoring
internal import Training

/// A job with its data read, its plan made and its starting point found: ready to train.
struct JobPreparation: Sendable {
  let plan: TrainingPlan
  let scoringPlan: ScoringPlan
  let template: Model
  let rows: EncodedRows
  let trainingTable: ScoringTable
  let validationTable: ScoringTable?
  let start: Start
  let fingerprint: String
  let warnings: [String]

  /// Where training begins.
  struct Start: Sendable {
    let state: NetworkState
    let progress: TrainingProgress
    let record: ScoringRecord
    let isResumed: Bool
  }

  /// Reads and encodes the tables, makes the plan, looks for a checkpoint.
  ///
  /// Takes as long as reading takes.
  static func prepare(_ request: JobRequest, fileSystem: FileSystem, drawSeed: () -> Int) throws -> JobPreparation {
    let job = request.job
    var options = ReadOptions(job)
    options.maximumBytes = request.maximumTableBytes
    let training = try readFrame(job.trainingFrame ?? "", request: request, options: options)
    let checkpoint = try? fileSystem.read(
      "\(request.workFolder)/\(CheckpointFile.path)", limit: CheckpointFile.maximumBytes)
    let seed = (try? checkpoint.map(CheckpointFile.seed(of:))) ?? drawSeed()
    let plan = try TrainingPlanner(job).plan(training, seed: seed)
    if let fault = ScoringPlan.metricFault(job, isClassifier: plan.isClassifier) { throw JobFileError([fault]) }
    let scoringPlan = ScoringPlan(
      job, isClassifier: plan.isClassifier, isReproducible: plan.isReproducible, seed: plan.options.seed,
      threads: request.threads)
    let template = Model(
      topology: plan.topology, objective: plan.options.objective, dropout: plan.options.dropout,
      encoding: plan.encoding, quirks: plan.options.quirks, classCorrection: plan.balance?.correction,
      state: NetworkState(layers: []),
      huberAlpha: job.huberAlpha)
    let rows = try plan.encodeForTraining(training)
    try refuseNothingToTrain(rows, plan: plan, path: training.path)
    // Training and scoring encode missing values differently where quirks say so; the rows are shared otherwise.
    let scoredRows = rows.incomplete.isEmpty ? rows : plan.balanced(try template.encode(training).0)
    let trainingTable = ScoringTable(scoredRows, samples: scoringPlan.trainingSamples, seed: scoringPlan.seed)
    var warnings = plan.warnings
    let classCount = template.classes?.count ?? 1
    if let sentence = ScoringPlan.metricWarning(job, classCount: classCount) { warnings.append(sentence) }
    var validationTable: ScoringTable?
    if let name = job.validationFrame {
      let frame = try readFrame(name, request: request, options: options)
      if let response = plan.encoding.response.name { _ = try frame.column(named: response, for: "response_column") }
      let (rows, sentences) = try template.encode(frame)
      guard rows.targets.contains(where: { !$0.isNaN }) else { throw ScoringError.nothingToScore(table: "validation") }
      warnings += frame.warnings + sentences
      validationTable = ScoringTable(rows, samples: scoringPlan.validationSamples, seed: scoringPlan.seed &+ 1)
    }
    let fingerprint = fingerprint(request, plan: plan, fileSystem: fileSystem)
    let start = try start(checkpoint, plan: plan, fingerprint: fingerprint, request: request)
    return JobPreparation(
      plan: plan, scoringPlan: scoringPlan, template: template, rows: rows, trainingTable: trainingTable,
      validationTable: validationTable, start: start, fingerprint: fingerprint, warnings: warnings)
  }

  private static func readFrame(_ name: String, request: JobRequest, options: ReadOptions) throws -> Frame {
    try FrameReader.read(request.resolveFrame(name), name: name, options: options)
  }

  private static func refuseNothingToTrain(_ rows: EncodedRows, plan: TrainingPlan, path: String) throws(FrameError) {
    let eligibility = RowEligibility(rows, skipsIncompleteRows: plan.skipsIncompleteRows)
    guard !(0..<rows.rowCount).contains(where: eligibility.isTrained) else { return }
    throw .unusable(
      path: path,
      problem: "no row is left to train on: every row misses its response, has weight 0, or misses a value while "
        + "missing_values_handling is Skip")
  }

  /// Of what the trained network depends on beside the seed: a resumed job must not go on with other data.
  private static func fingerprint(_ request: JobRequest, plan: TrainingPlan, fileSystem: FileSystem) -> String {
    let tables = [request.job.trainingFrame, request.job.validationFrame].compactMap { $0 }.map { name in
      let status = (try? request.resolveFrame(name)).flatMap { try? fileSystem.status($0) }
      return "\(name) \(status?.byteCount ?? 0) \(status?.modifiedSeconds ?? 0)"
    }
    let units = plan.topology.units.map(String.init).joined(separator: "-")
    return "job \(Checksum.crc64(request.jobText[...])), \(units), \(tables.joined(separator: ", "))"
  }

  private static func start(
    _ checkpoint: [UInt8]?, plan: TrainingPlan, fingerprint: String, request: JobRequest
  ) throws -> Start {
    if let checkpoint,
      let file = try? CheckpointFile(bytes: checkpoint, topology: plan.topology, rule: plan.options.rule),
      file.fingerprint == fingerprint, file.seed == plan.options.seed
    {
      return Start(state: file.state, progress: file.progress, record: file.record, isResumed: true)
    }
    var state = plan.initialWeights.network(
      plan.topology, isClassifier: plan.isClassifier, rule: plan.options.rule)
    try GivenWeights(request, topology: plan.topology).apply(to: &state)
    return Start(state: state, progress: TrainingProgress(), record: ScoringRecord(), isResumed: false)
  }
}
