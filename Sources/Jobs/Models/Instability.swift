internal import DeepLearning
internal import DurableFiles
internal import JobFiles
internal import Models
internal import Planning
internal import Training

/// How often the training of a model became unstable, and what was changed for it.
///
/// Lies beside the model's checkpoint, so that a job that is interrupted goes on with the changed settings.
struct Instability: Sendable, Codable, Equatable {
  private static let maximumBytes = 1 << 20
  /// What the weights of a unit may have in square where the job sets no limit; H2O's page advises 10.
  private static let weightLimit = 10.0

  private(set) var count = 0
  /// Rows trained when the checkpoint was written that training went back to last; 0 for the first weights.
  private(set) var samples: Int?
  /// Sentences for journal and report.
  private(set) var notes: [String] = []

  /// Of the run that this is about: another job in the same folder begins without it.
  private var fingerprint = ""

  private static func path(_ request: ModelRequest) -> String {
    "\(request.workFolder)/\(JobFolderLayout.instabilityFile)"
  }

  static func read(_ request: ModelRequest, _ fileSystem: FileSystem) -> Instability {
    guard let bytes = try? fileSystem.read(path(request), limit: maximumBytes),
      let known = try? JSONCoding.decode(Instability.self, from: bytes),
      known.fingerprint == request.fingerprint
    else { return Instability() }
    return known
  }

  mutating func write(_ request: ModelRequest, _ fileSystem: FileSystem) throws {
    fingerprint = request.fingerprint
    try fileSystem.makeFolder(request.workFolder)
    try fileSystem.write(JSONCoding.encode(self), to: Self.path(request))
  }

  /// A run that has failed begins anew if somebody wants it to.
  static func forget(_ request: ModelRequest, _ fileSystem: FileSystem) throws {
    try fileSystem.remove(path(request))
  }

  /// The job with the settings that training goes on with.
  ///
  /// Half the rate each time; where every weight has a rate of its own, a limit for the weights, and then half of that.
  func applied(to job: JobFile) -> JobFile {
    guard count > 0 else { return job }
    var job = job
    if job.adaptiveRate {
      job.give(min(job.maxW2 / 2, Self.weightLimit) / Self.half(count - 1), to: \.maxW2)
    } else {
      job.give(job.rate / Self.half(count), to: \.rate)
    }
    return job
  }

  private static func half(_ times: Int) -> Double { Double(sign: .plus, exponent: times, significand: 1) }

  /// One more accident.
  ///
  /// - Parameters:
  ///   - error: What happened.
  ///   - samples: Of the checkpoint that training goes back to.
  ///   - request: With the job as its author wrote it.
  mutating func note(_ error: UnstableTraining, samples: Int, _ request: ModelRequest) {
    let job = request.job
    count += 1
    self.samples = samples
    let changed = applied(to: job)
    let change = job.adaptiveRate ? "max_w2 \(changed.maxW2)" : "rate \(changed.rate)"
    let from = samples == 0 ? "begins again" : "goes back to the checkpoint after \(samples) rows"
    notes.append(
      "\(error); it \(from) with \(change) (\(count) of \(request.settings.unstableRetries))")
  }
}
