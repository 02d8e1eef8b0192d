import DurableFiles
import JobFiles
import Spooling
import Testing

@Suite("Orders and conditions")
struct OrdersTests {
  private func spool(_ jobs: [(String, String)], maximumRunning: Int = 1) async throws -> TestSpool {
    let spool = TestSpool(maximumRunning: maximumRunning)
    try await spool.queue.recover()
    for (name, job) in jobs {
      try spool.drop("\(name).yaml", TestSpool.job + job)
      try await spool.queue.take("\(name).yaml")
    }
    return spool
  }

  private func id(_ number: Int, _ name: String) -> JobIdentifier { JobIdentifier(number: number, name: name) }

  @Test("a held job does not start until it is released, also after a restart")
  func holding() async throws {
    let spool = try await spool([("a", ""), ("b", "")])
    try spool.order(.hold, "a")
    #expect(try await spool.queue.takeOrders().isEmpty)
    #expect(try spool.listing().state(of: id(1, "a")) == .held)
    try await spool.queue.recover()
    #expect(try await spool.queue.startNext()?.id == id(2, "b"))
    try await spool.queue.ended(id(2, "b"), .failed(reason: "test"))
    #expect(try await spool.queue.startNext() == nil)
    try spool.order(.release, "000001-a")
    _ = try await spool.queue.takeOrders()
    #expect(try await spool.queue.startNext()?.id == id(1, "a"))
    #expect(spool.events.contains("held 000001-a") && spool.events.contains("released 000001-a"))
  }

  @Test("a clock that is set back makes a job wait longer, one that is set forward lets it start; no other job minds")
  func clock() async throws {
    let spool = try await spool([("a", "job: {not_before: \"1970-01-12T13:47:00Z\"}\n"), ("b", "")])
    spool.setClock(by: -500_000)
    #expect(try await spool.queue.startNext()?.id == id(2, "b"))
    try await spool.queue.ended(id(2, "b"), .failed(reason: "test"))
    spool.advance(1000)
    #expect(try await spool.queue.startNext() == nil)
    spool.setClock(by: 500_000)
    #expect(try await spool.queue.startNext()?.id == id(1, "a"))
  }

  @Test("what a job's data were like is written down when it is accepted, and again when it is retried")
  func inputs() async throws {
    let spool = try await spool([("a", "")])
    func inputs(_ state: JobState) throws -> String {
      let path = "\(spool.layout.folder(id(1, "a"), in: state))/inputs.json"
      return String(decoding: try FileSystem().read(path, limit: 100), as: UTF8.self)
    }
    spool.advance(5)
    _ = try await spool.queue.startNext()
    #expect(try inputs(.running) == "at 0.0")
    try await spool.queue.ended(id(1, "a"), .failed(reason: "test"))
    try spool.order(.retry, "a")
    _ = try await spool.queue.takeOrders()
    #expect(try inputs(.queued) == "at 5.0")
  }

  @Test("a failed job that is retried has no reason left and runs again")
  func retrying() async throws {
    let spool = try await spool([("a", "")])
    _ = try await spool.queue.startNext()
    try await spool.queue.ended(id(1, "a"), .failed(reason: "test"))
    try spool.order(.retry, "a")
    _ = try await spool.queue.takeOrders()
    #expect(!FileSystem().exists("\(spool.layout.folder(id(1, "a"), in: .queued))/why"))
    #expect(try await spool.queue.startNext()?.id == id(1, "a"))
  }

  @Test("orders to a running job are handed on; what fits no job is told and goes")
  func running() async throws {
    let spool = try await spool([("a", "")])
    _ = try await spool.queue.startNext()
    for order in SpoolOrder.allCases { try spool.order(order, "a") }
    let handed = try await spool.queue.takeOrders()
    #expect(Set(handed.map(\.order)) == [.cancel, .finish] && handed.allSatisfy { $0.id == id(1, "a") })
    #expect(spool.events.filter { $0 == "ignored a" }.count == 3)
    for order in SpoolOrder.allCases { #expect(try FileSystem().list(spool.layout.orders(order)).isEmpty) }
  }

  @Test("a job comes after others, also those that are dropped later; a failure cancels it, after_any does not mind")
  func after() async throws {
    let spool = try await spool([
      ("last", "job: {after: [first, 3]}\n"), ("any", "job: {after_any: [first]}\n"), ("free", ""),
    ])
    #expect(try await spool.queue.startNext()?.id == id(3, "free"))
    try await spool.queue.ended(id(3, "free"), .finished)
    #expect(try await spool.queue.startNext() == nil)
    try spool.drop("first.yaml")
    try await spool.queue.take("first.yaml")
    #expect(try await spool.queue.startNext()?.id == id(4, "first"))
    #expect(try await spool.queue.startNext() == nil)
    try await spool.queue.ended(id(4, "first"), .failed(reason: "test"))
    #expect(try await spool.queue.startNext()?.id == id(2, "any"))
    #expect(try spool.listing().state(of: id(1, "last")) == .cancelled)
    #expect(spool.events.contains("cancelled 000001-last"))
  }

  @Test("a job waits for its time; one that the machine cannot run is tried again, less and less often, then fails")
  func times() async throws {
    // The test clock begins at 1,000,000 s after 1970.
    let spool = try await spool([("a", "job: {not_before: \"1970-01-12T13:47:00Z\"}\n")])
    #expect(try await spool.queue.startNext() == nil)
    spool.advance(19)
    #expect(try await spool.queue.startNext() == nil)
    spool.advance(1)
    for seconds in [30.0, 120, 600, 1800, 3600] {
      #expect(try await spool.queue.startNext()?.id == id(1, "a"))
      try await spool.queue.ended(id(1, "a"), .putOff(reason: "no space"))
      #expect(spool.events.last == "put off 000001-a for \(Int(seconds)) s")
      spool.advance(seconds - 1)
      #expect(try await spool.queue.startNext() == nil)
      spool.advance(1)
    }
    #expect(try await spool.queue.startNext()?.id == id(1, "a"))
    try await spool.queue.ended(id(1, "a"), .putOff(reason: "no space"))
    #expect(spool.events.last == "failed 000001-a")
  }

  @Test("conditions say what is waited for")
  func verdicts() {
    let me = id(9, "me")
    func verdict(_ after: [String], _ jobs: [JobState: [JobIdentifier]], rejected: Set<String> = []) -> String {
      let listing = SpoolListing(jobs: jobs, claims: [], results: [id(7, "old")], rejected: rejected)
      return switch JobConditions(after: after).verdict(for: me, in: JobIndex(listing), nowSeconds: 0) {
      case .ready: "ready"
      case .waits(let reason): "waits: \(reason)"
      case .never(let reason): "never: \(reason)"
      }
    }
    #expect(verdict([], [:]) == "ready")
    #expect(verdict(["old"], [:]) == "ready")
    #expect(verdict(["a"], [:]) == "waits: waits for 'a', which has not been dropped yet")
    #expect(verdict(["a"], [.running: [id(3, "a")]]) == "waits: waits for 000003-a, which is running")
    #expect(verdict(["a"], [.failed: [id(2, "a")], .finished: [id(3, "a")]]) == "ready")
    #expect(verdict(["a"], [.failed: [id(3, "a")]]) == "never: 000003-a, which it comes after, is failed")
    #expect(verdict(["a"], [:], rejected: ["a"]) == "never: 'a', which it comes after, was rejected")
    #expect(verdict(["me"], [.queued: [me]]) == "waits: waits for 'me', which has not been dropped yet")
  }
}
