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
          && given.errors.contains("has 1 queued and held jobs; the limit is 1"), "\(given.errors)")
    }
    #expect(daemon.names(.queued) == ["000002-b"] && daemon.names(.cancelled) == ["000001-a"])
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
    #expect(try why("1").contains("behind 1 waiting jobs that an operator has moved ahead and the turns of 1 other"))
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
