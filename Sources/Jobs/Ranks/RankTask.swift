internal import DataFrames
internal import JobFiles
internal import Planning
internal import Reports
internal import Training

/// A ``ModelRequest`` as rank 0 sends it to a rank, which has the tables of the job.
///
/// The attachments are the checkpoint from which training continues, and for the model of a fold the weights of its
/// training rows and of its held-out rows; they are empty if there is none.
struct RankTask: Codable, Sendable {
  private enum Validation: String, Codable {
    case none, table, heldOut
  }

  private struct HeldOut: Codable {
    let sentence: String
    let rowCount: Int
    let rows: [Int]
    let content: UInt64
    let warnings: [String]
  }

  static let attachmentCount = 3

  private let file: String
  private let source: JobRequest.Source
  private let jobText: String
  private let settings: String
  private let name: String
  private let part: String
  private let inputs: String
  private let heldOut: HeldOut?
  private let validation: Validation
  private let seed: Int
  private let threads: Int
  private let tableBytes: Int
  private let keepsFinishedState: Bool
  private let instability: Instability
  private let pauseFraction: Double?
  /// The time to the deadline; clocks of hosts differ.
  private let secondsLeft: Double?
  private let secondsUntilPause: Double?

  /// Returns whether another rank can train a model: not if it starts from a file or from another model, which only rank
  /// 0 can read.
  static func canSend(_ request: ModelRequest) -> Bool {
    let job = request.job
    return job.checkpoint == nil && job.pretrainedAutoencoder == nil && job.initialWeights.isEmpty
      && job.initialBiases.isEmpty && read(job.text, file: job.file)?.text == job.text
  }

  private static func read(_ settings: String, file: String) -> JobFile? {
    // Faults of one model, such as rules between keys of a whole job, were reported before.
    try? JobFileReader.check(Array(settings.utf8), file: file).job
  }

  init(_ request: ModelRequest) {
    file = request.job.file
    source = request.origin.source
    jobText = String(decoding: request.origin.jobText, as: UTF8.self)
    settings = request.job.text
    (name, part, seed, threads) = (request.name, request.part, request.seed, request.threads)
    tableBytes = request.origin.limits.tableBytes
    inputs = String(decoding: request.inputs.bytes, as: UTF8.self)
    heldOut = request.heldOut.map {
      HeldOut(
        sentence: $0.sentence, rowCount: $0.stored.rowCount, rows: $0.stored.rows, content: $0.stored.content,
        warnings: $0.warnings)
    }
    keepsFinishedState = request.keepsFinishedState
    instability = request.instability
    pauseFraction = request.limits.pauseFraction
    let now = Clocks.monotonicSeconds()
    secondsLeft = request.limits.deadlineSeconds.map { $0 - now }
    secondsUntilPause = request.limits.pauseSeconds.map { $0 - now }
    validation =
      switch request.validation {
      case .none: .none
      case .table: .table
      case .heldOut: .heldOut
      }
  }

  /// Returns the attachments of a request.
  static func attachments(_ request: ModelRequest, checkpoint: [UInt8]?) -> [[UInt8]] {
    var weights: [[UInt8]] = [[], []]
    if case .heldOut(let heldOut) = request.validation,
      case .doubles(let training) = request.training.column(named: FoldAssignment.weightsColumn)?.values
    {
      weights = [RawBytes.of(training), RawBytes.of(heldOut)]
    }
    return [checkpoint ?? []] + weights
  }

  /// Returns the request on the rank that trains the model.
  ///
  /// - Throws: ``RankFault/unknownOrder`` if rank 0 runs another version of the program.
  func request(training: Frame, validation table: Frame?, _ attachments: [[UInt8]]) throws -> ModelRequest {
    guard attachments.count == Self.attachmentCount, var job = Self.read(settings, file: file) else {
      throw RankFault.unknownOrder
    }
    job.applyPreset(to: training)
    var origin = JobRequest(
      job: job, jobText: Array(jobText.utf8), name: name, workFolder: "", files: NamedFiles(in: ""),
      limits: .init(threads: threads, tableBytes: tableBytes))
    origin.source = source
    var request = ModelRequest(
      job: job, name: name, part: part, workFolder: "", training: training, validation: .none, seed: seed,
      threads: threads, keepsFinishedState: keepsFinishedState, origin: origin,
      inputs: try JobInputs(bytes: Array(inputs.utf8)), data: nil,
      heldOut: heldOut.map {
        HeldOutTable(
          sentence: $0.sentence, stored: HeldOutRows(rowCount: $0.rowCount, rows: $0.rows, content: $0.content),
          warnings: $0.warnings)
      })
    request.instability = instability
    let now = Clocks.monotonicSeconds()
    request.limits = TrainingLimits(
      pauseFraction: pauseFraction, deadlineSeconds: secondsLeft.map { now + $0 },
      pauseSeconds: secondsUntilPause.map { now + $0 })
    switch validation {
    case .none: break
    case .table: if let table { request.validation = .table(table) }
    case .heldOut:
      request.training = training.adding(
        Column(
          name: FoldAssignment.weightsColumn, values: .doubles(RawBytes.array(attachments[1])), missing: RowSet()))
      request.validation = .heldOut(RawBytes.array(attachments[2]))
    }
    return request
  }

  /// Returns the checkpoint among the attachments.
  static func checkpoint(_ attachments: [[UInt8]]) -> [UInt8]? {
    attachments.first.flatMap { $0.isEmpty ? nil : $0 }
  }
}
