import DurableFiles
import Foundation
import Spooling
import Testing

@Suite("Quotas of submitters")
struct QuotaTests {
  private func drop(_ spool: TestSpool, _ name: String) async throws {
    try spool.drop("\(name).yaml")
    try await spool.queue.takeSettled("\(name).yaml")
  }

  @Test("queued, blocked and held jobs count against the quota, running and ended ones do not")
  func queued() async throws {
    let spool = TestSpool(QueueLimits(maximumRunning: 1, maximumQueuedPerSubmitter: 2))
    try await spool.queue.recoverSettled()
    for name in ["a", "b", "c"] { try await drop(spool, name) }
    #expect(spool.events == ["accepted 000001-a", "accepted 000002-b", "rejected c.yaml"])
    let me = Submitter(ownerID: geteuid(), root: .service).title
    #expect(
      try spool.why("c").contains(
        "\(me) has 2 queued or held jobs; the limit is 2 (max_queued_jobs_per_submitter). Wait until some have run"))
    try spool.order(.hold, "a")
    _ = try await spool.queue.takeOrdersSettled()
    try await drop(spool, "d")
    #expect(spool.events.last == "rejected d.yaml")
    let started = try #require(try await spool.queue.startNextSettled())
    #expect(started.id.name == "b")
    try await drop(spool, "e")
    #expect(spool.events.last?.hasPrefix("accepted") == true)
    try spool.order(.release, "a")
    _ = try await spool.queue.takeOrdersSettled()
    try await drop(spool, "f")
    #expect(spool.events.last == "rejected f.yaml")
    try await spool.queue.ended(started.id, .failed(reason: "x"))
    try spool.order(.cancel, "a")
    _ = try await spool.queue.takeOrdersSettled()
    try await drop(spool, "g")
    #expect(spool.events.last?.hasPrefix("accepted") == true)
  }

  @Test("orders that bring back an ended job are checked against the quota", arguments: [SpoolOrder.retry, .rerun])
  func orders(_ order: SpoolOrder) async throws {
    let spool = TestSpool(QueueLimits(maximumRunning: 1, maximumQueuedPerSubmitter: 2))
    try await spool.queue.recoverSettled()
    for name in ["a", "b"] { try await drop(spool, name) }
    for _ in 1...2 { try await spool.run(.failed(reason: "x")) }
    try await drop(spool, "c")
    for name in ["a", "b"] { try spool.order(order, name) }
    _ = try await spool.queue.takeOrdersSettled()
    // A rerun is a new job, which is rejected if others of the same moment have filled the queue.
    #expect(try spool.names(.queued).count == 2)
    #expect(try spool.orders().isEmpty)
    let folder = spool.layout.folder(JobIdentifier(number: 2, name: "b"), in: .failed)
    if order == .retry { #expect(spool.directory.recordedOrders(in: folder).map { $0.refusal != nil } == [true]) }
    try spool.order(order, "b")
    _ = try await spool.queue.takeOrdersSettled()
    #expect(try spool.names(.queued).count == 2)
    let refusal = spool.directory.recordedOrders(in: folder).last { $0.refusal != nil }?.refusal
    #expect(refusal?.hasSuffix("or cancel some with `deepspool cancel`, then give the order again") == true)
    #expect(refusal?.contains("has 2 queued or held jobs; the limit is 2") == true)
  }

  @Test("jobs that were queued or held before a restart count, too")
  func restart() async throws {
    let spool = TestSpool(QueueLimits(maximumRunning: 1, maximumQueuedPerSubmitter: 2))
    try await spool.queue.recoverSettled()
    for name in ["a", "b"] { try await drop(spool, name) }
    try spool.order(.hold, "a")
    _ = try await spool.queue.takeOrdersSettled()
    let queue = JobQueue(
      spool.directory, limits: QueueLimits(maximumRunning: 1, maximumQueuedPerSubmitter: 2), secondsNow: { 0 },
      wallSeconds: { 1_000_000 }, onEvent: { _ in })
    queue.doInspections(TestInspector(spool.directory).inspect)
    try await queue.recoverSettled()
    try spool.drop("c.yaml")
    try await queue.takeSettled("c.yaml")
    #expect(try spool.why("c").contains("has 2 queued or held jobs"))
  }

  @Test("the results of one submitter count together, and a removed one counts no more")
  func results() throws {
    let spool = TestSpool()
    let (layout, files) = (spool.layout, FileSystem())
    defer { try? files.removeTree(layout.root) }
    let (mine, other) = (Submitter(userID: 7), Submitter(userID: 8))
    func give(_ number: Int, _ userID: UInt32, bytes: Int) throws {
      let result = layout.result(JobIdentifier(number: number, name: "r"))
      try files.makeFolder("\(result)/model")
      try files.write([UInt8](repeating: 0, count: bytes), to: "\(result)/model/m")
      let folder = layout.folder(JobIdentifier(number: number, name: "r"), in: .finished)
      try files.makeFolder(folder)
      try files.write("{\"uid\": \(userID)}\n".utf8, to: "\(folder)/submitter.json")
    }
    try give(1, 7, bytes: 600)
    try give(2, 8, bytes: 5000)
    let sizes = ResultSizes()
    func fault(_ submitter: Submitter) -> String? {
      sizes.measure(spool.directory)
      return sizes.fault(of: submitter, maximumBytes: 1000)
    }
    #expect(fault(mine) == nil)
    try give(3, 7, bytes: 400)
    let text = try #require(fault(mine))
    #expect(text.hasPrefix("the results of uid 7 take 1.0 kB; from 1.0 kB on, jobs are rejected"), "\(text)")
    #expect(text.hasSuffix("the largest are 000001-r (600 bytes), 000003-r (400 bytes)"), "\(text)")
    #expect(fault(other)?.hasSuffix("the largest are 000002-r (5.0 kB)") == true)
    try files.removeTree(layout.result(JobIdentifier(number: 1, name: "r")))
    #expect(fault(mine) == nil)
  }
}
