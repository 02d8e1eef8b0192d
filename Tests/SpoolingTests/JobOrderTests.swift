import DurableFiles
import Foundation
import Glibc
import JobFiles
import Spooling
import Synchronization
import Testing

/// Tests of orders that change, remove and repeat jobs, and of orders that must wait.
@Suite("Priority, removal and reruns")
struct JobOrderTests {
  private func spool(_ jobs: String...) async throws -> TestSpool {
    let spool = TestSpool()
    try await spool.queue.recoverSettled()
    for name in jobs { try await spool.submit(name) }
    return spool
  }

  private func id(_ number: Int, _ name: String) -> JobIdentifier { JobIdentifier(number: number, name: name) }

  @Test("a priority order changes the turn of a job, also after a restart")
  func priority() async throws {
    let spool = try await spool("a", "b", "c", "d")
    try spool.order(.priority, "c", "5\n")
    try spool.order(.priority, "000002-b", "-3")
    _ = try await spool.queue.takeOrdersSettled()
    #expect(spool.events.contains("ordered 000003-c: priority 5"))
    #expect(try await spool.run() == id(3, "c"))
    try spool.order(.hold, "d")
    _ = try await spool.queue.takeOrdersSettled()
    try spool.order(.priority, "d", "9")
    _ = try await spool.queue.takeOrdersSettled()
    try spool.order(.release, "d")
    _ = try await spool.queue.takeOrdersSettled()
    try await spool.queue.recoverSettled()
    var order: [String] = []
    while let id = try await spool.run() { order.append(id.name) }
    #expect(order == ["d", "a", "b"])
  }

  @Test("a priority that is no number in range is answered", arguments: ["high", "5 6", "1001", "1e3", "-1001", "5.0"])
  func invalidPriority(_ text: String) async throws {
    let spool = try await spool("a")
    try spool.order(.priority, "a", text)
    _ = try await spool.queue.takeOrdersSettled()
    #expect(try spool.orders().isEmpty && spool.events.contains("ignored a"))
    #expect(!FileSystem().exists("\(spool.layout.folder(id(1, "a"), in: .queued))/priority"))
  }

  @Test("an empty priority order may still be written and waits")
  func unfinishedPriority() async throws {
    let spool = try await spool("a")
    try spool.order(.priority, "a")
    _ = try await spool.queue.takeOrdersSettled()
    #expect(try spool.orders() == ["priority/a"])
    #expect(await spool.queue.hasEarlyOrders)
    try spool.order(.priority, "a", "4")
    _ = try await spool.queue.takeOrdersSettled()
    #expect(try spool.orders().isEmpty && spool.events.contains("ordered 000001-a: priority 4"))
  }

  @Test("an order that replaces another while that is removed is carried out, too", arguments: [true, false])
  func replaced(_ isAtLastMoment: Bool) async throws {
    let layout = SpoolLayout(root: NSTemporaryDirectory() + "replaced-\(UUID().uuidString)")
    defer { try? FileSystem().removeTree(layout.root) }
    let path = "\(layout.orders(.priority))/a"
    let hasReplaced = Mutex(false)
    @Sendable func write(_ number: Int) {
      let other = "\(layout.root)/.order"
      try? FileSystem().write("\(number)\n".utf8, to: other, mode: 0o644)
      try? FileSystem().rename(other, to: path)
    }
    let priorityFile = "\(layout.folder(id(1, "a"), in: .queued))/\(JobFolderLayout.priorityFile)"
    let directory = SpoolDirectory(
      layout,
      fileSystem: FileSystem { call in
        let isDue = call.operation == .rename && (isAtLastMoment ? call.path == path : call.target == priorityFile)
        guard isDue,
          hasReplaced.withLock({ has in
            defer { has = true }; return !has
          })
        else { return nil }
        write(7)
        return nil
      })
    let queue = JobQueue(
      directory, limits: QueueLimits(maximumRunning: 1), secondsNow: { 0 }, wallSeconds: { 0 }, onEvent: { _ in })
    queue.doInspections(TestInspector(directory).inspect)
    try await queue.recoverSettled()
    try FileSystem().write(TestSpool.job.utf8, to: "\(layout.incoming)/a.yaml")
    try await queue.takeSettled("a.yaml")
    write(3)
    _ = try await queue.takeOrdersSettled()
    #expect(hasReplaced.withLock { $0 })
    #expect(try FileSystem().list(layout.orders(.priority)) == ["a"])
    #expect(await queue.hasEarlyOrders)
    _ = try await queue.takeOrdersSettled()
    #expect(directory.orderedPriority(of: id(1, "a"), in: .queued)?.value == 7)
    #expect(try FileSystem().list(layout.orders(.priority)).isEmpty)
    #expect(await !queue.hasEarlyOrders)
  }

  @Test("a job's folder records the orders that it obeyed, and those that it did not with the reason")
  func recorded() async throws {
    let spool = try await spool("a")
    for order in [SpoolOrder.hold, .retry] {
      try spool.order(order, "a")
      _ = try await spool.queue.takeOrdersSettled()
    }
    let orders = spool.directory.recordedOrders(in: spool.layout.folder(id(1, "a"), in: .held))
    #expect(orders.map(\.text) == ["hold", "retry"] && orders.allSatisfy { $0.giver.userID == geteuid() })
    #expect(orders.map(\.refusal) == [nil, "000001-a is held and cannot be retried"])
  }

  @Test("the refused order of another user leaves no trace in the job's folder", .enabled(if: geteuid() == 0))
  func refused() async throws {
    let spool = try await spool("a")
    try spool.order(.cancel, "1", by: 61_003)
    _ = try await spool.queue.takeOrdersSettled()
    #expect(spool.events.contains("refused 1"))
    #expect(spool.directory.recordedOrders(in: spool.layout.folder(id(1, "a"), in: .queued)).isEmpty)
  }

  @Test("a removed job is gone with its result, its number is never used again, and running jobs stay")
  func remove() async throws {
    let spool = try await spool("a", "b")
    try await spool.run()
    try await spool.run()
    try await spool.submit("c")
    _ = try await spool.queue.startNextSettled()
    for name in ["2", "c"] { try spool.order(.remove, name) }
    _ = try await spool.queue.takeOrdersSettled()
    #expect(try spool.names(.finished) == ["000001-a"])
    #expect(try FileSystem().list(spool.layout.results) == ["000001-a"])
    #expect(try spool.names(.running) == ["000003-c"])
    #expect(spool.events.contains("removed 000002-b") && spool.events.contains("ignored c"))
    try await spool.queue.ended(id(3, "c"), .failed(reason: "test"))
    try spool.order(.remove, "c")
    _ = try await spool.queue.takeOrdersSettled()
    try await spool.queue.recoverSettled()
    #expect(try await spool.submit("d") == id(4, "d"))
    // A job that waits for a removed one learns that.
    try await spool.submit("e", "job: {after: [3]}\n")
    #expect(try await spool.run() == id(4, "d"))
    #expect(try await spool.run() == nil)
    #expect(try spool.names(.cancelled) == ["000005-e"])
  }

  @Test("a rejected file is removed with its reason by its number or name; other orders do not apply to it")
  func removeRejected() async throws {
    let spool = try await spool("a")
    try spool.drop("bad.yaml", "hiden: 3\n")
    try await spool.queue.takeSettled("bad.yaml")
    #expect(try FileSystem().list(spool.layout.rejected) == ["bad.why", "bad.yaml"])
    for order in [SpoolOrder.cancel, .rerun] { try spool.order(order, "2") }
    _ = try await spool.queue.takeOrdersSettled()
    #expect(spool.events.filter { $0 == "ignored 2" }.count == 2, "\(spool.events)")
    try spool.order(.remove, "000002-bad")
    _ = try await spool.queue.takeOrdersSettled()
    #expect(try FileSystem().list(spool.layout.rejected).isEmpty)
    #expect(spool.events.contains("removed the rejected 000002-bad"))
    // The number is never used again, also after a restart.
    try await spool.queue.recoverSettled()
    try spool.drop("bad.yaml", "hiden: 3\n")
    try await spool.queue.takeSettled("bad.yaml")
    #expect(try spool.why("bad").contains("(number 3"))
    try spool.order(.remove, "bad")
    _ = try await spool.queue.takeOrdersSettled()
    #expect(try FileSystem().list(spool.layout.rejected).isEmpty && spool.names(.queued) == ["000001-a"])
    #expect(try spool.orders().isEmpty)
  }

  @Test("the rejected file of another user stays", .enabled(if: geteuid() == 0, "needs root"))
  func removeRejectedOfOthers() async throws {
    let spool = try await spool()
    try spool.drop("bad.yaml", "hiden: 3\n", by: 61_002)
    try await spool.queue.takeSettled("bad.yaml")
    try spool.order(.remove, "1", by: 61_003)
    _ = try await spool.queue.takeOrdersSettled()
    #expect(spool.events.contains("refused 1") && spool.events.count { $0.hasPrefix("removed") } == 0)
    try spool.order(.remove, "1", by: 61_002)
    _ = try await spool.queue.takeOrdersSettled()
    #expect(try FileSystem().list(spool.layout.rejected).isEmpty)
  }

  @Test("a rerun is a new job with the same file and submitter")
  func rerun() async throws {
    let spool = try await spool("a")
    try await spool.run(.failed(reason: "test"))
    try spool.order(.rerun, "a")
    _ = try await spool.queue.takeOrdersSettled()
    #expect(try spool.names(.failed) == ["000001-a"] && spool.names(.queued) == ["000002-a"])
    #expect(try spool.orders().isEmpty)
    let (old, new) = (spool.layout.folder(id(1, "a"), in: .failed), spool.layout.folder(id(2, "a"), in: .queued))
    for name in [JobFolderLayout.jobFile, JobFolderLayout.submitterFile] {
      #expect(try FileSystem().read("\(old)/\(name)", limit: 1000) == FileSystem().read("\(new)/\(name)", limit: 1000))
    }
    #expect(try FileSystem().list(new).allSatisfy { !$0.hasPrefix(JobFolderLayout.rerunPrefix) })
    #expect(try await spool.run() == id(2, "a"))
  }

  @Test("an order to a running job survives the death of the daemon", arguments: [SpoolOrder.cancel, .finish])
  func daemonDies(_ order: SpoolOrder) async throws {
    let spool = try await spool("a")
    let running = spool.layout.folder(id(1, "a"), in: .running)
    _ = try await spool.queue.startNextSettled()
    try FileSystem().makeFolder("\(running)/\(JobFolderLayout.checkpointFolder)")
    try FileSystem().write([], to: "\(running)/\(JobFolderLayout.checkpointFile)")
    try spool.order(order, "a")
    #expect(try await spool.queue.takeOrdersSettled().map(\.order) == [order])
    let next = JobQueue(
      spool.directory, limits: QueueLimits(maximumRunning: 1), secondsNow: { 0 }, wallSeconds: { 0 }, onEvent: { _ in })
    next.doInspections(TestInspector(spool.directory).inspect)
    try await next.recoverSettled()
    let started = try await next.startNextSettled()
    if order == .cancel {
      #expect(try started == nil && spool.names(.cancelled) == ["000001-a"])
    } else {
      #expect(started?.id == id(1, "a"))
      #expect(try await next.takeOrdersSettled().map(\.order) == [.finish])
      // The worker has no model yet, but soon continues from the checkpoint.
      try await next.cannotFinish(id(1, "a"))
      #expect(await next.hasEarlyOrders)
      #expect(try await next.takeOrdersSettled().map(\.order) == [.finish])
      try await next.ended(id(1, "a"), .finished)
    }
    #expect(try spool.orders().isEmpty)
  }

  @Test("orders are carried out in the order in which they were given")
  func sequence() async throws {
    let spool = try await spool("a", "b")
    // Some file systems record times in steps of several milliseconds.
    let step = Duration.milliseconds(30)
    for order in [SpoolOrder.hold, .release] {
      try spool.order(order, "a")
      try await Task.sleep(for: step)
    }
    try spool.order(.hold, "b")
    _ = try await spool.queue.takeOrdersSettled()
    #expect(try spool.names(.queued) == ["000001-a"])
    try spool.order(.release, "b")
    try await Task.sleep(for: step)
    try spool.order(.hold, "2")
    _ = try await spool.queue.takeOrdersSettled()
    #expect(try spool.names(.held) == ["000002-b"])
  }

  @Test("an order to a file that lies in incoming waits for it; an order that is there before a start applies")
  func orderWithDrop() async throws {
    let spool = try await spool("a")
    try await spool.run()
    for name in ["a", "b"] {
      try spool.drop("\(name).yaml")
      try spool.order(.hold, name)
    }
    _ = try await spool.queue.takeOrders()
    #expect(await !spool.queue.hasEarlyOrders)
    spool.advance(SettlingFiles.quietSeconds)
    _ = try await spool.queue.lookAgainSettled()
    #expect(await spool.queue.hasEarlyOrders)
    #expect(try await spool.queue.startNextSettled() == nil)
    #expect(try spool.names(.held) == ["000002-a", "000003-b"])
    try await spool.submit("c")
    try spool.order(.hold, "c")
    #expect(try await spool.queue.startNextSettled() == nil)
    #expect(try spool.names(.held).count == 3 && spool.orders().isEmpty)
  }

  @Test("an order to a file that is rejected never means an older job of the name")
  func rejectedTarget() async throws {
    let spool = try await spool("a")
    try spool.drop("a.yaml", "nonsense: 1\n")
    try await spool.queue.take("a.yaml")
    try spool.order(.cancel, "a")
    _ = try await spool.queue.takeOrders()
    await spool.queue.settled()
    _ = try await spool.queue.takeOrdersSettled()
    #expect(try spool.names(.queued) == ["000001-a"])
    #expect(try spool.orders().isEmpty && spool.events.contains("ignored a"))
  }

  @Test("a circle that closes when a held job is released is rejected with its names")
  func circles() async throws {
    let spool = try await spool()
    try await spool.submit("a", "job: {after: [b]}\n")
    try spool.order(.hold, "a")
    _ = try await spool.queue.takeOrdersSettled()
    try await spool.submit("b", "job: {after_any: [c]}\n")
    try await spool.submit("c", "job: {after: [a]}\n")
    #expect(try await spool.run() == nil)
    try spool.order(.release, "a")
    _ = try await spool.queue.takeOrdersSettled()
    #expect(try await spool.run() == id(2, "b"), "b runs after c however c ends")
    let circle = "000003-c waits for 000001-a, which waits for 000002-b, which waits for 000003-c"
    #expect(try spool.why("c").contains("wait for each other for ever: \(circle); remove one of these dependencies"))
  }
}
