import DurableFiles
import Glibc
import JobFiles
import Spooling
import Testing

/// Tests of orders and names with the files of several users.
@Suite("Orders and names of several users", .enabled(if: geteuid() == 0, "needs root"))
struct OrderRightsTests {
  /// User numbers that no system assigns.
  private static let (alice, bob): (UInt32, UInt32) = (61_002, 61_003)
  /// Every system has the user daemon, in a group of this name.
  private static let (operatorID, operators): (UInt32, String) = (1, "daemon")

  private func spool(operators: String? = nil) async throws -> TestSpool {
    let spool = TestSpool(QueueLimits(maximumRunning: 1, operators: operators))
    try await spool.queue.recoverSettled()
    return spool
  }

  private func id(_ number: Int, _ name: String) -> JobIdentifier { JobIdentifier(number: number, name: name) }

  @Test("orders of others are refused and answered, whatever the order and the state of the job")
  func refused() async throws {
    let spool = try await spool(operators: Self.operators)
    try await spool.submit("done", by: Self.alice)
    try await spool.run(.failed(reason: "test"))
    try await spool.submit("runs", by: Self.alice)
    _ = try await spool.queue.startNextSettled()
    try await spool.submit("waits", by: Self.alice)
    try await spool.submit("held", by: Self.alice)
    try spool.order(.hold, "4", by: Self.alice)
    _ = try await spool.queue.takeOrdersSettled()
    let before = try spool.listing()
    for order in SpoolOrder.allCases {
      for name in ["1", "2", "000003-waits", "4"] { try spool.order(order, name, "5", by: Self.bob) }
    }
    #expect(try await spool.queue.takeOrdersSettled().isEmpty)
    #expect(try spool.listing() == before)
    #expect(try spool.orders().isEmpty)
    #expect(spool.events.filter { $0.hasPrefix("refused") }.count == 4 * SpoolOrder.allCases.count)
  }

  @Test("the submitter, root and members of the operators' group may give orders", arguments: [alice, 0, operatorID])
  func obeyed(_ userID: UInt32) async throws {
    let spool = try await spool(operators: Self.operators)
    try await spool.submit("a", by: Self.alice)
    try await spool.submit("b", by: Self.alice)
    _ = try await spool.queue.startNextSettled()
    try spool.order(.hold, "000002-b", by: userID)
    try spool.order(.cancel, "1", by: userID)
    #expect(try await spool.queue.takeOrdersSettled().map(\.id) == [id(1, "a")])
    try await spool.queue.ended(id(1, "a"), .cancelled(reason: "cancelled while running"))
    #expect(try spool.names(.held) == ["000002-b"])
    #expect(spool.events.contains("ordered 000001-a: cancel") && spool.events.contains("ordered 000002-b: hold"))
    let why = try FileSystem().read("\(spool.layout.folder(id(1, "a"), in: .cancelled))/why", limit: 1000)
    #expect(String(decoding: why, as: UTF8.self).contains("uid \(userID)"))
    let record = try FileSystem().read("\(spool.layout.folder(id(2, "b"), in: .held))/orders.jsonl", limit: 1000)
    #expect(String(decoding: record, as: UTF8.self).contains("\"order\": \"hold\", \"uid\": \(userID)"))
  }

  @Test("without the key nobody but root is an operator")
  func noOperators() async throws {
    let spool = try await spool()
    try await spool.submit("a", by: Self.alice)
    try spool.order(.cancel, "1", by: Self.operatorID)
    _ = try await spool.queue.takeOrdersSettled()
    #expect(try spool.names(.queued) == ["000001-a"])
  }

  @Test("a name means the giver's own jobs, the newest one; numbers mean any job")
  func names() async throws {
    let spool = try await spool(operators: Self.operators)
    for user in [Self.alice, Self.alice, Self.bob] { try await spool.submit("prep", by: user) }
    try spool.order(.cancel, "prep", by: Self.alice)
    _ = try await spool.queue.takeOrdersSettled()
    #expect(try spool.names(.cancelled) == ["000002-prep"])
    try spool.order(.hold, "prep.yaml", by: Self.bob)
    _ = try await spool.queue.takeOrdersSettled()
    #expect(try spool.names(.held) == ["000003-prep"])
    // An operator has no job of this name and must use the number.
    try spool.order(.cancel, "prep", by: Self.operatorID)
    _ = try await spool.queue.takeOrdersSettled()
    #expect(try spool.names(.queued) == ["000001-prep"])
    try spool.order(.cancel, "1", by: Self.operatorID)
    _ = try await spool.queue.takeOrdersSettled()
    #expect(try spool.names(.queued).isEmpty)
  }

  @Test("the rejected or failed job of another user does not end the wait for one's own")
  func conditions() async throws {
    let spool = try await spool()
    try await spool.submit("after", "job: {after: [prep]}\n", by: Self.alice)
    try spool.drop("prep.yaml", "nonsense: 1\n", by: Self.bob)
    try await spool.queue.takeSettled("prep.yaml")
    #expect(try spool.why("prep").contains("uid \(Self.bob)"))
    try await spool.submit("prep", by: Self.bob)
    #expect(try await spool.run() == id(3, "prep"))
    #expect(try await spool.run() == nil, "a job of another user has the name")
    try await spool.submit("prep", by: Self.alice)
    #expect(try await spool.run() == id(4, "prep"))
    #expect(try await spool.run() == id(1, "after"))
    // By number, jobs of others count.
    try await spool.submit("last", "job: {after: [3]}\n", by: Self.alice)
    #expect(try await spool.run() == id(5, "last"))
  }

  @Test("after a rejection of the newest job of a name, no job runs on an older one", arguments: [false, true])
  func rejected(_ restarts: Bool) async throws {
    let spool = try await spool()
    try await spool.submit("prep", by: Self.alice)
    try await spool.run()
    try spool.drop("prep.yaml", "nonsense: 1\n", by: Self.alice)
    try await spool.queue.takeSettled("prep.yaml")
    if restarts { try await spool.queue.recoverSettled() }
    try await spool.submit("use", "job: {after: [prep]}\n", by: Self.alice)
    #expect(try await spool.run() == nil)
    #expect(try spool.names(.cancelled) == ["000003-use"])
    try await spool.submit("prep", by: Self.alice)
    try await spool.submit("again", "job: {after: [prep]}\n", by: Self.alice)
    #expect(try await spool.run() == id(4, "prep"))
    #expect(try await spool.run() == id(5, "again"))
  }

  @Test("a folder, pipe or link of another user under the name of an order does not block the owner's order")
  func odd() async throws {
    let spool = try await spool()
    try await spool.submit("x", by: Self.alice)
    let folder = spool.layout.orders(.cancel)
    try FileSystem().makeFolder("\(folder)/000001-x/inside")
    for path in ["\(folder)/000001-x/inside", "\(folder)/000001-x"] { chown(path, Self.bob, Self.bob) }
    mkfifo("\(folder)/1", 0o666)
    symlink("/etc/passwd", "\(folder)/x")
    try spool.order(.cancel, OrderName.unique(id(1, "x"), "k3j2"), by: Self.alice)
    _ = try await spool.queue.takeOrdersSettled()
    #expect(try spool.names(.cancelled) == ["000001-x"])
    #expect(try spool.orders().isEmpty)
    for name in ["000001-x", "1", "x"] { #expect(spool.events.filter { $0 == "ignored \(name)" }.count == 1) }
    #expect(FileSystem().exists("/etc/passwd"))
  }

  @Test("a hard link to another user's file is no order of that user")
  func links() async throws {
    let spool = try await spool()
    try await spool.submit("x", by: Self.alice)
    let file = "\(spool.layout.root)/notes"
    try FileSystem().write([], to: file)
    chown(file, Self.alice, Self.alice)
    link(file, "\(spool.layout.orders(.cancel))/x")
    _ = try await spool.queue.takeOrdersSettled()
    #expect(try spool.names(.queued) == ["000001-x"])
    #expect(try spool.orders().isEmpty && spool.events.contains("ignored x"))
  }

  @Test("a name that is not UTF-8 is told once and harms no other order")
  func notUTF8() async throws {
    let spool = try await spool()
    try await spool.submit("x", by: Self.alice)
    var path = Array("\(spool.layout.orders(.cancel))/".utf8).map { CChar(bitPattern: $0) } + [-1, -2, 0]
    close(creat(&path, 0o644))
    try spool.order(.cancel, "x", by: Self.alice)
    for _ in 1...3 {
      _ = try await spool.queue.takeOrdersSettled()
      spool.advance(3600)
    }
    #expect(try spool.names(.cancelled) == ["000001-x"])
    #expect(spool.events.filter { $0.hasPrefix("ignored") }.count == 1)
  }

  @Test("files of another user in incoming do not delay or attract orders")
  func incoming() async throws {
    let spool = try await spool()
    try spool.drop("x.yaml", by: Self.bob)
    try spool.order(.hold, "x", by: Self.alice)
    _ = try await spool.queue.takeOrdersSettled()
    #expect(try spool.orders().isEmpty && spool.events.contains("ignored x"))
    try spool.order(.hold, "x", by: Self.bob)
    _ = try await spool.queue.takeOrdersSettled()
    spool.advance(SettlingFiles.quietSeconds)
    _ = try await spool.queue.lookAgainSettled()
    _ = try await spool.queue.takeOrdersSettled()
    #expect(try spool.names(.held) == ["000001-x"])
  }
}
