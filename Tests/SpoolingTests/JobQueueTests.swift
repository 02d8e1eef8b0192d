import Documents
import DurableFiles
import Foundation
import JobFiles
import Spooling
import Synchronization
import Testing

/// A spool in a temporary folder, with the events that its queue has published.
final class TestSpool: Sendable {
  static let job = "training_frame: a.csv\nresponse_column: y\n"

  let layout: SpoolLayout
  let directory: SpoolDirectory
  let queue: JobQueue
  private let log = EventLog()
  private let clock = TestClock()

  convenience init(maximumRunning: Int = 1, needs: @escaping @Sendable (JobFile) -> JobNeeds? = { _ in nil }) {
    self.init(QueueLimits(maximumRunning: maximumRunning), needs: needs)
  }

  init(
    _ limits: QueueLimits, resultsGroup: ResultsGroup = .service,
    needs: @escaping @Sendable (JobFile) -> JobNeeds? = { _ in nil }
  ) {
    layout = SpoolLayout(root: NSTemporaryDirectory() + "spool-\(UUID().uuidString)")
    directory = SpoolDirectory(layout, fileSystem: FileSystem())
    queue = JobQueue(
      directory, limits: limits, resultsGroup: resultsGroup,
      checks: JobChecks(
        faults: { job in
          job.trainingFrame?.title == "missing.csv" ? [job.fault(\.trainingFrame, "is not there")] : []
        }, needs: needs, inputs: { [clock] _, _ in Array("at \(clock.now)".utf8) }),
      secondsNow: { [clock] in clock.now },
      wallSeconds: { [clock] in 1_000_000 + clock.now + clock.jumped },
      onEvent: { [log] in log.append($0) })
  }

  deinit { try? FileSystem().removeTree(layout.root) }

  var events: [String] { log.lines }

  func advance(_ seconds: Double) { clock.advance(seconds) }

  /// Somebody sets the machine's clock.
  func setClock(by seconds: Double) { clock.jump(seconds) }

  func drop(_ name: String, _ text: String = job) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: "\(layout.incoming)/\(name)"))
  }

  func order(_ order: SpoolOrder, _ name: String) throws {
    try FileSystem().write([], to: "\(layout.orders(order))/\(name)")
  }

  func listing() throws -> SpoolListing { try SpoolListing.read(layout, fileSystem: FileSystem()) }

  func why(_ name: String) throws -> String {
    String(decoding: try FileSystem().read("\(layout.rejected)/\(name).why", limit: 1 << 20), as: UTF8.self)
  }
}

private final class EventLog: Sendable {
  private let state = Mutex<[String]>([])
  var lines: [String] { state.withLock { $0 } }

  func append(_ event: SpoolEvent) {
    let line =
      switch event {
      case .accepted(let id, _): "accepted \(id)"
      case .rejected(let name, _, _, _): "rejected \(name)"
      case .recovered(let id): "recovered \(id)"
      case .started(let id): "started \(id)"
      case .finished(let id, _): "finished \(id)"
      case .failed(let id, _): "failed \(id)"
      case .cancelled(let id, _): "cancelled \(id)"
      case .interrupted(let id): "interrupted \(id)"
      case .held(let id): "held \(id)"
      case .released(let id): "released \(id)"
      case .retried(let id): "retried \(id)"
      case .putOff(let id, _, let seconds): "put off \(id) for \(Int(seconds)) s"
      case .waits(let id, let reason): "waits \(id): \(reason)"
      case .spaceShort: "space short"
      case .spaceBack: "space back"
      case .resultKept(let id, _): "kept \(id)"
      case .expired(let title): "expired \(title)"
      case .orderIgnored(_, let name, _): "ignored \(name)"
      }
    state.withLock { $0.append(line) }
  }
}

private final class TestClock: Sendable {
  private let state = Mutex(0.0)
  private let jumps = Mutex(0.0)
  var now: Double { state.withLock { $0 } }
  var jumped: Double { jumps.withLock { $0 } }
  func jump(_ seconds: Double) { jumps.withLock { $0 += seconds } }
  func advance(_ seconds: Double) { state.withLock { $0 += seconds } }
}

@Suite("The queue on disk")
struct JobQueueTests {
  private let first = JobIdentifier(number: 1, name: "a")

  @Test("a dropped file is accepted, started, finished; each state is the folder it lies in")
  func life() async throws {
    let spool = TestSpool()
    try await spool.queue.recover()
    try spool.drop("a.yaml")
    try await spool.queue.take("a.yaml")
    #expect(try spool.listing().state(of: first) == .queued)
    #expect(try FileSystem().list(spool.layout.incoming).isEmpty)
    let started = try #require(try await spool.queue.startNext())
    #expect(started.id == first && started.job.responseColumn == "y")
    #expect(try spool.listing().state(of: first) == .running)
    try FileSystem().makeFolder("\(started.folder)/result")
    try FileSystem().write("{}".utf8, to: "\(started.folder)/result/metrics.json")
    try await spool.queue.ended(first, .finished)
    #expect(try spool.listing().state(of: first) == .finished)
    #expect(FileSystem().exists("\(spool.layout.result(first))/metrics.json"))
    #expect(spool.events == ["accepted 000001-a", "started 000001-a", "finished 000001-a"])
  }

  @Test("what is no job is put aside with the reason, and never overwrites an earlier rejection")
  func rejection() async throws {
    let spool = TestSpool()
    try await spool.queue.recover()
    for text in ["", "hiden: [1]\n"] {
      try spool.drop("bad.yaml", text)
      try await spool.queue.take("bad.yaml")
    }
    #expect(try spool.why("bad").contains("the file is empty"))
    #expect(try spool.why("bad.2").contains("did you mean 'hidden'?"))
    #expect(try FileSystem().list(spool.layout.rejected) == ["bad.2.why", "bad.2.yaml", "bad.why", "bad.yaml"])
    #expect(try spool.listing().claims.isEmpty)
    try spool.drop("frame.yaml", "training_frame: missing.csv\nresponse_column: y\n")
    try await spool.queue.take("frame.yaml")
    #expect(try spool.why("frame").contains("frame.yaml:1:17: error: training_frame is not there"))
    try spool.drop("table.csv", "a,b\n1,2\n")
    try await spool.queue.take("table.csv")
    #expect(try spool.why("table").contains("job files end in .yaml"))
  }

  @Test("folders, pipes, links, binary and oversized files are rejected and the queue lives on")
  func strangeThings() async throws {
    let spool = TestSpool()
    try await spool.queue.recover()
    let incoming = spool.layout.incoming
    try FileSystem().makeFolder("\(incoming)/folder.yaml")
    mkfifo("\(incoming)/pipe.yaml", 0o600)
    symlink("/etc/passwd", "\(incoming)/link.yaml")
    try Data([0, 1, 2, 255]).write(to: URL(fileURLWithPath: "\(incoming)/binary.yaml"))
    try spool.drop("huge.yaml", String(repeating: "#", count: DocumentReader.maximumBytes + 1))
    try spool.drop("good.yaml")
    for name in ["folder", "pipe", "link", "binary", "huge"] { try await spool.queue.take("\(name).yaml") }
    try await spool.queue.take("good.yaml")
    for (name, expected) in [
      ("folder", "this is a folder"), ("pipe", "pipe, socket or device"), ("link", "symbolic link"),
      ("binary", "not a text file"), ("huge", "at most 1048576"),
    ] { #expect(try spool.why(name).contains(expected), "\(name)") }
    #expect(await spool.queue.queuedCount == 1)
  }

  @Test("dot-names are left alone, and a file in the making is taken only when it has settled")
  func halfWritten() async throws {
    let spool = TestSpool()
    try await spool.queue.recover()
    try spool.drop(".hidden.yaml")
    try spool.drop("slow.yaml", "training_frame: a.csv\n")
    let writer = try #require(FileHandle(forWritingAtPath: "\(spool.layout.incoming)/slow.yaml"))
    try await spool.queue.scan()
    spool.advance(10)
    #expect(try await spool.queue.lookAgain())
    #expect(await spool.queue.queuedCount == 0)
    try writer.seekToEnd()
    try writer.write(contentsOf: Data("response_column: y\n".utf8))
    try writer.close()
    _ = try await spool.queue.lookAgain()
    spool.advance(SettlingFiles.quietSeconds)
    #expect(try await !spool.queue.lookAgain())
    #expect(await spool.queue.queuedCount == 1)
    #expect(try FileSystem().list(spool.layout.incoming) == [".hidden.yaml"])
  }

  @Test("a crash at any point of accepting, running and publishing loses nothing and doubles nothing")
  func recovery() async throws {
    let spool = TestSpool()
    try await spool.queue.recover()
    let fileSystem = FileSystem()
    func folder(_ state: JobState, _ number: Int, _ name: String) throws -> String {
      let path = spool.layout.folder(JobIdentifier(number: number, name: name), in: state)
      try fileSystem.makeFolder(path)
      try fileSystem.write(TestSpool.job.utf8, to: "\(path)/job.yaml")
      return path
    }
    // taken, not yet accepted; taken, nothing moved in yet; running; published but not moved; half rejected
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
      spool.directory, limits: QueueLimits(maximumRunning: 9), checks: JobChecks(), secondsNow: { 0 },
      wallSeconds: { 0 },
      onEvent: { _ in })
    try await second.recover()
    let listing = try spool.listing()
    #expect(listing.claims.isEmpty)
    #expect((listing.jobs[.queued] ?? []).map(\.name).sorted() == ["claimed", "ran", "waits"])
    #expect((listing.jobs[.finished] ?? []).map(\.name) == ["published"])
    #expect((listing.jobs[.running] ?? []).isEmpty)
    var order: [String] = []
    while let job = try await second.startNext() { order.append(job.id.name) }
    #expect(order == ["claimed", "ran", "waits"])
  }

  @Test("a dropped order cancels a waiting job, names a running one, and is gone afterwards")
  func cancelling() async throws {
    let spool = TestSpool()
    try await spool.queue.recover()
    for name in ["a.yaml", "b.yaml"] {
      try spool.drop(name)
      try await spool.queue.take(name)
    }
    _ = try await spool.queue.startNext()
    for order in ["000001-a", "2", "77"] { try spool.order(.cancel, order) }
    #expect(try await spool.queue.takeOrders().map(\.id) == [first])
    #expect(try spool.listing().state(of: JobIdentifier(number: 2, name: "b")) == .cancelled)
    #expect(try FileSystem().list(spool.layout.orders(.cancel)).isEmpty)
    try await spool.queue.ended(first, .cancelled(reason: "test"))
    #expect(try spool.listing().state(of: first) == .cancelled)
    #expect(spool.events.contains("ignored 77"))
  }

  @Test("a job whose data are at fault is rejected from running, a failed one keeps its reason")
  func endings() async throws {
    let spool = TestSpool(maximumRunning: 2)
    try await spool.queue.recover()
    for name in ["a.yaml", "b.yaml"] {
      try spool.drop(name)
      try await spool.queue.take(name)
      _ = try await spool.queue.startNext()
    }
    try await spool.queue.ended(first, .rejected(reason: "constant response"))
    #expect(try spool.why("a").contains("constant response"))
    let second = JobIdentifier(number: 2, name: "b")
    try await spool.queue.ended(second, .failed(reason: "unstable"))
    let why = try FileSystem().read("\(spool.layout.folder(second, in: .failed))/why", limit: 100)
    #expect(why == Array("unstable\n".utf8))
  }

  @Test("after a stop nothing is taken and nothing starts")
  func stopping() async throws {
    let spool = TestSpool()
    try await spool.queue.recover()
    try spool.drop("a.yaml")
    try await spool.queue.take("a.yaml")
    await spool.queue.stopAccepting()
    try spool.drop("b.yaml")
    try await spool.queue.take("b.yaml")
    #expect(try await spool.queue.startNext() == nil)
    #expect(try FileSystem().list(spool.layout.incoming) == ["b.yaml"])
  }

  @Test("a job during which the daemon dies again and again without progress is set aside with the reason")
  func poison() async throws {
    let spool = TestSpool()
    try await spool.queue.recover()
    try spool.drop("a.yaml")
    try await spool.queue.take("a.yaml")
    _ = try await spool.queue.startNext()
    for crash in 1...2 {
      let next = JobQueue(
        spool.directory, limits: QueueLimits(maximumRunning: 1), checks: JobChecks(), secondsNow: { 0 },
        wallSeconds: { 0 },
        onEvent: { _ in })
      try await next.recover()
      let state = try spool.listing().state(of: first)
      #expect(state == (crash < 2 ? .queued : .failed), "after crash \(crash)")
      _ = try await next.startNext()
    }
    let why = try FileSystem().read("\(spool.layout.folder(first, in: .failed))/why", limit: 1000)
    #expect(String(decoding: why, as: UTF8.self).contains("ended 2 times while this job ran"))
  }

  @Test("an ending that could not be written is written later")
  func unwrittenEnding() async throws {
    let spool = TestSpool()
    try await spool.queue.recover()
    try spool.drop("a.yaml")
    try await spool.queue.take("a.yaml")
    _ = try await spool.queue.startNext()
    // The folder of failed jobs is in the way as a file, so the move fails.
    try FileSystem().removeTree(spool.layout.folder(.failed))
    try FileSystem().write([], to: spool.layout.folder(.failed))
    await #expect(throws: FileSystemError.self) { try await spool.queue.ended(first, .failed(reason: "x")) }
    try FileSystem().remove(spool.layout.folder(.failed))
    try FileSystem().makeFolder(spool.layout.folder(.failed))
    try await spool.queue.retryEndings()
    #expect(try spool.listing().state(of: first) == .failed)
  }

  @Test("an order that cannot be removed is told once and keeps no other from being carried out")
  func stuckOrder() async throws {
    let spool = TestSpool()
    try await spool.queue.recover()
    try spool.drop("a.yaml")
    try await spool.queue.take("a.yaml")
    try FileSystem().makeFolder("\(spool.layout.orders(.cancel))/0-stuck/inside")
    try FileSystem().write([], to: "\(spool.layout.orders(.cancel))/1")
    _ = try await spool.queue.takeOrders()
    _ = try await spool.queue.takeOrders()
    #expect(try spool.listing().state(of: first) == .cancelled)
    #expect(try FileSystem().list(spool.layout.orders(.cancel)) == ["0-stuck"])
    #expect(spool.events.filter { $0 == "ignored 0-stuck" }.count == 2)
  }
}
