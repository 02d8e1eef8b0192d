import DeepLearning
import Foundation
import Models
import Testing
import Training

/// A checkpoint with a valid checksum can still come from anybody.
@Suite("Validation of checkpoints")
struct CheckpointSoundnessTests {
  private let topology = NetworkTopology(
    inputs: 2, categoricalInputs: 0, categoricalColumns: 0, hidden: [1], outputs: 1, activation: .maxout)
  private let rule = UpdateRule.adadelta(rho: 0.99, epsilon: 1e-8)

  private var file: CheckpointFile {
    var hidden = LayerState(weights: [1, 2, 3, 4], biases: [0, 0], rule: rule)
    hidden.winners = [1]
    let state = NetworkState(layers: [hidden, LayerState(weights: [1], biases: [0], rule: rule)])
    var progress = TrainingProgress()
    progress.iteration = 3
    progress.samples = 40
    progress.samplesBeforeIteration = 30
    progress.visited = 10
    progress.position = 40
    progress.elapsedSeconds = 2
    var record = ScoringRecord()
    record.history = [row(epochs: 0), row(epochs: 4)]
    return CheckpointFile(state: state, progress: progress, record: record, seed: 5, fingerprint: "f")
  }

  private func row(epochs: Double) -> ScoringHistoryRow {
    ScoringHistoryRow(
      timestampSeconds: 1.7e9, elapsedSeconds: epochs, samplesPerSecond: 20, epochs: epochs, iterations: 3, samples: 40,
      training: [.nan, 1, 2, 3], validation: nil, stoppingValue: .nan)
  }

  private func read(_ bytes: [UInt8]) throws -> CheckpointFile {
    try CheckpointFile(bytes: bytes, topology: topology, rule: rule)
  }

  @Test("the unchanged file is valid")
  func sound() throws {
    let back = try read(file.bytes())
    #expect(back.progress == file.progress && back.state == file.state && back.record.history.count == 2)
  }

  @Test("the copies of elastic averaging come back, and copies of copies are refused")
  func copies() throws {
    var state = file.state
    let own = state
    for layer in state.layers.indices {
      state.layers[layer].consensus = LayerConsensus(
        weights: state.layers[layer].weights, biases: state.layers[layer].biases)
    }
    state.copies = [own, own]
    state.copies[1].layers[0].weights[0] = 9
    func bytes(_ state: NetworkState) throws -> [UInt8] {
      try CheckpointFile(
        state: state, progress: file.progress, record: file.record, seed: 5, fingerprint: "f"
      ).bytes()
    }
    let back = try read(bytes(state)).state
    #expect(back == state)
    #expect(back.copy(2, of: 3).layers[0].weights[0] == 9)
    #expect(back.copy(2, of: 3).layers[0].consensus == state.layers[0].consensus)
    // A job with another number of copies continues from the first.
    #expect(back.copy(1, of: 2) == back.withoutCopies)
    state.copies[0].copies = [own]
    let nested = try bytes(state)
    #expect(throws: SealedFileError.damaged) { try read(nested) }
  }

  /// Returns the file, or `bytes`, with another value at `path` of its header and a new checksum.
  private func changed(_ path: [String], _ value: Any, of bytes: [UInt8]? = nil) throws -> [UInt8] {
    let sealed = try SealedFile(kind: .checkpoint, bytes: bytes ?? file.bytes())
    var header = try #require(JSONSerialization.jsonObject(with: Data(sealed.header)) as? [String: Any])
    if path[0] == "history" {
      var rows = try #require(header["history"] as? [[String: Any]])
      rows[1][path[1]] = value
      header["history"] = rows
    } else if path.count == 2 {
      var part = header[path[0]] as? [String: Any] ?? [:]
      part[path[1]] = value
      header[path[0]] = part
    } else {
      header[path[0]] = value
    }
    return SealedFile(
      kind: .checkpoint, header: Array(try JSONSerialization.data(withJSONObject: header)), payload: sealed.payload
    ).bytes
  }

  struct Change: Sendable, CustomTestStringConvertible {
    let path: [String]
    let value: any Sendable

    init(_ path: String..., value: any Sendable) { (self.path, self.value) = (path, value) }

    var testDescription: String { "\(path.joined(separator: ".")) = \(value)" }
  }

  private static let changes = [
    Change("history", "elapsedSeconds", value: 1e308), Change("history", "elapsedSeconds", value: -1.0),
    Change("history", "timestampSeconds", value: 1e308), Change("history", "timestampSeconds", value: "nan"),
    Change("history", "samplesPerSecond", value: "nan"), Change("history", "samplesPerSecond", value: -1e308),
    Change("history", "epochs", value: 1e308), Change("history", "iterations", value: Int.max),
    Change("history", "samples", value: -1), Change("history", "training", value: [Double]()),
    Change("history", "training", value: [1.0]), Change("history", "validation", value: [1.0]),
    Change("progress", "samples", value: -1), Change("progress", "samples", value: Int.max),
    Change("progress", "iteration", value: Int.max), Change("progress", "iteration", value: -1),
    Change("progress", "visited", value: Int.min), Change("progress", "position", value: Int.max),
    Change("progress", "samplesBeforeIteration", value: 41), Change("progress", "elapsedSeconds", value: 1e308),
    Change("progress", "trainedMissingUnits", value: [-1]), Change("scoringSeconds", value: 1e308),
    Change("network", value: ["kind": "last", "epochs": 1e308] as [String: any Sendable]),
  ]

  @Test("a value that no training produces is rejected by name", arguments: changes)
  func refused(_ change: Change) throws {
    let bytes = try changed(change.path, change.value)
    let error = #expect(throws: SealedFileError.self) { try read(bytes) }
    guard case .implausible(let what) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(what.contains(change.path.last ?? ""))
  }

  @Test("an empty set of rows, or one that would overflow, is rejected")
  func rowSets() throws {
    for (count, position) in [(0, 40), (-1, 40), (Int.max, 40), (1, 1 << 40)] {
      let bytes = try changed(
        ["progress", "rowSet"], ["count": count, "checksum": 7], of: changed(["progress", "position"], position))
      #expect(throws: SealedFileError.self, "\(count)") { try read(bytes) }
    }
  }

  @Test("a winning channel that does not exist is rejected, because the engines use it as an index")
  func winners() throws {
    var state = file.state
    state.layers[0].winners = [2]
    let bytes = try CheckpointFile(
      state: state, progress: file.progress, record: file.record, seed: 5, fingerprint: "f"
    ).bytes()
    #expect(throws: SealedFileError.implausible("winners of layer 1")) { try read(bytes) }
  }

  @Test("a position that no training reaches does not overflow when training continues with other rows")
  func positions() {
    let other = RowSequence(usable: [0, 1, 2], rowCount: 1 << 31, seed: 1, shuffles: true)
    var progress = TrainingProgress()
    progress.samples = 1 << 53
    progress.position = 1 << 53
    let continued = progress.continued(on: other.identity).progress
    var sequence = other
    let entries = sequence.entries(continued.position..<continued.position + 1)
    #expect(entries.count == 1 && entries[0] >= 0)
  }
}
