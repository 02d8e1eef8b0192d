import DurableFiles
import Foundation
import Spooling
import TestSupport
import Testing

@Suite("The daemon as a process", .serialized, .ownThread)
struct DaemonTests {
  private static let small = """
    training_frame: iris.csv
    response_column: Species
    hidden: [5]
    epochs: 3
    seed: 1
    """

  /// Long enough to be interrupted.
  private static let long = """
    training_frame: prostate.csv
    response_column: CAPSULE
    column_types: {CAPSULE: enum}
    hidden: [100, 100]
    epochs: 600
    train_samples_per_iteration: 0
    reproducible: true
    stopping_rounds: 0
    classification_stop: -1
    score_training_samples: 50
    seed: 5
    """

  private static let endless = long.replacing("epochs: 600", with: "epochs: 1e7")

  @Test("a job file copied into incoming becomes a result folder; SIGTERM stops the daemon with status 0")
  func life() async throws {
    let daemon = Daemon()
    try await daemon.start()
    try Data(contentsOf: URL(fileURLWithPath: "\(Programs.samples)/iris.yaml"))
      .write(to: URL(fileURLWithPath: "\(daemon.layout.incoming)/iris.yaml"))
    try await daemon.until { daemon.names(.finished) == ["000001-iris"] }
    let result = daemon.layout.result(JobIdentifier(number: 1, name: "iris"))
    for name in ["metrics.json", "model/model.deepspool", "plan.yaml", "events.jsonl"] {
      #expect(FileSystem().exists("\(result)/\(name)"), "\(name)")
    }
    let shown = try Programs.deepspool(["show", "--spool", daemon.layout.root, "iris"])
    #expect(shown.output.contains("000001-iris: finished") && shown.output.contains("logloss"))
    #expect(try await daemon.end(SIGTERM) == 0)
  }

  @Test("a hundred jobs dropped at once finish exactly once each, although the daemon is killed half-way")
  func hundred() async throws {
    let daemon = Daemon(["--max-concurrent-jobs", "2"])
    try await daemon.start()
    for number in 0..<100 { try daemon.drop("job\(number).yaml", Self.small) }
    try await daemon.until { daemon.names(.finished).count >= 50 }
    #expect(try await daemon.end(SIGKILL) != 0)
    try await daemon.start()
    try await daemon.until { daemon.names(.finished).count >= 100 }
    #expect(try await daemon.end(SIGTERM) == 0)
    let listing = try daemon.listing()
    #expect(Set((listing.jobs[.finished] ?? []).map(\.name)).count == 100)
    #expect(listing.jobs.values.joined().count == 100)
    #expect(Set(listing.results) == Set(listing.jobs[.finished] ?? []))
    for id in listing.results {
      #expect(FileSystem().exists("\(daemon.layout.result(id))/metrics.json"), "\(id)")
      #expect(daemon.count("\(id): finished, result in") <= 1, "\(id)")
    }
    #expect(try FileSystem().list(daemon.layout.rejected).isEmpty)
  }

  @Test("invalid files are rejected with a reason, and the daemon continues")
  func badInput() async throws {
    let data = NSTemporaryDirectory() + "e2e-data-\(UUID().uuidString)"
    try FileSystem().makeFolder(data)
    defer { try? FileSystem().removeTree(data) }
    try FileSystem().write("x,y\n1,2\n2,2\n".utf8, to: "\(data)/constant.csv")
    try FileSystem().write([0, 1, 2], to: "\(data)/binary.csv")
    try FileSystem().write("x,y\n1,2\n2,3\n".utf8, to: "\(data)/good.csv")
    let daemon = Daemon(data: data)
    try await daemon.start()
    let incoming = daemon.layout.incoming
    let cases: [(name: String, text: String, expected: String)] = [
      ("empty", "", "the file is empty"), ("unknown", "hiden: 3\n", "did you mean 'hidden'?"),
      (
        "missing", "training_frame: nope.csv\nresponse_column: y\n",
        "missing.yaml:1:17: error: training_frame 'nope.csv' was not found"
      ),
      (
        "column", "training_frame: good.csv\nresponse_column: z\n",
        "column.yaml:2:18: error: response_column names column 'z'"
      ),
      (
        "constant", "training_frame: constant.csv\nresponse_column: y\n",
        "constant.yaml:2:18: error: 'constant.csv': response_column 'y' is constant"
      ),
      ("binarytable", "training_frame: binary.csv\nresponse_column: y\n", "neither a text table"),
      ("outside", "training_frame: /etc/passwd\nresponse_column: y\n", "was not found in the data directories"),
      ("climbing", "training_frame: ../../etc/passwd\nresponse_column: y\n", "was not found in the data directories"),
    ]
    for example in cases { try daemon.drop("\(example.name).yaml", example.text) }
    try FileSystem().write([0, 255, 1], to: "\(incoming)/binary.yaml")
    try FileSystem().makeFolder("\(incoming)/folder.yaml")
    mkfifo("\(incoming)/pipe.yaml", 0o600)
    symlink("/etc/passwd", "\(incoming)/link.yaml")
    let big = try #require(
      FileManager.default.createFile(atPath: "\(incoming)/.big", contents: nil)
        ? FileHandle(forWritingAtPath: "\(incoming)/.big") : nil)
    try big.truncate(atOffset: 100_000_000)
    try big.close()
    try FileSystem().rename("\(incoming)/.big", to: "\(incoming)/big.yaml")
    let others = [
      ("binary", "not a text file"), ("folder", "this is a folder"), ("pipe", "pipe, socket or device"),
      ("link", "symbolic link"), ("big", "100000000 bytes"),
    ]
    for (name, expected) in cases.map({ ($0.name, $0.expected) }) + others {
      let path = "\(daemon.layout.rejected)/\(name).why"
      try await daemon.until { FileSystem().exists(path) }
      let why = String(decoding: try FileSystem().read(path, limit: 1 << 20), as: UTF8.self)
      #expect(why.contains(expected), "\(why)")
    }
    try daemon.drop("good.yaml", "training_frame: good.csv\nresponse_column: y\nhidden: [2]\nepochs: 1\n")
    try await daemon.until { daemon.names(.finished).contains { $0.hasSuffix("-good") } }
    #expect(try await daemon.end(SIGTERM) == 0)
  }

  @Test(
    "a job interrupted by SIGTERM and SIGKILL resumes from its checkpoint and gives the same bytes as without interruption"
  )
  func interruption() async throws {
    let undisturbed = NSTemporaryDirectory() + "e2e-run-\(UUID().uuidString)"
    try FileSystem().makeFolder(undisturbed)
    defer { try? FileSystem().removeTree(undisturbed) }
    try FileSystem().write(Self.long.utf8, to: "\(undisturbed)/long.yaml")
    try FileManager.default.copyItem(atPath: "\(Programs.samples)/prostate.csv", toPath: "\(undisturbed)/prostate.csv")
    let daemon = Daemon()
    try await daemon.start()
    try daemon.drop("long.yaml", Self.long)
    // The journal has a line a second; the events have every score.
    let events = "\(daemon.layout.folder(JobIdentifier(number: 1, name: "long"), in: .running))/events.jsonl"
    func scoreCount() -> Int {
      let text = (try? FileSystem().read(events, limit: 1 << 26)).map { String(decoding: $0, as: UTF8.self) } ?? ""
      return text.split(separator: "\n").count { $0.contains("\"event\": \"scored\"") }
    }
    for signal in [SIGTERM, SIGKILL] {
      try await daemon.until { daemon.names(.running) == ["000001-long"] }
      let scores = scoreCount()
      try await daemon.until { scoreCount() > scores + 20 }
      let status = try await daemon.end(signal)
      #expect((status == 0) == (signal == SIGTERM))
      #expect(daemon.names(signal == SIGTERM ? .queued : .running) == ["000001-long"])
      try await daemon.start()
    }
    try await daemon.until { daemon.names(.finished) == ["000001-long"] }
    #expect(daemon.count("resuming from its checkpoint") == 2)
    #expect(try await daemon.end(SIGTERM) == 0)
    let run = try Programs.deepspool(["run", "\(undisturbed)/long.yaml", "--output", "\(undisturbed)/result"])
    #expect(run.status == 0, "\(run.errors)")
    let weights = { (folder: String) in
      // The model names differ, so the weights are compared through the table of layers.
      try FileSystem().read("\(folder)/model_summary.csv", limit: 1 << 20)
    }
    let result = daemon.layout.result(JobIdentifier(number: 1, name: "long"))
    #expect(try weights(result) == weights("\(undisturbed)/result"))
  }

  @Test("waiting and running jobs can be cancelled by command and by a dropped file")
  func cancelling() async throws {
    let daemon = Daemon()
    try await daemon.start()
    try daemon.drop("a.yaml", Self.endless)
    try daemon.drop("b.yaml", Self.small)
    try daemon.drop("c.yaml", Self.small)
    try await daemon.until { daemon.hasScored("a") && daemon.names(.queued).count == 2 }
    #expect(try Programs.deepspool(["cancel", "--spool", daemon.layout.root, "2"]).status == 0)
    try await daemon.until { daemon.names(.cancelled) == ["000002-b"] }
    try FileSystem().write([], to: "\(daemon.layout.orders(.cancel))/000001-a")
    try await daemon.until { daemon.names(.cancelled).contains("000001-a") }
    try await daemon.until { daemon.names(.finished) == ["000003-c"] }
    #expect(try Programs.deepspool(["cancel", "--spool", daemon.layout.root, "3"]).status == 65)
    #expect(try await daemon.end(SIGTERM) == 0)
  }

  @Test("files dropped without a daemon are taken at startup, in order of priority")
  func filesBeforeStart() async throws {
    let daemon = Daemon()
    try await daemon.start()
    #expect(try await daemon.end(SIGTERM) == 0)
    try daemon.drop("low.yaml", Self.small)
    try daemon.drop("top.yaml", Self.small + "\njob: {priority: 10}\n")
    try await daemon.start()
    try await daemon.until { daemon.names(.finished).count == 2 }
    let starts = daemon.lines.filter { $0.hasSuffix(": started") }
    #expect(starts.first?.contains("-top") == true)
  }

  @Test("signals without a meaning do not end the daemon", arguments: [SIGUSR1, SIGUSR2, SIGALRM, SIGIO])
  func signals(_ signal: Int32) async throws {
    let daemon = Daemon()
    try await daemon.start()
    daemon.send(signal)
    try daemon.drop("a.yaml", Self.small)
    try await daemon.until { daemon.names(.finished) == ["000001-a"] }
    #expect(try await daemon.end(SIGTERM) == 0)
  }

  @Test("a second daemon cannot start on the same spool")
  func lock() async throws {
    let daemon = Daemon()
    try await daemon.start()
    let second = Process()
    second.executableURL = URL(fileURLWithPath: "\(Programs.folder)/deepspoold")
    second.arguments = ["--spool", daemon.layout.root]
    let pipe = Pipe()
    second.standardError = pipe
    try second.run()
    let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    second.waitUntilExit()
    #expect(second.terminationStatus == 75)
    #expect(said.contains("another deepspoold uses the spool"))
  }
}
