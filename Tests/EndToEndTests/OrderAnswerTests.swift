import DurableFiles
import Foundation
import Spooling
import Testing

/// What the command line tells about orders, with real daemons.
@Suite("Answers to orders")
struct OrderAnswerTests {
  private static let late =
    "training_frame: iris.csv\nresponse_column: Species\njob: {not_before: 2099-01-01T00:00:00Z}\n"

  @Test("the command line shows why the daemon does not obey")
  func refusal() async throws {
    let file = NSTemporaryDirectory() + "e2e-answers-\(UUID().uuidString).yaml"
    try FileSystem().write("max_queued_jobs_per_submitter: 1\n".utf8, to: file)
    defer { try? FileSystem().remove(file) }
    let daemon = Daemon(["--config", file])
    try await daemon.start()
    try daemon.drop("a.yaml", Self.late)
    try await daemon.until { daemon.names(.queued) == ["000001-a"] }
    #expect(try Programs.deepspool(["cancel", "--spool", daemon.layout.root, "a"]).status == 0)
    try daemon.drop("b.yaml", Self.late)
    try await daemon.until { daemon.names(.queued) == ["000002-b"] }
    for order in ["retry", "rerun"] {
      let given = try Programs.deepspool([order, "--spool", daemon.layout.root, "a"])
      #expect(given.status == 65, "\(order): \(given)")
      #expect(
        given.errors.contains("the daemon did not obey the order '\(order)' for 000001-a: ")
          && given.errors.contains("has 1 queued or held job; the limit is 1"), "\(given.errors)")
    }
    #expect(daemon.names(.queued) == ["000002-b"] && daemon.names(.cancelled) == ["000001-a"])
    #expect(try await daemon.end(SIGTERM) == 0)
  }

  @Test("an order is answered with what happened to the job")
  func effects() async throws {
    let daemon = Daemon()
    try await daemon.start()
    try daemon.drop("a.yaml", Self.late)
    try await daemon.until { daemon.names(.queued) == ["000001-a"] }
    func answer(_ arguments: String...) throws -> String {
      let run = try Programs.deepspool(arguments + ["--spool", daemon.layout.root])
      #expect(run.status == 0, "\(arguments): \(run)")
      return run.output
    }
    #expect(try answer("priority", "9", "1") == "000001-a: priority 9, was 0\n")
    #expect(try answer("priority", "-3", "1") == "000001-a: priority -3, was 9\n")
    #expect(try answer("hold", "a") == "000001-a: held until `deepspool release 000001-a`\n")
    #expect(try answer("release", "a") == "000001-a: released to the queue\n")
    #expect(try answer("cancel", "a") == "000001-a: cancelled\n")
    #expect(try answer("retry", "a") == "000001-a: queued again\n")
    #expect(try answer("cancel", "a") == "000001-a: cancelled\n")
    #expect(try answer("rerun", "1") == "000001-a: submitted again as 000002-a\n")
    #expect(try answer("cancel", "2") == "000002-a: cancelled\n")
    #expect(
      try answer("rerun", "1", "2")
        == "000001-a: submitted again as 000003-a\n000002-a: submitted again as 000004-a\n")
    #expect(try answer("remove", "1") == "000001-a: removed\n")
    let reversed = try Programs.deepspool(["priority", "a", "9", "--spool", daemon.layout.root])
    #expect(reversed.status == 64 && reversed.errors.contains("did you mean `deepspool priority 9 a`?"), "\(reversed)")
    #expect(try await daemon.end(SIGTERM) == 0)
  }

  @Test("why names the jobs that an operator has moved ahead")
  func raised() throws {
    let layout = SpoolLayout(root: NSTemporaryDirectory() + "e2e-raised-\(UUID().uuidString)")
    defer { try? FileSystem().removeTree(layout.root) }
    try SpoolDirectory(layout, fileSystem: FileSystem()).create()
    for (number, name) in ["first", "second", "third"].enumerated() {
      let folder = layout.folder(JobIdentifier(number: number + 1, name: name), in: .queued)
      try FileSystem().makeFolder(folder)
      try FileSystem().write("training_frame: a.csv\nresponse_column: y\n".utf8, to: "\(folder)/job.yaml")
      try FileSystem().write("{\"uid\": \(number + 1)}\n".utf8, to: "\(folder)/submitter.json")
    }
    func why(_ name: String) throws -> String { try Programs.deepspool(["why", "--spool", layout.root, name]).output }
    #expect(try why("1").contains("behind the turns of 2 other submitters"))
    let third = layout.folder(JobIdentifier(number: 3, name: "third"), in: .queued)
    try FileSystem().write("5 operator\n".utf8, to: "\(third)/priority")
    #expect(
      try why("1").contains("behind 1 waiting job that an operator has moved ahead and the turns of 1 other submitter"))
    #expect(try why("3").contains("next in line"))
  }

  @Test("a daemon that is stopped before it has inspected a file reports no usage error of its inspector")
  func stopped() async throws {
    let daemon = Daemon()
    try await daemon.start()
    try await daemon.until { daemon.inspector != nil }
    #expect(try await daemon.end(SIGTERM) == 0)
    try await Task.sleep(for: .milliseconds(200))
    #expect(!daemon.log.contains("Usage") && !daemon.log.contains("only deepspoold starts"), "\(daemon.log)")
    let byHand = try Programs.run("\(Programs.folder)/deepspoold", ["inspector"])
    #expect(byHand.status == 64 && byHand.errors.contains("only deepspoold starts inspectors"))
  }
}
