import DurableFiles
import Foundation
import Glibc
import Spooling
import TestSupport
import Testing

/// Tests of worker processes: what happens to one job affects no other and is judged by its cause.
///
/// Faults are provoked from outside, because the supervisor cannot distinguish a signal of kill(1)
/// from one that the process causes.
@Suite("Jobs as processes", .serialized, .ownThread)
struct WorkerTests {
  /// Trains until it is cancelled or finished.
  static let endless = """
    training_frame: prostate.csv
    response_column: CAPSULE
    column_types: {CAPSULE: enum}
    hidden: [400, 400]
    epochs: 1e7
    reproducible: true
    stopping_rounds: 0
    classification_stop: -1
    score_training_samples: 50
    score_interval: 0.5
    seed: 5
    """

  /// Trains without ever leaving a checkpoint, because no iteration ends.
  private static let withoutCheckpoints =
    endless + "\ntrain_samples_per_iteration: 1000000000\ncheckpoint_interval: 0"

  /// Trains for seconds, with the same result however often it is interrupted.
  private static let long = endless.replacing("epochs: 1e7", with: "epochs: 300\nmodel_id: same")

  private static let small = "training_frame: iris.csv\nresponse_column: Species\nhidden: [5]\nepochs: 3\n"

  private let victim = JobIdentifier(number: 1, name: "victim")

  /// Returns a daemon that runs two jobs at once, with the worker of the job that must be unaffected.
  private func start(
    _ settings: String = "", victim: String = endless
  ) async throws -> (daemon: Daemon, beside: Int32) {
    let daemon = try Daemon.configured(settings, ["--max-concurrent-jobs", "2"])
    try await daemon.start()
    try daemon.drop("victim.yaml", victim)
    _ = try await daemon.readyWorker(of: "000001-victim")
    try daemon.drop("beside.yaml", Self.endless)
    return (daemon, try await daemon.readyWorker(of: "000002-beside"))
  }

  /// Checks that the daemon and the other job still run in the same processes, and that this job finishes.
  private func checkNothingNoticed(_ daemon: Daemon, beside: Int32) async throws {
    let id = "000002-beside"
    #expect(kill(daemon.processID, 0) == 0)
    #expect(daemon.workers.contains { $0.job == id && $0.processID == beside })
    #expect(daemon.count("\(id): started") == 1)
    #expect(daemon.count("\(id): its process") == 0)
    try await daemon.until { daemon.count("\(id): ") > 3 && daemon.count("epoch ") > 0 }
    try Programs.deepspool(["finish", "--spool", daemon.layout.root, id])
    try await daemon.until { daemon.names(.finished).contains(id) }
    #expect(try await daemon.end(SIGTERM) == 0)
  }

  private func hasCheckpoint(_ daemon: Daemon, _ id: JobIdentifier) -> Bool {
    FileSystem().exists("\(daemon.layout.folder(id, in: .running))/\(JobFolderLayout.checkpointFile)")
  }

  @Test(
    "a job whose worker crashes three times without progress fails with the signal; the job beside it is unaffected"
  )
  func faults() async throws {
    let (daemon, beside) = try await start(victim: Self.withoutCheckpoints)
    var last: Int32 = 0
    for number in 1...3 {
      try await daemon.until {
        daemon.workers.contains { $0.job == "000001-victim" && $0.processID != last }
      }
      last = try await daemon.worker(of: "000001-victim")
      kill(last, SIGSEGV)
      try await daemon.until { daemon.count("SIGSEGV") >= number }
    }
    try await daemon.until { daemon.names(.failed) == ["000001-victim"] }
    let why = daemon.why(victim, in: .failed)
    #expect(why.contains("quarantined") && why.contains("SIGSEGV") && why.contains("3 times"), "\(why)")
    try await checkNothingNoticed(daemon, beside: beside)
  }

  @Test("a worker that is killed from outside costs its job nothing: it resumes and gives the same model")
  func killedFromOutside() async throws {
    let daemon = Daemon()
    try await daemon.start()
    try daemon.drop("undisturbed.yaml", Self.long)
    try await daemon.until { daemon.names(.finished).count == 1 }
    try daemon.drop("killed.yaml", Self.long)
    let id = JobIdentifier(number: 2, name: "killed")
    let first = try await daemon.worker(of: "\(id)")
    try await daemon.until { hasCheckpoint(daemon, id) }
    kill(first, SIGKILL)
    try await daemon.until { daemon.count("\(id): resuming from its checkpoint") == 1 }
    kill(try await daemon.worker(of: "\(id)"), SIGTERM)
    try await daemon.until { daemon.names(.finished).count == 2 }
    #expect(
      daemon.count("was killed from outside (SIGKILL)") > 0 && daemon.count("was killed from outside (SIGTERM)") > 0)
    func model(_ number: Int, _ name: String) throws -> [UInt8] {
      let result = daemon.layout.result(JobIdentifier(number: number, name: name))
      return try FileSystem().read("\(result)/model/model.deepspool", limit: 1 << 24)
    }
    #expect(try model(1, "undisturbed") == model(2, "killed"))
    #expect(try await daemon.end(SIGTERM) == 0)
  }

  @Test("a job that is killed repeatedly without progress never fails")
  func killedAgainAndAgain() async throws {
    let (daemon, beside) = try await start(victim: Self.withoutCheckpoints)
    var last: Int32 = 0
    for _ in 1...5 {
      try await daemon.until { daemon.workers.contains { $0.job == "\(victim)" && $0.processID != last } }
      last = try await daemon.worker(of: "\(victim)")
      kill(last, SIGKILL)
    }
    #expect(daemon.names(.failed).isEmpty)
    try await daemon.until { daemon.count("starts again from the beginning in 4 s") == 1 }
    try await checkNothingNoticed(daemon, beside: beside)
  }

  @Test("a stopped worker makes no progress: it is killed, and its job resumes from the checkpoint")
  func stall() async throws {
    let (daemon, beside) = try await start("worker_patience_seconds: 10\n")
    try await daemon.until { hasCheckpoint(daemon, victim) }
    kill(try await daemon.worker(of: "\(victim)"), SIGSTOP)
    try await daemon.until { daemon.count("\(victim): resuming from its checkpoint") == 1 }
    #expect(daemon.count("\(victim): its process made no progress for 10 s") == 1)
    let crashes = try FileSystem().read("\(daemon.layout.folder(victim, in: .running))/crashes", limit: 100)
    #expect(String(decoding: crashes, as: UTF8.self).hasPrefix("1 "))
    try await checkNothingNoticed(daemon, beside: beside)
  }

  @Test("a job with a stopped worker can be cancelled")
  func cancelling() async throws {
    let (daemon, beside) = try await start()
    let worker = try await daemon.readyWorker(of: "\(victim)")
    kill(worker, SIGSTOP)
    try Programs.deepspool(["cancel", "--spool", daemon.layout.root, "victim"])
    try await daemon.until { daemon.names(.cancelled) == ["\(victim)"] }
    try await checkNothingNoticed(daemon, beside: beside)
  }

  @Test("workers end with their daemon, however it ends")
  func daemonKilled() async throws {
    let (daemon, beside) = try await start()
    let worker = try await daemon.worker(of: "\(victim)")
    kill(worker, SIGSTOP)
    _ = try await daemon.end(SIGKILL)
    // In a container without an init, an orphan stays as a zombie.
    func isGone(_ processID: Int32) -> Bool {
      let stat = try? String(contentsOfFile: "/proc/\(processID)/stat", encoding: .utf8)
      return stat?.split(separator: ")").last?.hasPrefix(" Z") ?? true
    }
    try await daemon.until { isGone(worker) && isGone(beside) }
    try await daemon.start()
    try await daemon.until { daemon.names(.running) == ["\(victim)", "000002-beside"] }
    #expect(daemon.names(.failed).isEmpty)
    #expect(try await daemon.end(SIGTERM) == 0)
    #expect(daemon.names(.queued) == ["\(victim)", "000002-beside"])
  }

  @Test(
    "an upgrade of the program does not affect a running daemon: its workers run the old version")
  func upgrade() async throws {
    let program = NSTemporaryDirectory() + "deepspoold-\(UUID().uuidString)"
    try FileManager.default.copyItem(atPath: "\(Programs.folder)/deepspoold", toPath: program)
    let daemon = Daemon(program: program)
    try await daemon.start()
    try FileSystem().remove(program)
    try FileSystem().write("#!/bin/sh\nexit 1\n".utf8, to: program, mode: 0o755)
    defer { try? FileSystem().remove(program) }
    try daemon.drop("a.yaml", Self.small)
    try await daemon.until { daemon.names(.finished) == ["000001-a"] }
    #expect(try await daemon.end(SIGTERM) == 0)
  }

  @Test("the log and the journal contain the resource usage of a job")
  func accounting() async throws {
    let daemon = Daemon()
    try await daemon.start()
    try daemon.drop("a.yaml", Self.small)
    try await daemon.until { daemon.names(.finished) == ["000001-a"] }
    let folder = daemon.layout.folder(JobIdentifier(number: 1, name: "a"), in: .finished)
    let lines = String(decoding: try FileSystem().read("\(folder)/events.jsonl", limit: 1 << 20), as: UTF8.self)
      .split(separator: "\n")
    struct Line: Decodable {
      let event: String
      let how: String
      let cpuSeconds: Double
      let peakMemoryBytes: Int
    }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let line = try decoder.decode(Line.self, from: Data(try #require(lines.last).utf8))
    #expect(line.event == "process_ended" && line.how == "finished")
    #expect(line.cpuSeconds > 0.001 && line.cpuSeconds < 60)
    #expect(line.peakMemoryBytes > 5_000_000 && line.peakMemoryBytes < 500_000_000)
    #expect(daemon.count("000001-a: its process used") == 1)
    #expect(try await daemon.end(SIGTERM) == 0)
  }

  @Test("a worker without a supervisor explains itself and exits")
  func byHand() throws {
    let run = try Programs.run("\(Programs.folder)/deepspoold", ["worker", "000001-a"])
    #expect(run.status == 64)
    #expect(run.errors.contains("deepspool run"))
    #expect(!(try Programs.run("\(Programs.folder)/deepspoold", ["--help"]).output.contains("worker")))
  }
}
