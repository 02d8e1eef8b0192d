import Documents
import DurableFiles
import Foundation
import JobFiles
import Spooling
import Testing

@Suite("The queue on disk")
struct JobQueueTests {
  private let first = JobIdentifier(number: 1, name: "a")

  @Test("a dropped file is accepted, started and finished; its folder shows its state")
  func life() async throws {
    let spool = TestSpool()
    try await spool.queue.recoverSettled()
    try spool.drop("a.yaml")
    try await spool.queue.takeSettled("a.yaml")
    #expect(try spool.listing().state(of: first) == .queued)
    #expect(try FileSystem().list(spool.layout.incoming).isEmpty)
    let started = try #require(try await spool.queue.startNextSettled())
    #expect(started.id == first && started.jobText == Array(TestSpool.job.utf8))
    #expect(try spool.listing().state(of: first) == .running)
    try FileSystem().makeFolder("\(started.folder)/result")
    try FileSystem().write("{}".utf8, to: "\(started.folder)/result/metrics.json")
    for name in ["checkpoint/part", "grid/1/entry.json", "cv_1/checkpoint/part", "events.jsonl"] {
      let file = URL(fileURLWithPath: "\(started.folder)/\(name)")
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data("{}".utf8).write(to: file)
    }
    try await spool.queue.ended(first, .finished)
    #expect(try spool.listing().state(of: first) == .finished)
    let kept = try FileSystem().list(spool.layout.folder(first, in: .finished))
    #expect(kept.contains("events.jsonl") && !kept.contains { JobFolderLayout.isTrainingState($0) }, "\(kept)")
    #expect(FileSystem().exists("\(spool.layout.result(first))/metrics.json"))
    #expect(spool.events == ["accepted 000001-a", "started 000001-a", "finished 000001-a"])
  }

  @Test("a started job tells how many processes train it")
  func ranks() async throws {
    let spool = TestSpool()
    try await spool.queue.recoverSettled()
    try spool.drop("a.yaml")
    try spool.drop("b.yaml", TestSpool.job + "training_shards: 4\nnodes: 2\nmin_nodes: 1\nranks_per_node: 2\n")
    try spool.drop("c.yaml", TestSpool.job + "nodes: 2\nsingle_node_mode: true\n")
    for name in ["a.yaml", "b.yaml", "c.yaml"] { try await spool.queue.takeSettled(name) }
    let alone = try #require(try await spool.queue.startNextSettled())
    #expect(alone.id == first && alone.ranks == nil)
    try await spool.queue.ended(first, .finished)
    let several = try #require(try await spool.queue.startNextSettled())
    let ranks = try #require(several.ranks)
    #expect((ranks.nodes, ranks.fewestNodes, ranks.perNode) == (2, 1, 2))
    try await spool.queue.ended(several.id, .finished)
    #expect(try #require(try await spool.queue.startNextSettled()).ranks == nil)
  }

  @Test("an invalid file is rejected with the reason and never overwrites an earlier rejection")
  func rejection() async throws {
    let spool = TestSpool()
    try await spool.queue.recoverSettled()
    for text in ["", "hiden: [1]\n"] {
      try spool.drop("bad.yaml", text)
      try await spool.queue.takeSettled("bad.yaml")
    }
    #expect(try spool.why("bad").contains("the file is empty"))
    #expect(try spool.why("bad.2").contains("did you mean 'hidden'?"))
    #expect(try FileSystem().list(spool.layout.rejected) == ["bad.2.why", "bad.2.yaml", "bad.why", "bad.yaml"])
    #expect(try spool.listing().claims.isEmpty)
    try spool.drop("table.csv", "a,b\n1,2\n")
    try await spool.queue.takeSettled("table.csv")
    #expect(try FileSystem().list(spool.layout.incoming) == ["table.csv"], "it was not left alone for a minute")
    spool.advance(60)
    _ = try await spool.queue.lookAgainSettled()
    #expect(try spool.why("table").contains("job files end in .yaml"))
  }

  @Test("folders, pipes, links, binary and oversized files are rejected, and the queue continues")
  func strangeThings() async throws {
    let spool = TestSpool()
    try await spool.queue.recoverSettled()
    let incoming = spool.layout.incoming
    try FileSystem().makeFolder("\(incoming)/folder.yaml")
    mkfifo("\(incoming)/pipe.yaml", 0o600)
    symlink("/etc/passwd", "\(incoming)/link.yaml")
    try Data([0, 1, 2, 255]).write(to: URL(fileURLWithPath: "\(incoming)/binary.yaml"))
    try spool.drop("huge.yaml", String(repeating: "#", count: DocumentReader.maximumBytes + 1))
    try spool.drop("good.yaml")
    for name in ["folder", "pipe", "link", "binary", "huge"] { try await spool.queue.takeSettled("\(name).yaml") }
    try await spool.queue.takeSettled("good.yaml")
    for (name, expected) in [
      ("folder", "this is a folder"), ("pipe", "pipe, socket or device"), ("link", "symbolic link"),
      ("binary", "not a text file"), ("huge", "the limit for a job file is 1048576"),
    ] { #expect(try spool.why(name).contains(expected), "\(name)") }
    #expect(await spool.queue.queuedCount == 1)
  }

  @Test("hidden files are ignored, and a file being written is taken only once it has settled")
  func halfWritten() async throws {
    let spool = TestSpool()
    try await spool.queue.recoverSettled()
    try spool.drop(".hidden.yaml")
    try spool.drop("slow.yaml", "training_frame: a.csv\n")
    let writer = try #require(FileHandle(forWritingAtPath: "\(spool.layout.incoming)/slow.yaml"))
    try await spool.queue.scanSettled()
    spool.advance(100)
    _ = try await spool.queue.lookAgainSettled()
    #expect(await spool.queue.queuedCount == 0)
    try writer.seekToEnd()
    try writer.write(contentsOf: Data("response_column: y\n".utf8))
    try writer.close()
    try await spool.queue.scanSettled()
    #expect(await spool.queue.queuedCount == 0)
    spool.advance(SettlingFiles.quietSeconds)
    #expect(try await !spool.queue.lookAgainSettled())
    #expect(await spool.queue.queuedCount == 1)
    #expect(try FileSystem().list(spool.layout.incoming) == [".hidden.yaml"])
  }

  @Test("a crash during acceptance, run or publication loses no job and duplicates none")
  func recovery() async throws {
    let spool = TestSpool()
    try await spool.queue.recoverSettled()
    let fileSystem = FileSystem()
    func folder(_ state: JobState, _ number: Int, _ name: String) throws -> String {
      let path = spool.layout.folder(JobIdentifier(number: number, name: name), in: state)
      try fileSystem.makeFolder(path)
      try fileSystem.write(TestSpool.job.utf8, to: "\(path)/job.yaml")
      return path
    }
    // Claimed but not accepted; claimed before the move; running; published but not moved; partly rejected.
    let claim = spool.layout.claim(JobIdentifier(number: 1, name: "claimed"))
    try fileSystem.makeFolder(claim)
    try fileSystem.write(TestSpool.job.utf8, to: "\(claim)/job.yaml")
    try fileSystem.makeFolder(spool.layout.claim(JobIdentifier(number: 2, name: "emptyclaim")))
    _ = try folder(.running, 3, "ran")
    _ = try folder(.running, 4, "published")
    try fileSystem.makeFolder(spool.layout.result(JobIdentifier(number: 4, name: "published")))
    try fileSystem.remove("\(try folder(.running, 5, "halfrejected"))/job.yaml")
    _ = try folder(.queued, 6, "waits")

    let second = JobQueue(
      spool.directory, limits: QueueLimits(maximumRunning: 9), secondsNow: { 0 }, wallSeconds: { 0 },
      onEvent: { _ in })
    second.doInspections(TestInspector(spool.directory).inspect)
    try await second.recoverSettled()
    let listing = try spool.listing()
    #expect(listing.claims.isEmpty)
    #expect((listing.jobs[.queued] ?? []).map(\.name).sorted() == ["claimed", "ran", "waits"])
    #expect((listing.jobs[.finished] ?? []).map(\.name) == ["published"])
    #expect((listing.jobs[.running] ?? []).isEmpty)
    var order: [String] = []
    while let job = try await second.startNextSettled() { order.append(job.id.name) }
    #expect(order == ["claimed", "ran", "waits"])
  }

  @Test("a cancel order cancels a waiting job, returns a running one, and is removed")
  func cancelling() async throws {
    let spool = TestSpool()
    try await spool.queue.recoverSettled()
    for name in ["a.yaml", "b.yaml"] {
      try spool.drop(name)
      try await spool.queue.takeSettled(name)
    }
    _ = try await spool.queue.startNextSettled()
    for order in ["000001-a", "2", "77"] { try spool.order(.cancel, order) }
    #expect(try await spool.queue.takeOrdersSettled().map(\.id) == [first])
    #expect(try spool.listing().state(of: JobIdentifier(number: 2, name: "b")) == .cancelled)
    try await spool.queue.ended(first, .cancelled(reason: "test"))
    #expect(try spool.orders().isEmpty)
    #expect(try spool.listing().state(of: first) == .cancelled)
    #expect(spool.events.contains("ignored 77"))
  }

  @Test("a running job with invalid data is rejected, a failed one keeps its reason")
  func endings() async throws {
    let spool = TestSpool(maximumRunning: 2)
    try await spool.queue.recoverSettled()
    for name in ["a.yaml", "b.yaml"] {
      try spool.drop(name)
      try await spool.queue.takeSettled(name)
      _ = try await spool.queue.startNextSettled()
    }
    try await spool.queue.ended(first, .rejected(reason: "constant response"))
    #expect(try spool.why("a").contains("constant response"))
    let second = JobIdentifier(number: 2, name: "b")
    try await spool.queue.ended(second, .failed(reason: "unstable"))
    let why = try FileSystem().read("\(spool.layout.folder(second, in: .failed))/why", limit: 100)
    #expect(why == Array("unstable\n".utf8))
  }

  @Test("after a stop no file is taken and no job starts")
  func stopping() async throws {
    let spool = TestSpool()
    try await spool.queue.recoverSettled()
    try spool.drop("a.yaml")
    try await spool.queue.takeSettled("a.yaml")
    await spool.queue.stopAccepting()
    try spool.drop("b.yaml")
    try await spool.queue.takeSettled("b.yaml")
    #expect(try await spool.queue.startNextSettled() == nil)
    #expect(try FileSystem().list(spool.layout.incoming) == ["b.yaml"])
  }

  @Test("deaths of the daemon never count against running jobs")
  func deathsOfTheDaemon() async throws {
    let spool = TestSpool()
    try await spool.queue.recoverSettled()
    try spool.drop("a.yaml")
    try await spool.queue.takeSettled("a.yaml")
    _ = try await spool.queue.startNextSettled()
    for death in 1...10 {
      let next = JobQueue(
        spool.directory, limits: QueueLimits(maximumRunning: 1), secondsNow: { 0 }, wallSeconds: { 0 },
        onEvent: { _ in })
      next.doInspections(TestInspector(spool.directory).inspect)
      try await next.recoverSettled()
      #expect(try spool.listing().state(of: first) == .queued, "after death \(death)")
      #expect(try await next.startNextSettled()?.id == first)
    }
  }

  @Test("a job whose worker crashes three times without progress fails with the reason")
  func poison() async throws {
    let spool = TestSpool()
    try await spool.queue.recoverSettled()
    try spool.drop("a.yaml")
    try await spool.queue.takeSettled("a.yaml")
    // A checkpoint after the second crash resets the count.
    for crash in 1...5 {
      #expect(try await spool.queue.startNextSettled()?.id == first, "crash \(crash)")
      if crash == 3 {
        try FileSystem().makeFolder("\(spool.layout.folder(first, in: .running))/\(JobFolderLayout.checkpointFolder)")
      }
      try await spool.queue.ended(first, .crashed(reason: "its process ended by SIGSEGV"))
      #expect(try spool.listing().state(of: first) == (crash < 5 ? .queued : .failed), "after crash \(crash)")
    }
    let why = try FileSystem().read("\(spool.layout.folder(first, in: .failed))/why", limit: 1000)
    let text = String(decoding: why, as: UTF8.self)
    #expect(
      text.contains("quarantined: its process ended by SIGSEGV; this happened 3 times without a new checkpoint"),
      "\(text)")
  }

  @Test("a job whose worker is killed repeatedly never fails; its pauses grow until there is progress")
  func killed() async throws {
    let spool = TestSpool()
    try await spool.queue.recoverSettled()
    try spool.drop("a.yaml")
    try await spool.queue.takeSettled("a.yaml")
    let pauses = [0.0, 1, 2, 4, 8]
    for pause in pauses {
      #expect(try await spool.queue.startNextSettled()?.id == first, "before a pause of \(pause) s")
      try await spool.queue.ended(first, .killed(reason: "killed by SIGKILL"))
      #expect(try spool.listing().state(of: first) == .queued)
      guard pause > 0 else { continue }
      spool.advance(pause - 0.5)
      #expect(try await spool.queue.startNextSettled() == nil, "within a pause of \(pause) s")
      spool.advance(0.5)
    }
    _ = try await spool.queue.startNextSettled()
    let folder = spool.layout.folder(first, in: .running)
    try FileSystem().makeFolder("\(folder)/\(JobFolderLayout.checkpointFolder)")
    try FileSystem().write([], to: "\(folder)/\(JobFolderLayout.checkpointFile)")
    try await spool.queue.ended(first, .killed(reason: "killed by SIGKILL"))
    #expect(try await spool.queue.startNextSettled()?.id == first)
    #expect(
      spool.events.filter { $0.hasPrefix("resumes") }
        == pauses.map { "resumes \(first) in \(Int($0)) s" } + ["resumes \(first) in 0 s from its checkpoint"])
  }

  @Test("a job that starts has no reason of an ending that a death of the daemon undid")
  func undoneEnding() async throws {
    let spool = TestSpool()
    try await spool.queue.recoverSettled()
    try spool.drop("a.yaml")
    try await spool.queue.takeSettled("a.yaml")
    let reason = "\(spool.layout.folder(first, in: .queued))/\(JobFolderLayout.reasonFile)"
    try FileSystem().write("crashed\n".utf8, to: reason)
    let started = try #require(try await spool.queue.startNextSettled())
    #expect(!FileSystem().exists("\(started.folder)/\(JobFolderLayout.reasonFile)"))
  }

  @Test("an ending that could not be written is retried")
  func unwrittenEnding() async throws {
    let spool = TestSpool()
    try await spool.queue.recoverSettled()
    try spool.drop("a.yaml")
    try await spool.queue.takeSettled("a.yaml")
    _ = try await spool.queue.startNextSettled()
    // A file in place of the folder for failed jobs makes the move fail.
    try FileSystem().removeTree(spool.layout.folder(.failed))
    try FileSystem().write([], to: spool.layout.folder(.failed))
    await #expect(throws: FileSystemError.self) { try await spool.queue.ended(first, .failed(reason: "x")) }
    try FileSystem().remove(spool.layout.folder(.failed))
    try FileSystem().makeFolder(spool.layout.folder(.failed))
    try await spool.queue.retryEndings()
    #expect(try spool.listing().state(of: first) == .failed)
  }
}
