import DurableFiles
import Foundation
import Spooling
import Testing

/// Tests of what one submitter can take from the others, with real daemons.
@Suite("Shares of the machine", .serialized)
struct ShareTests {
  private static func endless(_ frame: String, _ response: String, _ extra: String) -> String {
    """
    training_frame: \(frame)
    response_column: \(response)
    hidden: [20]
    epochs: 1e9
    train_samples_per_iteration: 0
    stopping_rounds: 0
    classification_stop: -1
    score_training_samples: 50
    \(extra)

    """
  }

  @Test("jobs of high priority without an end cannot keep another user's job waiting, nor fill the queue")
  func starvation() async throws {
    let file = NSTemporaryDirectory() + "e2e-shares-\(UUID().uuidString).yaml"
    try FileSystem().write("max_job_runtime_secs: 40\nmax_queued_jobs_per_submitter: 2\n".utf8, to: file, mode: 0o644)
    defer { try? FileSystem().remove(file) }
    guard let stage = try Stage(["--config", file]) else { return }
    let daemon = stage.daemon
    try await daemon.start()
    let greedy = Self.endless("own.csv", "y", "job: {priority: 1000}")
    // On a busy machine, the first job might end before this test sees it run.
    for name in ["a", "b", "c", "d"] { try stage.drop("\(name).yaml", greedy) }
    try stage.drop("modest.yaml", Stage.job("own.csv"), as: Stage.victim)
    try await daemon.until { daemon.names(.finished).contains { $0.hasSuffix("-modest") } }
    let starts = daemon.lines.filter { $0.hasSuffix(": started") }.map { String($0.prefix { $0 != ":" }) }
    #expect(starts.prefix(2) == ["000001-a", "000005-modest"], "\(starts)")
    #expect(daemon.count("000001-a: it has run as long as max_job_runtime_secs (40 s) allows; it finishes with") == 1)
    #expect(FileSystem().exists("\(daemon.layout.results)/000001-a/metrics.json"))
    let why = String(
      decoding: try FileSystem().read("\(daemon.layout.rejected)/d.why", limit: 1 << 16), as: UTF8.self)
    #expect(
      why.contains("uid 61002 has 2 queued or held jobs; the limit is 2 (max_queued_jobs_per_submitter)"), "\(why)")
    #expect(try await daemon.end(SIGTERM) == 0)
  }

  @Test("a job at the limit of its file finishes with its model, or fails if it has none yet")
  func ownLimit() async throws {
    let daemon = Daemon(["--max-concurrent-jobs", "2"])
    try await daemon.start()
    let job = Self.endless("prostate.csv", "CAPSULE", "column_types: {CAPSULE: enum}\njob: {max_runtime_secs: 15}")
    try daemon.drop("model.yaml", job)
    try await daemon.until { daemon.names(.finished) == ["000001-model"] }
    #expect(daemon.count("it has run as long as job.max_runtime_secs (15 s) allows") == 1)
    // The main model is trained after those of the folds.
    try daemon.drop("folds.yaml", job + "nfolds: 3\n")
    try await daemon.until { daemon.names(.failed) == ["000002-folds"] }
    let why = try Programs.deepspool(["why", "--spool", daemon.layout.root, "folds"]).output
    #expect(
      why.contains(
        "it ran longer than job.max_runtime_secs (15 s) allows, and had no model yet that could be its result"),
      "\(why)")
    #expect(try await daemon.end(SIGTERM) == 0)
  }

  @Test("a submitter whose results take too much space is told the limit and what to remove")
  func resultBytes() async throws {
    let file = NSTemporaryDirectory() + "e2e-bytes-\(UUID().uuidString).yaml"
    try FileSystem().write("max_result_bytes_per_submitter: 1000\n".utf8, to: file)
    defer { try? FileSystem().remove(file) }
    let daemon = Daemon(["--config", file])
    try await daemon.start()
    let job = "training_frame: iris.csv\nresponse_column: Species\nhidden: [3]\nepochs: 1\n"
    try daemon.drop("first.yaml", job)
    try await daemon.until { daemon.names(.finished) == ["000001-first"] }
    try daemon.drop("second.yaml", job)
    let path = "\(daemon.layout.rejected)/second.why"
    try await daemon.until { FileSystem().exists(path) }
    let why = String(decoding: try FileSystem().read(path, limit: 1 << 16), as: UTF8.self)
    #expect(why.contains("from 1.0 kB on, jobs are rejected (max_result_bytes_per_submitter)"), "\(why)")
    #expect(why.contains("the largest are 000001-first ("), "\(why)")
    try FileSystem().removeTree("\(daemon.layout.results)/000001-first")
    try daemon.drop("third.yaml", job)
    try await daemon.until { daemon.names(.finished).contains { $0.hasSuffix("-third") } }
    #expect(try await daemon.end(SIGTERM) == 0)
  }
}
