package import DeepLearning
package import Models

/// A checkpoint of a training: network, optimizer state, position in the row order and scoring history.
package struct CheckpointFile: Sendable, Equatable {
  /// The largest checkpoint that is read.
  package static let maximumBytes = 8 << 30

  package let state: NetworkState
  package let progress: TrainingProgress
  package let record: ScoringRecord
  /// The seed in use; a job without a seed gets one at random.
  package let seed: Int
  /// A fingerprint of the job and its data; checkpoints of other jobs or data cannot be used.
  package let fingerprint: String
  /// The reason why training ended; nil if it has not ended.
  package let ending: String?
  /// The network that was delivered, if training has ended.
  package let network: DeliveredNetwork?

  package init(
    state: NetworkState, progress: TrainingProgress, record: ScoringRecord, seed: Int, fingerprint: String,
    ending: String? = nil, network: DeliveredNetwork? = nil
  ) {
    self.network = network
    self.state = state
    self.progress = progress
    self.record = record
    self.seed = seed
    self.fingerprint = fingerprint
    self.ending = ending
  }

  private struct Header: Codable {
    let progress: TrainingProgress
    let history: [ScoringHistoryRow]
    let scoringSeconds: Double
    let bestLoss: Float?
    let bestTrainedMissingUnits: [Int]?
    let seed: Int
    let fingerprint: String
    let ending: String?
    let network: DeliveredNetwork?
    let bestOrigin: DeliveredNetwork?
  }

  package func bytes() throws -> [UInt8] {
    let header = Header(
      progress: progress, history: record.history, scoringSeconds: record.scoringSeconds, bestLoss: record.best?.loss,
      bestTrainedMissingUnits: record.best?.trainedMissingUnits, seed: seed, fingerprint: fingerprint, ending: ending,
      network: network, bestOrigin: record.best?.origin)
    var payload: [UInt8] = []
    StateCoding.encode(state, into: &payload)
    if let best = record.best { StateCoding.encode(best.state, into: &payload) }
    return SealedFile(
      kind: .checkpoint, header: try JSONCoding.encode(header), payload: payload,
      isExtended: StateCoding.isExtended(state)
    ).bytes
  }

  /// Reads only the seed of a checkpoint, without decoding the network.
  package static func seed(of bytes: [UInt8]) throws(SealedFileError) -> Int {
    try JSONCoding.decode(Header.self, from: SealedFile(kind: .checkpoint, bytes: bytes).header).seed
  }

  /// Returns whether a checkpoint is the end of a training, without decoding the network; false if it is damaged.
  package static func hasEnded(_ bytes: [UInt8]) -> Bool {
    let header = try? JSONCoding.decode(Header.self, from: SealedFile(kind: .checkpoint, bytes: bytes).header)
    return header?.ending != nil
  }

  /// Reads only the number of rows trained.
  package static func samples(of bytes: [UInt8]) throws(SealedFileError) -> Int {
    let progress = try JSONCoding.decode(Header.self, from: SealedFile(kind: .checkpoint, bytes: bytes).header).progress
    try progress.check()
    return progress.samples
  }

  /// `topology`: The topology of the plan, which the checkpoint must match.
  package init(bytes: [UInt8], topology: NetworkTopology, rule: UpdateRule) throws(SealedFileError) {
    let file = try SealedFile(kind: .checkpoint, bytes: bytes)
    let header = try JSONCoding.decode(Header.self, from: file.header)
    var reader = StateCoding.Reader(file.payload)
    state = try reader.state(topology: topology, rule: rule)
    var record = ScoringRecord()
    record.history = header.history
    record.scoringSeconds = header.scoringSeconds
    if let loss = header.bestLoss {
      record.best = .init(
        state: try reader.state(topology: topology, rule: rule), loss: loss,
        trainedMissingUnits: header.bestTrainedMissingUnits ?? [], origin: header.bestOrigin)
    }
    guard reader.isAtEnd else { throw .damaged }
    try record.check()
    try header.progress.check()
    try header.network?.check()
    self.record = record
    progress = header.progress
    seed = header.seed
    fingerprint = header.fingerprint
    ending = header.ending
    network = header.network
  }
}
