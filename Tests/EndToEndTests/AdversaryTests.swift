import DurableFiles
import Foundation
import Glibc
import Spooling
import Testing

/// Tests in which one user attacks the daemon and another user.
@Suite("Jobs of an attacker")
struct AdversaryTests {
  /// Processor time per attack; other tests may keep the processor busy.
  private static let maximumSeconds = 1.0
  private static let maximumBytes = 100_000_000

  private static let attacks: [(name: String, text: String, reason: String)] = [
    ("parent", Stage.job("../victim/secret.csv"), "was not found in the data directories"),
    ("absolute", Stage.job("/etc/passwd"), "was not found in the data directories"),
    ("environment", Stage.job("/proc/self/environ"), "was not found in the data directories"),
    ("link", Stage.job("link.csv"), "was not found in the data directories"),
    ("linked", Stage.job("linked/secret.csv"), "was not found in the data directories"),
    ("validation", Stage.job("own.csv", "validation_frame: link.csv\n"), "was not found in the data directories"),
    (
      "weights", Stage.job("own.csv", "initial_weights: [link.csv, null]\ninitial_biases: [link.csv, null]\n"),
      "was not found in the data directories"
    ),
    ("private", Stage.job("private.csv"), "was not found in the data directories"),
    ("folder", Stage.job("private/open.csv"), "was not found in the data directories"),
    ("loop", Stage.job("loop.csv"), "was not found"),
    ("pipe", Stage.job("pipe.csv"), "cannot be read"),
    ("device", Stage.job("device.csv"), "cannot be read"),
    ("export", Stage.job("own.csv", "export_checkpoints_dir: /etc\n"), "export_checkpoints_dir"),
    ("checkpoint", Stage.job("own.csv", "checkpoint: ../../victim\n"), "checkpoint"),
    ("model", "kind: predict\nframe: own.csv\nmodel: /proc/self/root\n", "model"),
    (
      "hidden", Stage.job("own.csv", "hidden: [1000000000]\n").replacing("hidden: [3]\n", with: ""),
      "the maximum is 100,000,000"
    ),
    (
      "layers", Stage.job("own.csv", "hidden: [9999, 9999, 9999]\n").replacing("hidden: [3]\n", with: ""),
      "the maximum is 100,000,000"
    ),
    ("folds", Stage.job("own.csv", "nfolds: 1000000000\n"), "nfolds"),
    (
      "grid",
      Stage.job(
        "own.csv",
        "grid: {hyper_params: {\(["rho", "epsilon", "l1", "l2", "rate_decay", "rate", "max_w2"].map { "\($0): [\((1...99).map { "0.\($0)" }.joined(separator: ","))]" }.joined(separator: ", "))}}\n"
      ),
      "of disk space; the spool's disk has"
    ),
    ("aliases", "a: &a [x,x]\n" + (0..<30).map { "b\($0): &b\($0) [*a,*a,*a]\n" }.joined(), "not supported"),
    ("nesting", String(repeating: "[", count: 200_000), "nest"),
    (
      "metric", Stage.job("own.csv", "custom_metric_func: \"\(String(repeating: "(", count: 5000))1\"\n"),
      "custom_metric_func"
    ),
    ("binary", String(repeating: "\u{0}", count: 1000), "error"),
  ]

  @Test(
    "every attack fails within a second of processor time, uses little memory, reveals no data, and the daemon continues"
  )
  func attacks() async throws {
    guard let stage = try Stage() else { return }
    let daemon = stage.daemon
    try await daemon.start()
    // The first job loads what all jobs need.
    try stage.drop("harmless.yaml", Stage.job("own.csv", "model_id: \"<script>alert(1)</script>\"\n"))
    try await daemon.until { !daemon.names(.finished).isEmpty }
    for attack in Self.attacks {
      let before = try #require(daemon.processorSeconds)
      try stage.drop("\(attack.name).yaml", attack.text)
      func reason() -> String? {
        (try? FileSystem().read("\(daemon.layout.rejected)/\(attack.name).why", limit: 1 << 22))
          .map { String(decoding: $0, as: UTF8.self) }
      }
      try await daemon.until { reason() != nil }
      let seconds = try #require(daemon.processorSeconds) - before
      #expect(seconds < Self.maximumSeconds, "\(attack.name) took \(seconds) s")
      #expect(reason()?.contains(attack.reason) == true, "\(attack.name): \(reason()?.prefix(400) ?? "")")
    }
    let peak = try #require(daemon.peakMemoryBytes)
    #expect(peak < Self.maximumBytes)
    #expect(!(try stage.everythingWritten()).contains(Stage.secret))
    let report = try FileSystem().read("\(daemon.layout.results)/000001-harmless/report.html", limit: 1 << 24)
    #expect(!String(decoding: report, as: UTF8.self).contains("<script>alert"))
    #expect(try await daemon.end(SIGTERM) == 0)
  }

  @Test("a table or model that becomes a link to another user's file after acceptance is not read")
  func swapped() async throws {
    guard let stage = try Stage() else { return }
    let (daemon, files, data) = (stage.daemon, FileSystem(), "\(stage.root)/data")
    try await daemon.start()
    try files.write("x,y\n1,a\n2,b\n3,a\n4,b\n".utf8, to: "\(data)/mine.csv", mode: 0o644)
    chown("\(data)/mine.csv", Stage.attacker, Stage.attacker)
    let endless = Stage.job("own.csv", "stopping_rounds: 0\nclassification_stop: -1\n")
    try stage.drop("first.yaml", endless.replacing("epochs: 1\n", with: "epochs: 1e7\n"))
    try await daemon.until { daemon.names(.running) == ["000001-first"] }
    try stage.drop("swapped.yaml", Stage.job("mine.csv", "input_changes: allow\njob: {after: first}\n"))
    try await daemon.until { daemon.names(.queued) == ["000002-swapped"] }
    try files.remove("\(data)/mine.csv")
    symlink("private.csv", "\(data)/mine.csv")
    // A model whose files are links to those of another user.
    try files.makeFolder("\(data)/model-folder")
    try files.setMode("\(data)/model-folder", 0o755)
    symlink("../private", "\(data)/model-folder/model")
    try files.write(Array("x".utf8), to: "\(data)/private/model.deepspool", mode: 0o644)
    try stage.drop("model.yaml", "kind: predict\nframe: own.csv\nmodel: model-folder\n")
    try files.write([], to: "\(daemon.layout.orders(.finish))/000001-first")
    func reason(_ name: String) -> String? {
      (try? files.read("\(daemon.layout.rejected)/\(name).why", limit: 1 << 20)).map {
        String(decoding: $0, as: UTF8.self)
      }
    }
    try await daemon.until { reason("swapped") != nil && reason("model") != nil }
    #expect(reason("swapped")?.contains("was not found") == true)
    #expect(reason("model")?.contains("which is not a finished model") == true, "\(reason("model") ?? "")")
    #expect(!(try stage.everythingWritten()).contains(Stage.secret))
    #expect(try await daemon.end(SIGTERM) == 0)
  }

  @Test("a lease on a table delays only jobs with that table, until the lease is released")
  func lease() async throws {
    guard let stage = try Stage() else { return }
    // The kernel sends SIGIO to the holder of a lease when another process opens the file.
    signal(SIGIO, SIG_IGN)
    let (daemon, path) = (stage.daemon, "\(stage.root)/data/leased.csv")
    try await daemon.start()
    try FileSystem().write("x,y\n1,a\n2,b\n3,a\n4,b\n".utf8, to: path, mode: 0o644)
    chown(path, Stage.attacker, Stage.attacker)
    let holder = open(path, O_RDWR)
    // F_SETLEASE of fcntl(2), which Swift does not import.
    try #require(holder >= 0 && fcntl(holder, 1024, F_WRLCK) == 0)
    try stage.drop("leased.yaml", Stage.job("leased.csv"))
    try stage.drop("free.yaml", Stage.job("own.csv"))
    try await daemon.until { daemon.names(.finished) == ["000002-free"] }
    #expect(daemon.count("000001-leased: waits for a file: 'leased.csv' cannot be read now") == 1)
    #expect(daemon.count("000001-leased: accepted") == 0)
    close(holder)
    try await daemon.until { daemon.names(.finished).contains("000001-leased") }
    #expect(try await daemon.end(SIGTERM) == 0)
  }

  @Test("users who may not open the daemon's lock cannot take it, but still see that the daemon runs")
  func lock() async throws {
    guard let stage = try Stage() else { return }
    let daemon = stage.daemon
    try await daemon.start()
    func asAttacker(_ arguments: [String]) throws -> (output: String, errors: String, status: Int32) {
      let change = ["--reuid", "\(Stage.attacker)", "--regid", "\(Stage.daemonUser)", "--clear-groups"]
      return try Programs.run("/usr/bin/setpriv", change + arguments)
    }
    #expect(try asAttacker(["/usr/bin/flock", "-s", "-n", daemon.layout.lock, "/bin/true"]).status != 0)
    let job = "\(stage.root)/data/job.yaml"
    try FileSystem().write(Stage.job("own.csv").utf8, to: job, mode: 0o644)
    try FileSystem().setMode(daemon.layout.incoming, 0o1733)
    let submit = ["\(Programs.folder)/deepspool", "submit", "--spool", daemon.layout.root, job]
    let accepted = try asAttacker(submit)
    #expect(accepted.status == 0 && accepted.output == "000001-job\n", "\(accepted)")
    #expect(try await daemon.end(SIGTERM) == 0)
    let waiting = try asAttacker(submit)
    #expect(waiting.status == 0 && waiting.errors.contains("no daemon is running on"), "\(waiting)")
  }

  @Test("jobs of the victim and of the group may use the data")
  func victim() async throws {
    guard let stage = try Stage() else { return }
    let daemon = stage.daemon
    try await daemon.start()
    let path = "\(daemon.layout.root)/.dropped"
    try FileSystem().write(Stage.job("private.csv").utf8, to: path, mode: 0o644)
    chown(path, Stage.victim, Stage.victim)
    try FileSystem().rename(path, to: "\(daemon.layout.incoming)/own.yaml")
    try await daemon.until { daemon.names(.finished) == ["000001-own"] }
    #expect(try await daemon.end(SIGTERM) == 0)
  }

  @Test("names in incoming are never trusted: HTML, options, line ends, links and hard links to other users' files")
  func names() async throws {
    guard let stage = try Stage() else { return }
    let daemon = stage.daemon
    try await daemon.start()
    for name in [
      "<img src=x onerror=alert(1)>.yaml", "-rf.yaml", "a\nfake: accepted.yaml", "$(id).yaml",
    ] {
      try stage.drop(name, "nonsense: 1\n")
    }
    symlink("/etc/passwd", "\(daemon.layout.incoming)/link.yaml")
    try await daemon.until { try FileSystem().list(daemon.layout.rejected).filter { $0.hasSuffix(".why") }.count == 5 }
    for name in try FileSystem().list(daemon.layout.rejected) {
      let isPlain = name.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || "0123456789.-_".unicodeScalars.contains($0)
      }
      #expect(isPlain && !name.hasPrefix("-"), "\(name)")
    }
    #expect(!daemon.lines.contains { $0.hasPrefix("fake: accepted") })
    #expect(!(try stage.everythingWritten()).contains("root:x:0"))
    #expect(try await daemon.end(SIGTERM) == 0)
  }
}
