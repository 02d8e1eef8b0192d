import DurableFiles
import Foundation
import Spooling
import Testing

/// What commands print with --json follows the schemas in docs/reference/schemas.
@Suite("JSON output", .serialized)
struct JSONOutputTests {
  private static let small = """
    training_frame: iris.csv
    response_column: Species
    hidden: [5]
    epochs: 3
    seed: 1
    job: {priority: 3}
    """

  private static let endless = """
    training_frame: iris.csv
    response_column: Species
    hidden: [5]
    epochs: 1e7
    stopping_rounds: 0
    classification_stop: -1
    """

  /// Checks the output of a command and returns it.
  @discardableResult
  private static func valid(_ schema: String, _ arguments: [String], status: Int32 = 0) throws -> String {
    let run = try Programs.deepspool(arguments + ["--json"])
    #expect(run.status == status, "\(arguments): \(run)")
    #expect(try JSONSchema(schema).faults(of: run.output) == [], "\(arguments)")
    return run.output
  }

  private static func objects(_ text: String) throws -> [[String: Any]] {
    let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
    return try #require(value as? [[String: Any]])
  }

  @Test("commands of the spool print what their schemas say")
  func spool() async throws {
    let daemon = Daemon()
    try await daemon.start()
    let spool = ["--spool", daemon.layout.root]
    let folder = NSTemporaryDirectory() + "json-\(UUID().uuidString)"
    try FileSystem().makeFolder(folder)
    defer { try? FileSystem().removeTree(folder) }
    for (name, text) in [
      ("iris", Self.small), ("long", Self.endless), ("bad", "training_frame: none.csv\nresponse_column: y\n"),
    ] {
      try FileSystem().write(text.utf8, to: "\(folder)/\(name).yaml")
    }
    let submitted = try Self.objects(try Self.valid("submit", ["submit", "\(folder)/iris.yaml"] + spool))
    #expect(submitted.first?["id"] as? String == "000001-iris")
    try Self.valid("history", ["wait", "iris"] + spool)
    let rejected = try Self.objects(try Self.valid("submit", ["submit", "\(folder)/bad.yaml"] + spool, status: 65))
    #expect(rejected.first?["state"] as? String == "rejected")
    #expect((rejected.first?["reason"] as? String)?.contains("'none.csv' was not found") == true, "\(rejected)")
    try Self.valid("submit", ["submit", "\(folder)/long.yaml"] + spool)
    try await daemon.until { daemon.hasScored("long") && daemon.names(.running).count == 1 }
    let list = try Self.objects(try Self.valid("list", ["list", "--all"] + spool))
    let states = list.compactMap { $0["state"] as? String }
    #expect(states == ["running", "finished", "rejected"])
    let finished = try #require(list.first { $0["state"] as? String == "finished" })
    #expect(finished["priority"] as? Int == 3 && finished["name"] as? String == "iris")
    #expect(finished["result"] as? String == "\(daemon.layout.results)/000001-iris")
    let progress = try #require(finished["progress"] as? [String: Any])
    #expect(progress["fraction"] as? Double == 1 && progress["total_epochs"] as? Double == 3)
    let running = try #require(list.first?["progress"] as? [String: Any])
    #expect(running["metric"] as? String == "training_logloss" && running["epochs"] as? Double ?? 0 > 0)
    for name in ["iris", "long", "bad"] {
      try Self.valid("show", ["show", name] + spool)
      try Self.valid("why", ["why", name] + spool)
    }
    let orders = try Self.objects(try Self.valid("orders", ["cancel", "long", "typo", "1"] + spool, status: 65))
    #expect(orders.compactMap { $0["outcome"] as? String } == ["done", "failed", "failed"])
    #expect(orders.first?["id"] as? String == "000003-long")
    try await daemon.until { daemon.names(.cancelled) == ["000003-long"] }
    let history = try Self.objects(try Self.valid("history", ["history"] + spool))
    #expect(history.compactMap { $0["id"] as? String } == ["000001-iris", "000002-bad", "000003-long"])
    let accounted = history.filter { $0["state"] as? String != "rejected" }
    #expect(accounted.allSatisfy { ($0["cpu_seconds"] as? Double ?? 0) > 0 }, "\(history)")
    #expect(accounted.allSatisfy { ($0["peak_memory_bytes"] as? Int ?? 0) > 1_000_000 }, "\(history)")
    for arguments in [["logs", "iris"], ["follow", "iris"], ["logs", "--follow", "iris"]] {
      let lines = try Programs.deepspool(arguments + ["--json"] + spool).output.split(separator: "\n")
      #expect(lines.count > 4)
      for line in lines { #expect(try JSONSchema("event").faults(of: String(line)) == []) }
    }
    #expect(try await daemon.end(SIGTERM) == 0)
  }

  @Test("commands without a daemon print what their schemas say")
  func foreground() throws {
    let folder = NSTemporaryDirectory() + "json-\(UUID().uuidString)"
    try FileSystem().makeFolder(folder)
    defer { try? FileSystem().removeTree(folder) }
    let table = "\(Programs.samples)/iris.csv"
    for (name, text) in [("a", Self.small), ("b", Self.small.replacing("[5]", with: "[4, 4]"))] {
      try FileSystem().write(text.replacing("iris.csv", with: table).utf8, to: "\(folder)/\(name).yaml")
      try Self.valid("run", ["run", "\(folder)/\(name).yaml", "--output", "\(folder)/\(name)"])
    }
    let compared = try Self.valid(
      "compare", ["compare", "\(folder)/a", "\(folder)/b", "--html", "\(folder)/page.html"])
    #expect(compared.contains(#""key": "hidden""#) && !compared.contains(#""key": "epochs""#))
    let page = String(decoding: try FileSystem().read("\(folder)/page.html", limit: 1 << 20), as: UTF8.self)
    #expect(page.contains("[4, 4]") && page.contains("log loss"))
    let prediction = "kind: predict\nmodel: a\nframe: \(table)\n"
    try FileSystem().write(prediction.utf8, to: "\(folder)/predict.yaml")
    try Self.valid("run", ["run", "\(folder)/predict.yaml"])
    try Self.valid(
      "predict", ["predict", "--model", "\(folder)/a", "--frame", table, "--output", "\(folder)/out.csv"])
    try Self.valid(
      "export", ["export", "--model", "\(folder)/a", "--format", "onnx", "--output", "\(folder)/a.onnx"])
    try Self.valid("describe", ["describe", table])
    try Self.valid("init", ["init", table, "--output", "\(folder)/new.yaml"])
    try Self.valid("check", ["check", "\(folder)/a.yaml"])
    for key in [["explain"], ["explain", "rho"], ["explain", "job"]] { try Self.valid("explain", key) }
  }

  @Test(
    "errors are JSON, too, on standard error",
    arguments: [
      (["run", "none.yaml"], 66), (["check", "none.yaml"], 66), (["explain", "rhoo"], 65),
      (["describe", "none.csv"], 66),
      (["show", "x", "--spool", "/none"], 66), (["cancel", "x", "--spool", "/none"], 66),
      (["compare", "none", "nowhere", "--spool", "/none"], 66),
    ])
  func errors(_ arguments: [String], _ status: Int) throws {
    let run = try Programs.deepspool(arguments + ["--json"])
    #expect(run.status == Int32(status) && run.output.isEmpty, "\(run)")
    #expect(try JSONSchema("error").faults(of: run.errors) == [], "\(run.errors)")
  }

  @Test("an invalid job is reported with its faults and places")
  func faults() throws {
    let folder = NSTemporaryDirectory() + "json-\(UUID().uuidString)"
    try FileSystem().makeFolder(folder)
    defer { try? FileSystem().removeTree(folder) }
    try FileSystem().write("hiden: 3\nepochs: x\n".utf8, to: "\(folder)/bad.yaml")
    let run = try Programs.deepspool(["run", "\(folder)/bad.yaml", "--json"])
    #expect(run.status == 65)
    let error = try JSONSerialization.jsonObject(with: Data(run.errors.utf8)) as? [String: Any]
    let lines = (error?["faults"] as? [[String: Any]])?.compactMap { $0["line"] as? Int }
    #expect(lines?.contains(1) == true && lines?.contains(2) == true)
  }

  @Test(
    "output that cannot be written ends with 73", arguments: [["list", "--all"], ["list", "--json"], ["explain"]])
  func fullDisk(_ arguments: [String]) throws {
    let spool = NSTemporaryDirectory() + "json-\(UUID().uuidString)"
    try SpoolDirectory(SpoolLayout(root: spool), fileSystem: FileSystem()).create()
    defer { try? FileSystem().removeTree(spool) }
    let job = SpoolLayout(root: spool).folder(JobIdentifier(number: 1, name: "a"), in: .queued)
    try FileSystem().makeFolder(job)
    let place = arguments.first == "list" ? " --spool \(spool)" : ""
    let command = "\(Programs.folder)/deepspool \(arguments.joined(separator: " "))\(place) >/dev/full"
    let run = try Programs.run("/bin/sh", ["-c", command])
    #expect(run.status == 73 && run.errors.contains("cannot write to 'standard output'"), "\(run)")
  }
}
