import DurableFiles
import Exports
import Foundation
import Glibc
import Models
import Spooling
import Testing

/// Tests with absurd numbers in models and checkpoints, which may affect only their own job.
@Suite("Hostile models and checkpoints", .serialized)
struct HostileInputTests {
  private let daemon: Daemon
  private let data: String

  init() throws {
    data = NSTemporaryDirectory() + "hostile-\(UUID().uuidString)"
    try FileSystem().copyTree(Programs.samples, to: data)
    daemon = try Daemon.configured("max_memory_bytes: 600000000\n", data: data, ["--max-concurrent-jobs", "2"])
  }

  /// Returns the result folder of a finished iris job and the worker of another job that trains beside it.
  private func start(_ extra: String = "") async throws -> (result: String, beside: Int32) {
    try await daemon.start()
    try daemon.drop(
      "model.yaml", "training_frame: iris.csv\nresponse_column: Species\nhidden: [5]\nepochs: 3\n\(extra)")
    try await daemon.until { daemon.names(.finished) == ["000001-model"] }
    try daemon.drop("beside.yaml", WorkerTests.endless)
    let beside = try await daemon.worker(of: "000002-beside")
    return (daemon.layout.result(JobIdentifier(number: 1, name: "model")), beside)
  }

  /// Drops a job, waits until it has failed or is rejected, and returns the reason.
  private func reason(_ name: String, number: Int, _ text: String) async throws -> String {
    try daemon.drop("\(name).yaml", text)
    let id = JobIdentifier(number: number, name: name)
    let rejection = "\(daemon.layout.rejected)/\(name).why"
    try await daemon.until { FileSystem().exists(rejection) || daemon.names(.failed).contains("\(id)") }
    guard FileSystem().exists(rejection) else { return daemon.why(id, in: .failed) }
    return String(decoding: try FileSystem().read(rejection, limit: 1 << 20), as: UTF8.self)
  }

  private func checkBeside(_ beside: Int32) async throws {
    #expect(kill(daemon.processID, 0) == 0)
    #expect(daemon.count("watching '") == 1)
    #expect(daemon.workers.contains { $0.job == "000002-beside" && $0.processID == beside })
    let folder = daemon.layout.folder(JobIdentifier(number: 2, name: "beside"), in: .running)
    #expect(!FileSystem().exists("\(folder)/crashes"))
    try await daemon.until { daemon.count("000002-beside: ") > 3 }
    try Programs.deepspool(["finish", "--spool", daemon.layout.root, "beside"])
    try await daemon.until { daemon.names(.finished).contains("000002-beside") }
    #expect(try await daemon.end(SIGTERM) == 0)
    try? FileSystem().removeTree(data)
  }

  @Test("S1: a MOJO with absurd counts ends only its own job, with a reason")
  func mojo() async throws {
    let (result, beside) = try await start("exports: [mojo]\n")
    let good = try FileSystem().read("\(result)/model.mojo.zip", limit: 1 << 24)
    let changes: [(key: String, value: String)] = [
      ("n_features", "9223372036854775807"), ("cats", "9223372036854775807"), ("nums", "4611686018427387904"),
      ("cat_offsets", "[-9223372036854775808, 9223372036854775807]"), ("cat_offsets", "[9223372036854775807]"),
    ]
    for (number, change) in changes.enumerated() {
      var entries = try ZipArchive.entries(good, maximumBytes: 1 << 24)
      let ini = String(decoding: entries["model.ini"] ?? [], as: UTF8.self)
      let changed = ini.split(separator: "\n", omittingEmptySubsequences: false).map {
        $0.hasPrefix("\(change.key) = ") || $0.hasPrefix("\(change.key)=")
          ? "\(change.key) = \(change.value)" : String($0)
      }.joined(separator: "\n")
      #expect(changed != ini, "model.ini has no \(change.key)")
      entries["model.ini"] = Array(changed.utf8)
      let bytes = try ZipArchive.bytes(entries.sorted { $0.key < $1.key }.map { (name: $0.key, bytes: $0.value) })
      try FileSystem().write(bytes, to: "\(data)/absurd\(number).zip", mode: 0o644)
      let why = try await reason(
        "guilty\(number)", number: 3 + number, "kind: predict\nmodel: absurd\(number).zip\nframe: iris.csv\n")
      #expect(!why.isEmpty)
    }
    try await checkBeside(beside)
  }

  @Test("S2: a checkpoint with a valid seal and absurd numbers ends only its own job")
  func checkpoint() async throws {
    let (result, beside) = try await start()
    let changes: [(path: [String], value: Any)] = [
      (["progress", "samples"], -1), (["progress", "iteration"], Int.max), (["history", "elapsedSeconds"], 1e308),
      (["history", "training"], [Any]()),
    ]
    for (number, change) in changes.enumerated() {
      let folder = "\(data)/forged\(number)"
      try FileSystem().copyTree(result, to: folder)
      let file = "\(folder)/\(JobFolderLayout.checkpointFile)"
      let sealed = try SealedFile(kind: .checkpoint, bytes: try FileSystem().read(file, limit: 1 << 24))
      var header = try #require(JSONSerialization.jsonObject(with: Data(sealed.header)) as? [String: Any])
      if change.path[0] == "history" {
        var rows = try #require(header["history"] as? [[String: Any]])
        for row in rows.indices { rows[row][change.path[1]] = change.value }
        header["history"] = rows
      } else {
        var progress = try #require(header["progress"] as? [String: Any])
        progress[change.path[1]] = change.value
        header["progress"] = progress
      }
      let forged = SealedFile(
        kind: .checkpoint, header: Array(try JSONSerialization.data(withJSONObject: header)), payload: sealed.payload)
      try FileSystem().write(forged.bytes, to: file, mode: 0o644)
      let job =
        "training_frame: iris.csv\nresponse_column: Species\nhidden: [5]\nepochs: 6\ncheckpoint: forged\(number)\n"
      try daemon.drop("guilty\(number).yaml", job)
      let id = JobIdentifier(number: 3 + number, name: "guilty\(number)")
      // A harmless header may also be accepted.
      try await daemon.until {
        FileSystem().exists("\(daemon.layout.rejected)/guilty\(number).why")
          || daemon.names(.failed).contains("\(id)") || daemon.names(.finished).contains("\(id)")
      }
    }
    try await checkBeside(beside)
  }

  @Test("S7: a job that exceeds its memory limit fails at once with the figures; the job beside it is unaffected")
  func memory() async throws {
    let (_, beside) = try await start()
    // A sparse file: no space on the disk, four gigabytes in memory.
    let path = "\(data)/huge.deepspool"
    try FileSystem().write("DSPLMODL".utf8, to: path, mode: 0o644)
    #expect(truncate(path, 4 << 30) == 0)
    let why = try await reason("guilty", number: 3, "kind: predict\nmodel: huge.deepspool\nframe: iris.csv\n")
    #expect(why.contains("memory limit of") && why.contains("the estimate was"), "\(why)")
    #expect(daemon.count("000003-guilty: started") == 1)
    let line = try #require(daemon.lines.first { $0.contains("000003-guilty: its process used") })
    #expect(line.contains("memory limit"), "\(line)")
    try await checkBeside(beside)
  }
}
