internal import DeepLearning
internal import DurableFiles
internal import JobFiles
internal import Models
internal import Planning
internal import Training

/// A record of how often the training of a model became unstable, and of the settings changed for it.
///
/// It is stored beside the model's checkpoint, so that a resumed job keeps the changed settings.
struct Instability: Sendable, Codable, Equatable {
  private static let maximumBytes = 1 << 20
  /// The max_w2 to use if the job sets none; H2O's page recommends 10.
  private static let weightLimit = 10.0

  private(set) var count = 0
  /// The number of rows trained at the last checkpoint that training returned to; 0 for the
  /// initial weights.
  private(set) var samples: Int?
  /// Sentences for journal and report.
  private(set) var notes: [String] = []

  /// The fingerprint of the run; another job in the same folder starts without this record.
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

  /// Removes the record of a failed run, so that a retry starts without it.
  static func forget(_ request: ModelRequest, _ fileSystem: FileSystem) throws {
    try fileSystem.remove(path(request))
  }

  /// Returns the job with the settings of the next attempt.
  ///
  /// Each retry halves the rate. With adaptive rates the first retry limits the weights by max_w2,
  /// and later ones halve it.
  func applied(to job: JobFile) -> JobFile {
    guard count > 0 else { return job }
    var job = job
    if job.updateRule == .adadelta {
      job.give(min(job.maxW2 / 2, Self.weightLimit) / Self.half(count - 1), to: \.maxW2)
    } else {
      job.give(job.rate / Self.half(count), to: \.rate)
    }
    return job
  }

  private static func half(_ times: Int) -> Double { Double(sign: .plus, exponent: times, significand: 1) }

  /// Records another instability.
  ///
  /// - Parameters:
  ///   - error: The instability.
  ///   - samples: The number of rows trained at the checkpoint that training returns to; 0 for the
  ///     initial weights.
  ///   - request: The request with the original settings of the job.
  mutating func note(_ error: UnstableTraining, samples: Int, _ request: ModelRequest) {
    let job = request.job
    count += 1
    self.samples = samples
    let changed = applied(to: job)
    let change = job.updateRule == .adadelta ? "max_w2 \(changed.maxW2)" : "rate \(changed.rate)"
    let from = samples == 0 ? "restarting" : "returning to the checkpoint after \(samples) rows"
    notes.append(
      "\(error); \(from) with \(change) (retry \(count) of \(request.settings.unstableRetries))")
  }
}
