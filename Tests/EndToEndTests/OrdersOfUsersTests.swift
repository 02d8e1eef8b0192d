import DurableFiles
import Foundation
import Glibc
import Spooling
import Testing

/// Tests of orders that several users give to a real daemon, with the command line and with files.
@Suite("Orders of several users")
struct OrdersOfUsersTests {
  /// The daemon and two users in its group; user numbers that no system assigns.
  private static let (daemonUser, alice, bob): (UInt32, UInt32, UInt32) = (61_001, 61_002, 61_003)
  /// Every system has the user daemon, in a group of this name.
  private static let (operatorID, operators): (UInt32, String) = (1, "daemon")

  /// A spool and data of several users; nil, with a message, if the tests cannot act as several users.
  private final class Stage {
    let root = NSTemporaryDirectory() + "stage-\(UUID().uuidString)"
    let daemon: Daemon

    init?() throws {
      let (root, files) = (root, FileSystem())
      try files.makeFolder(root)
      try files.setMode(root, 0o755)
      try files.write(
        "operators: \(OrdersOfUsersTests.operators)\n".utf8, to: "\(root)/configuration.yaml", mode: 0o644)
      try files.makeFolder("\(root)/data")
      try files.setMode("\(root)/data", 0o755)
      let table = "x,y\n" + (0..<60).map { "\($0),\($0 % 2 == 0 ? "a" : "b")\n" }.joined()
      try files.write(table.utf8, to: "\(root)/data/table.csv", mode: 0o644)
      try files.makeFolder("\(root)/spool")
      chown("\(root)/spool", OrdersOfUsersTests.daemonUser, OrdersOfUsersTests.daemonUser)
      try files.setMode("\(root)/spool", 0o755)
      daemon = Daemon(
        spool: "\(root)/spool", data: "\(root)/data", userID: OrdersOfUsersTests.daemonUser,
        ["--config", "\(root)/configuration.yaml"])
      let probe = try? run(OrdersOfUsersTests.daemonUser, "\(Programs.folder)/deepspoold", ["--version"])
      guard probe?.status == 0 else {
        print("skipped: needs root, and programs that every user may run")
        return nil
      }
    }

    deinit { try? FileSystem().removeTree(root) }

    /// Runs a program as a user in the daemon's group.
    func run(
      _ user: UInt32, _ program: String, _ arguments: [String]
    ) throws -> (output: String, errors: String, status: Int32) {
      let change = ["--reuid", "\(user)", "--regid", "\(OrdersOfUsersTests.daemonUser)", "--clear-groups"]
      return try Programs.run("/usr/bin/setpriv", change + [program] + arguments)
    }

    /// Runs the command line as a user.
    @discardableResult
    func deepspool(_ user: UInt32, _ command: String, _ arguments: String...) throws -> (
      output: String, errors: String, status: Int32
    ) {
      try run(user, "\(Programs.folder)/deepspool", [command, "--spool", daemon.layout.root] + arguments)
    }

    /// Drops a job as a user.
    func drop(_ name: String, _ extra: String = "", by user: UInt32) throws {
      let text = "training_frame: table.csv\nresponse_column: y\nhidden: [3]\n\(extra.isEmpty ? "epochs: 1\n" : extra)"
      try place(text, "\(daemon.layout.incoming)/\(name).yaml", by: user)
    }

    func place(_ text: String, _ path: String, by user: UInt32) throws {
      let other = "\(root)/.dropped"
      try FileSystem().write(text.utf8, to: other, mode: 0o644)
      chown(other, user, user)
      try FileSystem().rename(other, to: path)
    }

    func order(_ order: SpoolOrder, _ name: String, by user: UInt32) throws {
      try place("", "\(daemon.layout.orders(order))/\(name)", by: user)
    }
  }

  private static let endless = "epochs: 1e7\nstopping_rounds: 0\nclassification_stop: -1\n"

  @Test("only the submitter, root and operators control a job, and everybody learns who did what")
  func rights() async throws {
    guard let stage = try Stage() else { return }
    let daemon = stage.daemon
    try await daemon.start()
    try stage.drop("victim", Self.endless, by: Self.alice)
    try await daemon.until { daemon.names(.running) == ["000001-victim"] }
    for command in ["cancel", "finish"] {
      let answer = try stage.deepspool(Self.bob, command, "1")
      #expect(answer.status == 73, "\(command): \(answer)")
      #expect(answer.errors.contains("was submitted by uid \(Self.alice)"), "\(answer.errors)")
      let byName = try stage.deepspool(Self.bob, command, "victim")
      #expect(byName.status == 65 && byName.errors.contains("you have no job named 'victim'"), "\(byName.errors)")
    }
    try stage.order(.cancel, "000001-victim", by: Self.bob)
    try await daemon.until {
      daemon.count("order 'cancel' for '000001-victim' by uid \(Self.bob) refused: the job belongs to another user")
        == 1
    }
    #expect(daemon.names(.running) == ["000001-victim"])
    // A folder of another user takes the name of the owner's order.
    let folder = "\(daemon.layout.orders(.cancel))/000001-victim"
    #expect(try stage.run(Self.bob, "/bin/mkdir", ["-p", "\(folder)/inside"]).status == 0)
    let cancelled = try stage.deepspool(Self.alice, "cancel", "victim")
    #expect(cancelled.status == 0, "\(cancelled)")
    try await daemon.until { daemon.names(.cancelled) == ["000001-victim"] }
    #expect(daemon.count("000001-victim: cancel ordered by uid \(Self.alice)") == 1)
    let why = try stage.deepspool(Self.alice, "why", "1").output
    #expect(why.contains("cancelled by uid \(Self.alice) while running"), "\(why)")
    let shown = try stage.deepspool(Self.bob, "show", "victim").output
    #expect(shown.contains("submitted by uid \(Self.alice)") && shown.contains("cancel ordered by uid \(Self.alice)"))
    #expect(try stage.deepspool(Self.operatorID, "retry", "1").status == 0)
    try await daemon.until { daemon.names(.running) == ["000001-victim"] }
    #expect(daemon.count("000001-victim: retry ordered by daemon (uid 1)") == 1)
    #expect(try await daemon.end(SIGTERM) == 0)
  }

  @Test("priority, remove and rerun work as commands; a name means one's own newest job")
  func commands() async throws {
    guard let stage = try Stage() else { return }
    let daemon = stage.daemon
    try await daemon.start()
    try stage.drop("first", Self.endless, by: Self.alice)
    try await daemon.until { daemon.names(.running) == ["000001-first"] }
    for (name, user) in [("low", Self.alice), ("same", Self.bob), ("same", Self.alice), ("top", Self.alice)] {
      let count = daemon.names(.queued).count
      try stage.drop(name, by: user)
      try await daemon.until { daemon.names(.queued).count == count + 1 }
    }
    #expect(try stage.deepspool(Self.alice, "priority", "-5", "low").status == 0)
    #expect(try stage.deepspool(Self.alice, "priority", "5", "top", "same").status == 0)
    #expect(try stage.deepspool(Self.bob, "priority", "9", "low").status == 65)
    #expect(try stage.deepspool(Self.bob, "priority", "9", "2").status == 73)
    #expect(try stage.deepspool(Self.alice, "priority", "high", "low").status == 64)
    let priorities = SpoolDirectory(daemon.layout, fileSystem: FileSystem())
    func priority(_ number: Int, _ name: String) -> Int? {
      priorities.orderedPriority(of: JobIdentifier(number: number, name: name), in: .queued)?.value
    }
    try await daemon.until { priority(2, "low") == -5 && priority(5, "top") == 5 && priority(4, "same") == 5 }
    #expect(priority(3, "same") == nil)
    #expect(try stage.deepspool(Self.alice, "cancel", "first").status == 0)
    try await daemon.until { daemon.names(.finished).count == 4 }
    let starts = daemon.lines.filter { $0.hasSuffix(": started") }.compactMap { $0.split(separator: ":").first }
    let own = starts.filter { !$0.contains("000003") && !$0.contains("000001") }.map { String($0.suffix(4)) }
    #expect(own == ["same", "-top", "-low"], "\(starts)")
    #expect(try stage.deepspool(Self.bob, "remove", "4").status == 73)
    #expect(try stage.deepspool(Self.alice, "remove", "same").status == 0)
    try await daemon.until { daemon.names(.finished).count == 3 }
    #expect(!FileSystem().exists("\(daemon.layout.results)/000004-same"))
    #expect(daemon.names(.finished).contains("000003-same"))
    #expect(try stage.deepspool(Self.alice, "rerun", "low").status == 0)
    try await daemon.until { daemon.names(.finished).contains("000006-low") }
    let list = try stage.deepspool(Self.bob, "list", "--all").output
    #expect(list.split(separator: "\n").contains { $0.contains("000006-low") && $0.contains("uid \(Self.alice)") })
    #expect(try await daemon.end(SIGTERM) == 0)
  }

  @Test("an order right after its job is never lost, and one without a daemon waits for the next one")
  func early() async throws {
    guard let stage = try Stage() else { return }
    let daemon = stage.daemon
    try await daemon.start()
    for number in 1...20 {
      try stage.drop("j\(number)", by: Self.alice)
      try stage.order(.hold, "j\(number)", by: Self.alice)
    }
    try await daemon.until { daemon.names(.held).count == 20 }
    #expect(daemon.count("ignored") == 0)
    #expect(try await daemon.end(SIGTERM) == 0)
    try stage.drop("late", by: Self.alice)
    try stage.order(.hold, "late.yaml", by: Self.alice)
    #expect(try stage.deepspool(Self.alice, "cancel", "j7").status == 69)
    try await daemon.start()
    try await daemon.until { daemon.names(.held).count == 20 && daemon.names(.cancelled).count == 1 }
    #expect(daemon.names(.held).contains { $0.hasSuffix("-late") } && daemon.count("ignored") == 0)
    #expect(try await daemon.end(SIGTERM) == 0)
  }

  @Test("a model's name means a model of the submitter; numbers mean the model of any user")
  func models() async throws {
    guard let stage = try Stage() else { return }
    let daemon = stage.daemon
    try await daemon.start()
    try stage.drop("scorer", by: Self.bob)
    try await daemon.until { daemon.names(.finished) == ["000001-scorer"] }
    func predict(_ name: String, _ model: String) throws {
      let text = "kind: predict\nframe: table.csv\nmodel: \(model)\n"
      try stage.place(text, "\(daemon.layout.incoming)/\(name).yaml", by: Self.alice)
    }
    try predict("byname", "scorer")
    try predict("bynumber", "1")
    try await daemon.until {
      daemon.names(.finished).contains("000003-bynumber") && daemon.count("rejected 'byname.yaml'") == 1
    }
    try stage.drop("scorer", by: Self.alice)
    try await daemon.until { daemon.names(.finished).count == 3 }
    // The result names its submitter even when the job's folder is gone.
    try FileSystem().removeTree("\(daemon.layout.folder(.finished))/000004-scorer")
    try predict("own", "scorer")
    try await daemon.until { daemon.names(.finished).contains("000005-own") }
    #expect(try await daemon.end(SIGTERM) == 0)
  }
}
