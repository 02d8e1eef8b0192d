import DurableFiles
import Foundation
import Spooling
import TestSupport
import Testing

/// Tests in which the configuration of a real daemon is checked, reloaded and faulty.
@Suite("The configuration of a running daemon", .serialized, .ownThread)
struct ConfigurationTests {
  private static let small = """
    training_frame: iris.csv
    response_column: Species
    hidden: [5]
    epochs: 3
    seed: 1
    """

  private static let endless = """
    training_frame: prostate.csv
    response_column: CAPSULE
    column_types: {CAPSULE: enum}
    hidden: [100, 100]
    epochs: 1e7
    train_samples_per_iteration: 0
    stopping_rounds: 0
    classification_stop: -1
    score_training_samples: 50
    """

  @Test("SIGHUP reloads the configuration; an invalid one changes nothing")
  func reload() async throws {
    let file = NSTemporaryDirectory() + "e2e-config-\(UUID().uuidString).yaml"
    try FileSystem().write("max_concurrent_jobs: 1\n".utf8, to: file)
    defer { try? FileSystem().remove(file) }
    let daemon = Daemon(["--config", file])
    try await daemon.start()
    try FileSystem().write("max_concurrent_jobs: 3\n".utf8, to: file)
    daemon.send(SIGHUP)
    try await daemon.until { daemon.count("configuration reloaded: at most 3 running jobs") == 1 }
    try FileSystem().write("max_concurent_jobs: 4\n".utf8, to: file)
    daemon.send(SIGHUP)
    try await daemon.until { daemon.count("did you mean 'max_concurrent_jobs'?") == 1 }
    for name in ["a", "b", "c"] { try daemon.drop("\(name).yaml", Self.endless) }
    try await daemon.until { daemon.names(.running).count == 3 }
    #expect(try await daemon.end(SIGTERM) == 0)
  }

  @Test("--check-config prints the settings with their sources, or every error with status 78")
  func checkConfig() throws {
    let file = NSTemporaryDirectory() + "e2e-check-\(UUID().uuidString).yaml"
    defer { try? FileSystem().remove(file) }
    func check(_ text: String?, _ arguments: [String] = []) throws -> (output: String, errors: String, status: Int32) {
      if let text { try FileSystem().write(text.utf8, to: file) } else { try FileSystem().remove(file) }
      return try Programs.run("\(Programs.folder)/deepspoold", ["--check-config", "--config", file] + arguments)
    }
    let good = try check("threads_per_job: 7\n", ["--data", "/d"])
    #expect(good.status == 0)
    #expect(good.errors.contains("data_directories: no job can read tables in '/d': No such file"), "\(good.errors)")
    let lines = good.output.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
    #expect(lines.contains("threads_per_job: 7 # \(file):1:1") && lines.contains("data_directories: [/d] # --data"))
    let bad = try check("threads_per_job: none\nspol: /x\n")
    #expect(bad.status == 78 && bad.output.isEmpty)
    #expect(bad.errors.contains("\(file):1:18: threads_per_job"), "\(bad.errors)")
    #expect(bad.errors.split(separator: "\n").allSatisfy { $0.hasPrefix("error: ") }, "\(bad.errors)")
    let small = try check("max_memory_bytes: 4000000\n")
    #expect(small.status == 0, "\(small)")
    #expect(
      small.errors.contains(
        "warning: max_memory_bytes: no job can run with 4.0 MB (4000000 bytes): each needs more than"),
      "\(small.errors)")
    #expect(lines.contains { $0.hasPrefix("max_memory_bytes: null # default: ") && $0.hasSuffix("B)") }, "\(lines)")
    #expect(bad.errors.contains("unknown key 'spol' (did you mean 'spool'?)"), "\(bad.errors)")
    let twice = try check("threads_per_job: 1\nspol: /x\nthreads_per_job: none\nmax_memory_bytes: 40MB\n")
    #expect(twice.status == 78, "\(twice)")
    for text in [":3:1: duplicate keys: 'threads_per_job'", "unknown key 'spol'", ":4:19: max_memory_bytes: "] {
      #expect(twice.errors.contains(text), "\(twice.errors)")
    }
    #expect(try check(nil).status == 78)
    #expect(
      try Programs.run("\(Programs.folder)/deepspoold", ["--check-config", "--max-concurrent-jobs", "0"]).status == 64)
  }

  @Test("--reload makes a daemon read its configuration, and fails if that is invalid")
  func reloadCommand() async throws {
    let file = NSTemporaryDirectory() + "e2e-reload-\(UUID().uuidString).yaml"
    try FileSystem().write("max_concurrent_jobs: 1\n".utf8, to: file)
    defer { try? FileSystem().remove(file) }
    let daemon = Daemon(["--config", file])
    try await daemon.start()
    func reload() throws -> (output: String, errors: String, status: Int32) {
      try Programs.run("\(Programs.folder)/deepspoold", ["--reload", "\(daemon.processID)", "--config", file])
    }
    try FileSystem().write("max_concurrent_jobs: 3\n".utf8, to: file)
    #expect(try reload().status == 0)
    try await daemon.until { daemon.count("configuration reloaded: at most 3 running jobs") == 1 }
    try FileSystem().write("max_concurent_jobs: 4\n".utf8, to: file)
    let refused = try reload()
    #expect(refused.status == 78 && refused.errors.contains("did you mean 'max_concurrent_jobs'?"), "\(refused.errors)")
    try await daemon.until { daemon.count("configuration not reloaded, the previous one stays in effect") == 1 }
    #expect(try await daemon.end(SIGTERM) == 0)
    #expect(try reload().status == 75)
  }

  @Test("a reload that removes a group is reported, its jobs wait, and `why` says so until the group is back")
  func removedGroup() async throws {
    let file = NSTemporaryDirectory() + "e2e-groups-\(UUID().uuidString).yaml"
    try FileSystem().write("groups: {nightly: 1}\n".utf8, to: file)
    defer { try? FileSystem().remove(file) }
    let daemon = Daemon(["--config", file])
    try await daemon.start()
    try daemon.drop("busy.yaml", Self.endless)
    try await daemon.until { daemon.names(.running) == ["000001-busy"] }
    try daemon.drop("late.yaml", Self.small + "\njob: {group: nightly}\n")
    try await daemon.until { daemon.names(.queued) == ["000002-late"] }
    try FileSystem().write("groups: {daily: 1}\n".utf8, to: file)
    daemon.send(SIGHUP)
    try await daemon.until { daemon.count("group 'nightly' is no longer in the configuration") == 1 }
    #expect(daemon.count("its jobs wait until it is: 000002-late") == 1)
    #expect(try Programs.deepspool(["cancel", "--spool", daemon.layout.root, "busy"]).status == 0)
    try await daemon.until { daemon.names(.cancelled) == ["000001-busy"] }
    func why() throws -> String { try Programs.deepspool(["why", "--spool", daemon.layout.root, "late"]).output }
    #expect(try why().contains("waits for group 'nightly', which is no longer in the daemon's configuration"))
    // A restart changes nothing.
    #expect(try await daemon.end(SIGTERM) == 0)
    try await daemon.start()
    try await daemon.until { daemon.count("000002-late: waits for group 'nightly'") == 1 }
    #expect(daemon.names(.queued) == ["000002-late"])
    try FileSystem().write("groups: {nightly: 1}\n".utf8, to: file)
    daemon.send(SIGHUP)
    try await daemon.until { daemon.names(.finished) == ["000002-late"] }
    #expect(try await daemon.end(SIGTERM) == 0)
  }
}
