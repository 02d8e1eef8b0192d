import DurableFiles
import Foundation
import Glibc
import JobFiles
import Spooling
import Synchronization
import Testing

/// Tests of the queue during inspections, which may take long.
@Suite("Inspections")
struct AcceptanceTests {
  /// An inspector that answers only after it has been opened.
  private final class Gate: Sendable {
    private let state = Mutex<(isOpen: Bool, waiting: [CheckedContinuation<Void, Never>])>((false, []))
    private let seen = Mutex<[String]>([])
    var looks: [String] { seen.withLock { $0 } }

    func pass(_ inspection: Inspection) async {
      seen.withLock { $0.append("\(inspection.id)") }
      await withCheckedContinuation { continuation in
        let passes = state.withLock { state in
          if !state.isOpen { state.waiting.append(continuation) }
          return state.isOpen
        }
        if passes { continuation.resume() }
      }
    }

    func open() {
      let waiting = state.withLock { state in
        state.isOpen = true
        defer { state.waiting = [] }
        return state.waiting
      }
      for continuation in waiting { continuation.resume() }
    }
  }

  private final class Log: Sendable {
    private let events = Mutex<[SpoolEvent]>([])
    func append(_ event: SpoolEvent) { events.withLock { $0.append(event) } }
    var accepted: [String] {
      events.withLock { $0 }.compactMap { if case .accepted(let id, _) = $0 { id.name } else { nil } }
    }
    var waits: [String] {
      events.withLock { $0 }.compactMap { if case .waits(_, let reason) = $0 { reason } else { nil } }
    }
  }

  private let layout = SpoolLayout(root: NSTemporaryDirectory() + "acceptance-\(UUID().uuidString)")
  private let log = Log()

  private func queue(
    gate: Gate? = nil, now: @escaping @Sendable () -> Double = { 0 },
    inputs: @escaping @Sendable (JobFile) throws(InspectionFailure) -> String? = { _ in nil }
  ) async throws -> JobQueue {
    let directory = SpoolDirectory(layout, fileSystem: FileSystem())
    let inspector = TestInspector(directory, inputs: inputs)
    let queue = JobQueue(
      directory, limits: QueueLimits(maximumRunning: 9), secondsNow: now, wallSeconds: { 0 }, onEvent: log.append)
    queue.doInspections { inspection in
      if case .acceptance = inspection.purpose { await gate?.pass(inspection) }
      return await inspector.inspect(inspection)
    }
    try await queue.recover()
    return queue
  }

  private func drop(_ name: String) throws {
    try Data(TestSpool.job.utf8).write(to: URL(fileURLWithPath: "\(layout.incoming)/\(name).yaml"))
  }

  private func names(_ state: JobState) throws -> [String] {
    (try SpoolListing.read(layout, fileSystem: FileSystem()).jobs[state] ?? []).map(\.name)
  }

  @Test("during an inspection jobs end, start and are cancelled; a job appears after its inspection")
  func served() async throws {
    defer { try? FileSystem().removeTree(layout.root) }
    for (number, name) in ["runs", "waits", "cancelled"].enumerated() {
      let folder = layout.folder(JobIdentifier(number: number + 1, name: name), in: .queued)
      try FileSystem().makeFolder(folder)
      try FileSystem().write(TestSpool.job.utf8, to: "\(folder)/job.yaml")
    }
    let gate = Gate()
    let queue = try await queue(gate: gate)
    await queue.settled()
    let first = try #require(try await queue.startNextSettled())
    try drop("slow")
    try await queue.take("slow.yaml")
    try FileSystem().write([], to: "\(layout.orders(.cancel))/cancelled")
    _ = try await queue.takeOrders()
    #expect(try names(.cancelled) == ["cancelled"])
    try await queue.ended(first.id, .failed(reason: "test"))
    #expect(try names(.failed) == ["runs"])
    #expect(try names(.queued) == ["waits"], "a job is visible before its inspection")
    #expect(await queue.queuedCount == 1)
    gate.open()
    await queue.settled()
    #expect(gate.looks == ["000004-slow"])
    #expect(try names(.queued) == ["waits", "slow"])
    #expect(await queue.contradictions.isEmpty)
  }

  @Test("files are accepted in order of arrival; a job for which an order waits goes first, and the order waits")
  func order() async throws {
    defer { try? FileSystem().removeTree(layout.root) }
    let gate = Gate()
    let queue = try await queue(gate: gate)
    let dropped = (0..<20).map { "j\(19 - $0)" }
    for name in dropped {
      try drop(name)
      try await queue.take("\(name).yaml")
    }
    try FileSystem().write([], to: "\(layout.orders(.hold))/j0")
    _ = try await queue.takeOrders()
    #expect(await !queue.hasEarlyOrders, "an order is taken again before its job has changed")
    #expect(try FileSystem().list(layout.orders(.hold)) == ["j0"])
    gate.open()
    await queue.settled()
    #expect(await queue.hasEarlyOrders)
    // The inspection of the first was in progress.
    #expect(log.accepted == [dropped[0], "j0"] + dropped[1..<19])
    _ = try await queue.takeOrders()
    #expect(try names(.held) == ["j0"])
    #expect(await !queue.hasEarlyOrders)
    #expect(try FileSystem().list(layout.orders(.hold)).isEmpty)
  }

  @Test("a table in use delays only its own job, is reported once, and the job is accepted once it is free")
  func leases() async throws {
    defer { try? FileSystem().removeTree(layout.root) }
    let isInUse = Mutex(true)
    let clock = Mutex(0.0)
    let queue = try await queue(now: { clock.withLock { $0 } }) { job throws(InspectionFailure) in
      guard job.responseColumn == "z", isInUse.withLock({ $0 }) else { return nil }
      throw .inUse(reason: "training_frame 'a.csv' cannot be read now")
    }
    try Data("training_frame: a.csv\nresponse_column: z\n".utf8)
      .write(to: URL(fileURLWithPath: "\(layout.incoming)/leased.yaml"))
    try await queue.take("leased.yaml")
    try drop("free")
    try await queue.take("free.yaml")
    await queue.settled()
    #expect(log.accepted == ["free"])
    #expect(log.waits == ["waits for a file: training_frame 'a.csv' cannot be read now"])
    clock.withLock { $0 = 3 }
    _ = try await queue.lookAgainSettled()
    isInUse.withLock { $0 = false }
    _ = try await queue.lookAgainSettled()
    #expect(log.accepted == ["free"], "it was inspected again without a pause")
    clock.withLock { $0 = 10 }
    _ = try await queue.lookAgainSettled()
    #expect(log.accepted == ["free", "leased"])
    #expect(log.waits.count == 1)
  }

  @Test("a job file with a lease of its owner is inspected again and does not stop the queue")
  func leasedJobFile() async throws {
    signal(SIGIO, SIG_IGN)
    defer { try? FileSystem().removeTree(layout.root) }
    let clock = Mutex(0.0)
    let queue = try await queue(now: { clock.withLock { $0 } })
    try drop("own")
    let holder = open("\(layout.incoming)/own.yaml", O_RDWR)
    // F_SETLEASE of fcntl(2).
    try #require(holder >= 0 && fcntl(holder, 1024, F_WRLCK) == 0)
    try await queue.takeSettled("own.yaml")
    #expect(log.accepted.isEmpty && log.waits.count == 1)
    close(holder)
    clock.withLock { $0 = 100 }
    _ = try await queue.lookAgainSettled()
    #expect(log.accepted == ["own"])
  }

  @Test("the next daemon inspects files that were claimed before a stop")
  func stopped() async throws {
    defer { try? FileSystem().removeTree(layout.root) }
    let gate = Gate()
    let first = try await queue(gate: gate)
    for name in ["a", "b"] {
      try drop(name)
      try await first.take("\(name).yaml")
    }
    await first.stopAccepting()
    gate.open()
    await first.settled()
    #expect(log.accepted == ["a"])
    let second = try await queue()
    await second.settled()
    #expect(log.accepted == ["a", "b"])
  }
}
