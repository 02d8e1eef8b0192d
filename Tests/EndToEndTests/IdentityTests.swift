import DurableFiles
import Foundation
import Glibc
import Spooling
import Testing

/// Tests of who may do what, with the daemon and its submitters as different users.
@Suite("Submitters and their rights")
struct IdentityTests {
  @Test("the group of a job file gives no rights, and a file that others may write to is refused")
  func identity() async throws {
    guard let stage = try Stage() else { return }
    let daemon = stage.daemon
    try await daemon.start()
    // The group of the file may read the victim's table.
    try stage.drop("lent.yaml", Stage.job("private.csv"), group: Stage.daemonUser)
    try stage.drop("world.yaml", Stage.job("private.csv"), as: Stage.victim, mode: 0o666)
    try stage.drop("shared.yaml", Stage.job("private.csv"), as: Stage.victim, group: Stage.daemonUser, mode: 0o664)
    try await daemon.until { ["lent", "world", "shared"].allSatisfy { stage.why($0) != nil } }
    #expect(stage.why("lent")?.contains("was not found in the data directories") == true)
    #expect(stage.why("world")?.contains("chmod o-w") == true)
    #expect(stage.why("shared")?.contains("chmod g-w") == true)
    #expect(!(try stage.everythingWritten()).contains(Stage.secret))
    #expect(try await daemon.end(SIGTERM) == 0)
  }

  @Test("a file of a folder table that is replaced by another user's file after acceptance is not read")
  func folder() async throws {
    guard let stage = try Stage() else { return }
    let (daemon, files, data) = (stage.daemon, FileSystem(), "\(stage.root)/data")
    try files.makeFolder("\(data)/parts")
    try files.setMode("\(data)/parts", 0o777)
    for name in ["a", "b"] {
      try files.write("x,y\n1,a\n2,b\n3,a\n4,b\n".utf8, to: "\(data)/parts/\(name).csv", mode: 0o644)
      try files.setMode("\(data)/parts/\(name).csv", 0o644)
    }
    try await daemon.start()
    let endless = Stage.job("own.csv", "stopping_rounds: 0\nclassification_stop: -1\n")
    try stage.drop("first.yaml", endless.replacing("epochs: 1\n", with: "epochs: 1e7\n"))
    try await daemon.until { daemon.names(.running) == ["000001-first"] }
    try stage.drop("folder.yaml", Stage.job("parts", "input_changes: allow\njob: {after: first}\n"))
    try await daemon.until { daemon.names(.queued) == ["000002-folder"] }
    try files.rename("\(data)/private.csv", to: "\(data)/parts/b.csv")
    try files.write([], to: "\(daemon.layout.orders(.finish))/000001-first")
    try await daemon.until { stage.why("folder") != nil }
    #expect(stage.why("folder")?.contains("No such file or directory") == true, "\(stage.why("folder") ?? "")")
    #expect(!(try stage.everythingWritten()).contains(Stage.secret))
    #expect(try await daemon.end(SIGTERM) == 0)
  }

  @Test("a model is exported only where its submitter may write, and never over the export of another user")
  func exports() async throws {
    let exports = NSTemporaryDirectory() + "exports-\(UUID().uuidString)"
    defer { try? FileSystem().removeTree(exports) }
    guard let stage = try Stage(environment: ["DEEPSPOOL_EXPORT_DIRECTORIES": exports]) else { return }
    let daemon = stage.daemon
    for (name, mode) in [("", 0o755), ("/open", 0o1777), ("/closed", 0o755)] as [(String, UInt32)] {
      try FileSystem().makeFolder(exports + name)
      try FileSystem().setMode(exports + name, mode)
    }
    chown("\(exports)/closed", Stage.daemonUser, Stage.daemonUser)
    // A pipe under a name that the daemon might use must not block it.
    mkfifo("\(exports)/open/.partial.1.1", 0o666)
    try await daemon.start()
    func job(_ folder: String) -> String {
      Stage.job("own.csv", "model_id: prod\nexport_checkpoints_dir: \(folder)\n")
    }
    try stage.drop("first.yaml", job("open"), as: Stage.victim)
    try await daemon.until { daemon.names(.finished) == ["000001-first"] }
    let path = "\(exports)/open/prod.deepspool"
    let first = try FileSystem().read(path, limit: 1 << 24)
    try stage.drop("second.yaml", job("open"))
    try stage.drop("closed.yaml", job("closed"))
    try await daemon.until { daemon.names(.finished).count == 2 && stage.why("closed") != nil }
    #expect(try FileSystem().read(path, limit: 1 << 24) == first)
    #expect(daemon.count("cannot export 'prod' to export_checkpoints_dir, ignoring: cannot replace") == 1)
    #expect(stage.why("closed")?.contains("may not add files to the folder") == true)
    try stage.drop("third.yaml", job("open"), as: Stage.victim)
    try await daemon.until { daemon.names(.finished).count == 3 }
    #expect(try FileSystem().read(path, limit: 1 << 24) != first, "the victim could not replace the own export")
    #expect(try await daemon.end(SIGTERM) == 0)
  }

  @Test("with results_group: submitter, only the submitter reads the folders of a job, and uses its model")
  func privacy() async throws {
    guard let stage = try Stage(environment: ["DEEPSPOOL_RESULTS_GROUP": "submitter"]) else { return }
    let (daemon, layout) = (stage.daemon, stage.daemon.layout)
    try await daemon.start()
    let endless = Stage.job("own.csv", "stopping_rounds: 0\nclassification_stop: -1\ncheckpoint_interval: 0\n")
    try stage.drop("mine.yaml", endless.replacing("epochs: 1\n", with: "epochs: 1e7\n"), as: Stage.victim)
    let id = JobIdentifier(number: 1, name: "mine")
    let running = layout.folder(id, in: .running)
    let names = ["job.yaml", "events.jsonl", "report.html", "checkpoint/checkpoint.deepspool"]
    try await daemon.until { names.allSatisfy { FileSystem().exists("\(running)/\($0)") } }
    func check(_ path: String) throws {
      #expect(try stage.run(as: Stage.victim, ["/usr/bin/test", "-r", path]) == 0, "the submitter reads \(path)")
      #expect(try stage.run(as: Stage.attacker, ["/usr/bin/test", "-r", path]) != 0, "a member reads \(path)")
    }
    for name in names { try check("\(running)/\(name)") }
    try FileSystem().write([], to: "\(layout.orders(.finish))/\(id)")
    try await daemon.until { daemon.names(.finished) == ["\(id)"] }
    for name in ["report.html", "events.jsonl", "job.yaml"] {
      try check("\(layout.folder(id, in: .finished))/\(name)")
    }
    for name in ["report.html", "metrics.json", "model/model.deepspool", "checkpoint/checkpoint.deepspool"] {
      try check("\(layout.result(id))/\(name)")
    }
    let predict = "kind: predict\nframe: own.csv\nmodel: \(id)\n"
    try stage.drop("other.yaml", predict)
    try stage.drop("own.yaml", predict, as: Stage.victim)
    try await daemon.until { stage.why("other") != nil && daemon.names(.finished).count == 2 }
    #expect(stage.why("other")?.contains("was not found") == true, "\(stage.why("other") ?? "")")
    #expect(try await daemon.end(SIGTERM) == 0)
  }

  @Test("control characters in names and messages are escaped on the terminal and in reasons")
  func controls() async throws {
    guard let stage = try Stage() else { return }
    let daemon = stage.daemon
    try await daemon.start()
    let text = "{\"\\u001b[31mred\": 1, \"training_frame\": \"a\\u009b2J\\u202etxt.csv\"}"
    try stage.drop("red.yaml", text)
    try await daemon.until { stage.why("red") != nil }
    let file = "\(stage.root)/data/red.yaml"
    try FileSystem().write(text.utf8, to: file)
    let check = try Programs.deepspool(["check", file])
    for output in [stage.why("red") ?? "", check.output, check.errors] {
      let hasRaw = output.unicodeScalars.contains {
        $0 != "\n" && ($0.properties.generalCategory == .control || $0 == "\u{202E}")
      }
      #expect(!hasRaw, "\(output.debugDescription)")
    }
    #expect(stage.why("red")?.contains("\\u001b[31mred") == true)
    #expect(check.errors.contains("\\u001b[31mred"))
    #expect(try await daemon.end(SIGTERM) == 0)
  }
}
