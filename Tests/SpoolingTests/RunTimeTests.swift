import DurableFiles
import Foundation
import Glibc
import Spooling
import Testing

/// The running time of jobs and submitters across restarts of the daemon.
@Suite("Running times across restarts")
struct RunTimeTests {
  /// Returns another daemon's queue on the same spool, whose clocks show `seconds`.
  private func next(_ spool: TestSpool, at seconds: Double) async throws -> JobQueue {
    let queue = JobQueue(
      spool.directory, limits: QueueLimits(maximumRunning: 1), secondsNow: { 5 },
      wallSeconds: { 1_000_000 + seconds }, onEvent: { _ in })
    queue.doInspections(TestInspector(spool.directory).inspect)
    try await queue.recoverSettled()
    return queue
  }

  private func path(_ spool: TestSpool, _ name: String) -> String {
    "\(spool.layout.folder(JobIdentifier(number: 1, name: "a"), in: .running))/\(name)"
  }

  @Test("the time before an orderly stop counts, and so does that before each interruption")
  func stopped() async throws {
    let spool = TestSpool()
    defer { withExtendedLifetime(spool) {} }
    try await spool.queue.recoverSettled()
    try await spool.submit("a")
    let first = try #require(try await spool.queue.startNextSettled())
    #expect(first.earlierSeconds == 0)
    spool.advance(100)
    try await spool.queue.ended(first.id, .interrupted)
    let second = try #require(try await spool.queue.startNextSettled())
    #expect(second.earlierSeconds == 100)
    spool.advance(50)
    await spool.queue.stopAccepting()
    try await spool.queue.ended(first.id, .interrupted)
    let queue = try await next(spool, at: 500)
    #expect(try await queue.startNextSettled()?.earlierSeconds == 150)
  }

  @Test("the time before the daemon was killed counts up to the last sign of life of the job")
  func killed() async throws {
    let spool = TestSpool()
    defer { withExtendedLifetime(spool) {} }
    try await spool.queue.recoverSettled()
    try await spool.submit("a")
    _ = try await spool.queue.startNextSettled()
    try FileSystem().write([], to: path(spool, JobFolderLayout.eventsFile))
    // The clock of the test shows 1,000,000 s at the start.
    var times = [timespec(tv_sec: 1_000_070, tv_nsec: 0), timespec(tv_sec: 1_000_070, tv_nsec: 0)]
    #expect(utimensat(AT_FDCWD, path(spool, JobFolderLayout.eventsFile), &times, 0) == 0)
    let queue = try await next(spool, at: 90_000)
    #expect(try await queue.startNextSettled()?.earlierSeconds == 70)
  }

  @Test("a retry starts with no time used, and a damaged record counts as none", arguments: [true, false])
  func forgotten(_ isRetry: Bool) async throws {
    let spool = TestSpool()
    defer { withExtendedLifetime(spool) {} }
    try await spool.queue.recoverSettled()
    try await spool.submit("a")
    let first = try #require(try await spool.queue.startNextSettled())
    spool.advance(100)
    if isRetry {
      try await spool.queue.ended(first.id, .failed(reason: "x"))
      try spool.order(.retry, "a")
      _ = try await spool.queue.takeOrdersSettled()
    } else {
      try await spool.queue.ended(first.id, .interrupted)
      let folder = spool.layout.folder(first.id, in: .queued)
      try FileSystem().write("-5 x".utf8, to: "\(folder)/\(JobFolderLayout.runTimeFile)")
    }
    #expect(try await spool.queue.startNextSettled()?.earlierSeconds == 0)
  }

  // MARK: Submitters

  private let alice: UInt32 = 1001
  private let bob: UInt32 = 1002

  private func job(_ number: Int) -> JobIdentifier { JobIdentifier(number: number, name: "j") }

  @Test("an order of turns continues with the accounts of another")
  func restored() {
    var order = TurnOrder(maximumRunning: 1)
    order.advance(to: 0)
    let places = [alice, bob].map { TurnOrder.Place(priority: 0, submitterID: $0) }
    for (number, place) in places.enumerated() { order.enqueue(job(number + 1), place) }
    order.start(job(1), places[0])
    order.advance(to: 100)
    order.ended(job(1))
    #expect(order.accounts == RunningTimeAccounts(active: [bob: 0], idle: [alice: 101]))
    order.enqueue(job(3), places[0])
    #expect(order.accounts == RunningTimeAccounts(active: [alice: 101, bob: 0]))
    var next = TurnOrder(maximumRunning: 1)
    next.restore(order.accounts)
    next.advance(to: 0)
    // Whoever is read first, bob has used less.
    next.enqueue(job(3), places[0])
    next.enqueue(job(4), places[1])
    #expect(next.next() == job(4))
    #expect(next.accounts == order.accounts)
  }

  @Test("submitters continue at their accounts after a restart", .enabled(if: geteuid() == 0, "needs root"))
  func accounts() async throws {
    let spool = TestSpool()
    defer { withExtendedLifetime(spool) {} }
    try await spool.queue.recoverSettled()
    try await spool.submit("first", by: 61_101)
    try await spool.submit("second", by: 61_101)
    try await spool.submit("other", by: 61_102)
    let first = try #require(try await spool.queue.startNextSettled())
    #expect(first.id.name == "first")
    spool.advance(1000)
    try await spool.queue.ended(first.id, .failed(reason: "x"))
    // The submitter of the two earlier jobs has used 1000 s.
    let queue = try await next(spool, at: 2000)
    let started = try #require(try await queue.startNextSettled())
    #expect(started.id.name == "other")
    // Without the record, everybody starts equal.
    try await queue.ended(started.id, .interrupted)
    try FileSystem().remove("\(spool.layout.root)/.accounts")
    #expect(try await next(spool, at: 3000).startNextSettled()?.id.name == "second")
  }
}
