import DurableFiles
import Foundation
import JobEvents
import JobFiles
import Jobs
import Synchronization
import TestSupport
import Testing
import Training

@Suite("Checkpoints between scorings")
struct CheckpointIntervalTests {
  private let folder = TemporaryFolder()

  /// A table with several slices per iteration: a checkpoint can lie within an iteration.
  private func job(_ extra: String) throws -> [UInt8] {
    let rows = (0..<5000).map { "\($0 % 17),\(Double($0 % 101) / 7),\($0 % 3 == 0 ? "a" : "b")\n" }
    try FileSystem().write(("u,v,y\n" + rows.joined()).utf8, to: "\(folder.path)/a.csv")
    return Array(
      """
      training_frame: a.csv
      response_column: y
      hidden: [8]
      epochs: 3
      seed: 3
      reproducible: true
      train_samples_per_iteration: 0
      \(extra)

      """.utf8)
  }

  private func run(
    _ job: [UInt8], _ work: String, onEvent: @escaping @Sendable (JobEvent) -> Void = { _ in }
  ) async throws -> [UInt8] {
    let result = try await Project.run(job, frames: folder.path, work: "\(folder.path)/\(work)", onEvent: onEvent)
    return try FileSystem().read("\(result)/model/model.deepspool", limit: 1 << 24)
  }

  @Test(
    "from each checkpoint, also within an iteration, training ends with the same bytes as without interruption",
    arguments: [
      "", "compatibility: h2o-3.46", "mini_batch_size: 32", "training_shards: 2", "input_dropout_ratio: 0.2",
      "training_shards: 3\nmini_batch_size: 32\noptimizer: Adam", "training_shards: 3\nelastic_averaging: true",
    ])
  func resume(_ extra: String) async throws {
    let whole = try await run(job(extra + "\ncheckpoint_interval: 0"), "whole")
    let often = try job(extra + "\ncheckpoint_interval: 1e-9")
    let samples = Mutex<[Int]>([])
    let path = folder.path
    // The files that a crash would leave at this moment.
    let ended = try await run(often, "often") { event in
      guard case .checkpointed(let count) = event, count > 0 else { return }
      samples.withLock { $0.append(count) }
      try? FileSystem().copyTree("\(path)/often/checkpoint", to: "\(path)/crash-\(count)/checkpoint")
      if let seed = try? FileSystem().read("\(path)/often/seed", limit: 100) {
        try? FileSystem().write(seed, to: "\(path)/crash-\(count)/seed")
      }
    }
    #expect(ended == whole)
    let counts = samples.withLock { $0 }
    // The copies of shards differ until they are averaged, here at the end of each iteration, which scorings save.
    #expect(extra.contains("shards") || Set(counts.map { $0 % 5000 }).count >= 3, "\(counts)")
    for count in Set(counts) {
      let resumed = Mutex(0)
      let model = try await run(often, "crash-\(count)") { event in
        if case .resumed(let samples, _, _) = event { resumed.withLock { $0 = samples } }
      }
      #expect(model == whole, "from \(count) rows")
      #expect(resumed.withLock { $0 } == count)
    }
  }

  @Test("without an interval only scorings write checkpoints")
  func none() async throws {
    let counts = Mutex<[Int]>([])
    _ = try await run(job("checkpoint_interval: 0"), "none") { event in
      if case .checkpointed(let count) = event { counts.withLock { $0.append(count) } }
    }
    #expect(counts.withLock { $0 }.allSatisfy { $0 % 5000 == 0 })
  }
}
