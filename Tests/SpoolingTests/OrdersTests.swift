import DurableFiles
import JobFiles
import Spooling
import Testing

@Suite("Orders and conditions")
struct OrdersTests {
  private func spool(_ jobs: [(String, String)], maximumRunning: Int = 1) async throws -> TestSpool {
    let spool = TestSpool(maximumRunning: maximumRunning)
    try await spool.queue.recoverSettled()
    for (name, job) in jobs {
      try spool.drop("\(name).yaml", TestSpool.job + job)
      try await spool.queue.takeSettled("\(name).yaml")
    }
    return spool
  }

  private func id(_ number: Int, _ name: String) -> JobIdentifier { JobIdentifier(number: number, name: name) }

  @Test("a held job does not start until it is released, even after a restart")
  func holding() async throws {
    let spool = try await spool([("a", ""), ("b", "")])
    try spool.order(.hold, "a")
    #expect(try await spool.queue.takeOrdersSettled().isEmpty)
    #expect(try spool.listing().state(of: id(1, "a")) == .held)
    try await spool.queue.recoverSettled()
    #expect(try await spool.queue.startNextSettled()?.id == id(2, "b"))
    try await spool.queue.ended(id(2, "b"), .failed(reason: "test"))
    #expect(try await spool.queue.startNextSettled() == nil)
    try spool.order(.release, "000001-a")
    _ = try await spool.queue.takeOrdersSettled()
    #expect(try await spool.queue.startNextSettled()?.id == id(1, "a"))
    #expect(spool.events.contains("held 000001-a") && spool.events.contains("released 000001-a"))
  }

  @Test(
    "setting the clock back delays a job with a start time, setting it forward starts it; other jobs are unaffected")
  func clock() async throws {
    let spool = try await spool([("a", "job: {not_before: \"1970-01-12T13:47:00Z\"}\n"), ("b", "")])
    spool.setClock(by: -500_000)
    #expect(try await spool.queue.startNextSettled()?.id == id(2, "b"))
    try await spool.queue.ended(id(2, "b"), .failed(reason: "test"))
    spool.advance(1000)
    #expect(try await spool.queue.startNextSettled() == nil)
    spool.setClock(by: 500_000)
    #expect(try await spool.queue.startNextSettled()?.id == id(1, "a"))
  }

  @Test("a job whose time had come waits again after the clock was set back; a pause after a failure keeps its length")
  func clockBack() async throws {
    // The clock shows 13:46:40 on 1970-01-12.
    let spool = try await spool([
      ("other", ""), ("timed", "job: {not_before: \"1970-01-12T13:47:00Z\"}\n"), ("put", ""),
    ])
    #expect(try await spool.queue.startNextSettled()?.id == id(1, "other"))
    spool.advance(100)
    #expect(try await spool.queue.startNextSettled() == nil, "a second job runs")
    spool.setClock(by: -5000)
    try await spool.queue.ended(id(1, "other"), .failed(reason: "test"))
    #expect(try await spool.queue.startNextSettled()?.id == id(3, "put"))
    try await spool.queue.ended(id(3, "put"), .putOff(reason: "test"))
    spool.setClock(by: -500_000)
    #expect(try await spool.queue.startNextSettled() == nil)
    spool.advance(30)
    #expect(try await spool.queue.startNextSettled()?.id == id(3, "put"))
    try await spool.queue.ended(id(3, "put"), .failed(reason: "test"))
    #expect(try await spool.queue.startNextSettled() == nil)
    spool.setClock(by: 505_000)
    #expect(try await spool.queue.startNextSettled()?.id == id(2, "timed"))
  }

  @Test("the state of a job's data is recorded at acceptance and at every retry")
  func inputs() async throws {
    let spool = try await spool([("a", "")])
    func inputs(_ state: JobState) throws -> String {
      let path = "\(spool.layout.folder(id(1, "a"), in: state))/inputs.json"
      return String(decoding: try FileSystem().read(path, limit: 100), as: UTF8.self)
    }
    spool.advance(5)
    _ = try await spool.queue.startNextSettled()
    #expect(try inputs(.running) == "at 0.0")
    try await spool.queue.ended(id(1, "a"), .failed(reason: "test"))
    try spool.order(.retry, "a")
    _ = try await spool.queue.takeOrdersSettled()
    #expect(try inputs(.queued) == "at 5.0")
  }

  @Test("a retried job loses its reason and runs again")
  func retrying() async throws {
    let spool = try await spool([("a", "")])
    _ = try await spool.queue.startNextSettled()
    try await spool.queue.ended(id(1, "a"), .failed(reason: "test"))
    try spool.order(.retry, "a")
    _ = try await spool.queue.takeOrdersSettled()
    #expect(!FileSystem().exists("\(spool.layout.folder(id(1, "a"), in: .queued))/why"))
    #expect(try await spool.queue.startNextSettled()?.id == id(1, "a"))
  }

  @Test("orders to a running job are returned; an order that applies to no job is reported and removed")
  func running() async throws {
    let spool = try await spool([("a", "")])
    _ = try await spool.queue.startNextSettled()
    for order in SpoolOrder.allCases { try spool.order(order, "a", order == .priority ? "4" : "") }
    let handed = try await spool.queue.takeOrdersSettled()
    #expect(Set(handed.map(\.order)) == [.cancel, .finish] && handed.allSatisfy { $0.id == id(1, "a") })
    #expect(spool.events.filter { $0 == "ignored a" }.count == 6)
    #expect(try spool.orders() == ["cancel/a", "finish/a"], "orders to a running job stay until it ends")
    #expect(try await spool.queue.takeOrdersSettled().isEmpty, "an order is handed on once")
    try await spool.queue.ended(id(1, "a"), .cancelled(reason: "test"))
    #expect(try spool.orders().isEmpty)
  }

  @Test("a job waits for others, even those dropped later; a failure cancels it unless it uses after_any")
  func after() async throws {
    let spool = try await spool([
      ("last", "job: {after: [first, 3]}\n"), ("any", "job: {after_any: [first]}\n"), ("free", ""),
    ])
    #expect(try await spool.queue.startNextSettled()?.id == id(3, "free"))
    try await spool.queue.ended(id(3, "free"), .finished)
    #expect(try await spool.queue.startNextSettled() == nil)
    try spool.drop("first.yaml")
    try await spool.queue.takeSettled("first.yaml")
    #expect(try await spool.queue.startNextSettled()?.id == id(4, "first"))
    #expect(try await spool.queue.startNextSettled() == nil)
    try await spool.queue.ended(id(4, "first"), .failed(reason: "test"))
    #expect(try await spool.queue.startNextSettled()?.id == id(2, "any"))
    #expect(try spool.listing().state(of: id(1, "last")) == .cancelled)
    #expect(spool.events.contains("cancelled 000001-last"))
  }

  @Test("a job waits for its start time; one that the machine cannot run is retried with back-off, then fails")
  func times() async throws {
    // The test clock starts at 1,000,000 s after 1970.
    let spool = try await spool([("a", "job: {not_before: \"1970-01-12T13:47:00Z\"}\n")])
    #expect(try await spool.queue.startNextSettled() == nil)
    spool.advance(19)
    #expect(try await spool.queue.startNextSettled() == nil)
    spool.advance(1)
    for seconds in [30.0, 120, 600, 1800, 3600] {
      #expect(try await spool.queue.startNextSettled()?.id == id(1, "a"))
      try await spool.queue.ended(id(1, "a"), .putOff(reason: "no space"))
      #expect(spool.events.last == "put off 000001-a for \(Int(seconds)) s")
      spool.advance(seconds - 1)
      #expect(try await spool.queue.startNextSettled() == nil)
      spool.advance(1)
    }
    #expect(try await spool.queue.startNextSettled()?.id == id(1, "a"))
    try await spool.queue.ended(id(1, "a"), .putOff(reason: "no space"))
    #expect(spool.events.last == "failed 000001-a")
  }

  @Test(
    "jobs that would wait for each other or for themselves for ever are rejected with the cycle"
  )
  func circles() async throws {
    let spool = try await spool([
      ("a", "job: {after: [b]}\n"), ("b", "job: {after_any: [c]}\n"), ("d", "job: {after: [c]}\n"),
      ("c", "job: {after: [a]}\n"), ("self", "job: {after: [self]}\n"),
    ])
    let circle = "000004-c waits for 000001-a, which waits for 000002-b, which waits for 000004-c"
    #expect(try spool.why("c").contains("wait for each other for ever: \(circle); remove one of these dependencies"))
    #expect(try await spool.queue.startNextSettled()?.id == id(2, "b"), "b runs after c however c ends")
    #expect(try spool.why("self").contains("it would wait for itself: no other job is named 'self'"))
    #expect(try spool.listing().state(of: id(3, "d")) == .cancelled)
    #expect(try spool.listing().state(of: id(1, "a")) == .queued)
  }

  @Test("orders and conditions accept the original file name; a complete identifier means one job")
  func writtenNames() async throws {
    let spool = try await spool([
      ("größe", ""), ("my model", ""), ("fix", ""), ("000003-fix", ""), ("last", "job: {after: [\"größe.yaml\"]}\n"),
    ])
    for name in ["größe", "my model.yaml"] { try spool.order(.hold, name) }
    try spool.order(.cancel, "000003-fix")
    _ = try await spool.queue.takeOrdersSettled()
    #expect((try spool.listing().jobs[.held] ?? []).map(\.number) == [1, 2])
    #expect((try spool.listing().jobs[.cancelled] ?? []) == [id(3, "fix")])
    #expect(try await spool.queue.startNextSettled()?.id == id(4, "000003-fix"))
    #expect(try await spool.queue.startNextSettled() == nil)
    try spool.order(.release, "größe")
    _ = try await spool.queue.takeOrdersSettled()
    try await spool.queue.ended(id(4, "000003-fix"), .failed(reason: "test"))
    #expect(try await spool.queue.startNextSettled()?.id.number == 1)
    try await spool.queue.ended(id(1, "größe"), .finished)
    #expect(try await spool.queue.startNextSettled()?.id == id(5, "last"))
  }

  @Test("an order to a job whose ending cannot be written waits until it is written")
  func orderOnFullDisk() async throws {
    let spool = try await spool([("a", "")])
    let first = id(1, "a")
    _ = try await spool.queue.startNextSettled()
    // A file in place of the destination folder acts like a full disk.
    let folder = spool.layout.folder(.queued)
    try FileSystem().rename(folder, to: "\(folder)-away")
    try FileSystem().write([], to: folder)
    await #expect(throws: FileSystemError.self) { try await spool.queue.ended(first, .putOff(reason: "no space")) }
    try spool.order(.cancel, "a")
    #expect(try await spool.queue.takeOrdersSettled().isEmpty)
    #expect(await !spool.queue.hasEarlyOrders)
    #expect(!spool.events.contains("ignored a"))
    try FileSystem().remove(folder)
    try FileSystem().rename("\(folder)-away", to: folder)
    try await spool.queue.retryEndings()
    #expect(await spool.queue.hasEarlyOrders)
    _ = try await spool.queue.takeOrdersSettled()
    #expect(try spool.listing().state(of: first) == .cancelled)
    #expect(try FileSystem().list(spool.layout.orders(.cancel)).isEmpty)
  }

  @Test("conditions name what a job waits for")
  func verdicts() {
    let me = id(9, "me")
    func verdict(
      _ after: [String], _ jobs: [JobState: [JobIdentifier]], claims: [JobIdentifier] = [],
      rejected: [Rejection] = [], owners: [JobIdentifier: UInt32] = [:]
    ) -> String {
      let listing = SpoolListing(jobs: jobs, claims: claims, results: [id(7, "old")])
      var index = JobIndex(listing, rejections: rejected)
      index.identify(after) { owners[$0.id] ?? 5 }
      return switch JobConditions(after: after).verdict(for: me, of: 5, in: index, nowSeconds: 0) {
      case .ready: "ready"
      case .waits(let reason): "waits: \(reason)"
      case .never(let reason): "never: \(reason)"
      case .circular(let reason): "circular: \(reason)"
      }
    }
    let notYet = "waits: waits for 'a', which has not been submitted yet"
    #expect(verdict([], [:]) == "ready")
    #expect(verdict(["old"], [:]) == "ready")
    #expect(verdict(["a"], [:]) == notYet)
    #expect(verdict(["a"], [.running: [id(3, "a")]]) == "waits: waits for 000003-a, which is running")
    #expect(verdict(["a"], [.failed: [id(2, "a")], .finished: [id(3, "a")]]) == "ready")
    #expect(verdict(["a"], [.failed: [id(3, "a")]]) == "never: cancelled because 000003-a failed")
    #expect(
      verdict(["a"], [.finished: [id(3, "a")]], claims: [id(8, "a")])
        == "waits: waits for 000008-a, which is being accepted")
    let rejection = Rejection(id(4, "a"), submitterID: 5)
    #expect(
      verdict(["a.yaml"], [.finished: [id(3, "a")]], rejected: [rejection])
        == "never: cancelled because 000004-a was rejected")
    #expect(verdict(["4"], [:], rejected: [rejection]) == "never: cancelled because 000004-a was rejected")
    #expect(verdict(["a"], [.finished: [id(5, "a")]], rejected: [rejection]) == "ready")
    #expect(verdict(["a"], [:], rejected: [Rejection(id(4, "a"), submitterID: 6)]) == notYet)
    #expect(
      verdict(["me"], [.queued: [me]]) == "circular: it would wait for itself: no other job is named 'me'")
    #expect(verdict(["me"], [.queued: [me], .finished: [id(2, "me")]]) == "ready")
    // Names mean jobs of the submitter only, numbers and identifiers any job.
    let others: [JobIdentifier: UInt32] = [id(3, "a"): 6]
    #expect(verdict(["a"], [.finished: [id(3, "a")]], owners: others) == notYet)
    #expect(verdict(["3"], [.finished: [id(3, "a")]], owners: others) == "ready")
    #expect(verdict(["000003-a"], [.finished: [id(3, "a")]], owners: others) == "ready")
    #expect(verdict(["2"], [.queued: [me]]) == "never: cancelled because '2' was removed")
    #expect(verdict(["12"], [.queued: [me]]) == "waits: waits for '12', which has not been submitted yet")
  }
}
