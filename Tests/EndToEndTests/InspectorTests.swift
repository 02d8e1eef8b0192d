import DurableFiles
import Foundation
import Glibc
import Spooling
import Testing

/// The process that inspects dropped files: its end affects at most the file that it inspects.
@Suite("The inspector process", .serialized)
struct InspectorTests {
  private static let job = "training_frame: iris.csv\nresponse_column: Species\nhidden: [5]\nepochs: 3\n"

  /// Stops the inspector before it can answer.
  private func stopInspector(_ daemon: Daemon, other last: Int32 = 0) async throws -> Int32 {
    let deadline = ContinuousClock.now + Daemon.patience
    while ContinuousClock.now < deadline {
      if let inspector = daemon.inspector, inspector != last {
        kill(inspector, SIGSTOP)
        return inspector
      }
      try await Task.sleep(for: .milliseconds(1))
    }
    Issue.record("no inspector: \(daemon.log)")
    return 0
  }

  private func end(_ inspector: Int32, _ signal: Int32) {
    kill(inspector, signal)
    kill(inspector, SIGCONT)
  }

  @Test("a file whose inspection crashes twice is rejected with the signal; the next file is accepted")
  func crashes() async throws {
    // So many files take a while to read, in which the second process can be stopped. They are sparse and take no space.
    let data = NSTemporaryDirectory() + "inspector-\(UUID().uuidString)"
    defer { try? FileSystem().removeTree(data) }
    try FileSystem().copyTree(Programs.samples, to: data)
    try FileSystem().makeFolder("\(data)/parts")
    for number in 0..<5000 {
      let path = "\(data)/parts/\(number).csv"
      let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
      #expect(descriptor >= 0 && ftruncate(descriptor, 1 << 30) == 0)
      close(descriptor)
    }
    let daemon = Daemon(data: data)
    try await daemon.start()
    var reason = ""
    // If the process was faster, its file is rejected for its content, and another one is dropped.
    for attempt in 1...10 where !reason.contains("SIGSEGV") {
      let name = "bad\(attempt)"
      let first = try await stopInspector(daemon)
      try daemon.drop("\(name).yaml", "training_frame: parts\nresponse_column: b\n")
      try await daemon.until { try daemon.listing().claims.contains { $0.name == name } }
      end(first, SIGSEGV)
      end(try await stopInspector(daemon, other: first), SIGSEGV)
      let why = "\(daemon.layout.rejected)/\(name).why"
      try await daemon.until { FileSystem().exists(why) }
      reason = String(decoding: try FileSystem().read(why, limit: 1 << 20), as: UTF8.self)
      // The next inspection starts a process, if there is none.
      try daemon.drop("next\(attempt).yaml", Self.job)
      try await daemon.until { daemon.names(.finished).count == attempt }
    }
    #expect(reason.contains("SIGSEGV") && reason.contains("inspects job files"), "\(reason)")
    #expect(kill(daemon.processID, 0) == 0 && daemon.count("watching '") == 1)
    #expect(try await daemon.end(SIGTERM) == 0)
  }

  @Test("one crash or a kill from outside costs no file")
  func killed() async throws {
    let daemon = Daemon()
    try await daemon.start()
    for (number, signal) in [SIGSEGV, SIGKILL, SIGTERM].enumerated() {
      let inspector = try await stopInspector(daemon)
      let name = "job\(number)"
      try daemon.drop("\(name).yaml", Self.job)
      try await daemon.until {
        FileSystem().exists(daemon.layout.claim(JobIdentifier(number: number + 1, name: name)))
      }
      end(inspector, signal)
      try await daemon.until { daemon.names(.finished).count == number + 1 }
    }
    kill(try #require(daemon.inspector), SIGKILL)
    try daemon.drop("last.yaml", Self.job)
    try await daemon.until { daemon.names(.finished).count == 4 }
    #expect(try FileSystem().list(daemon.layout.rejected).isEmpty)
    #expect(try await daemon.end(SIGTERM) == 0)
  }

  @Test("the inspector ends with its daemon")
  func endsWithDaemon() async throws {
    let daemon = Daemon()
    try await daemon.start()
    try daemon.drop("a.yaml", Self.job)
    try await daemon.until { daemon.names(.finished).count == 1 }
    let inspector = try #require(daemon.inspector)
    _ = try await daemon.end(SIGKILL)
    try await daemon.until {
      // A zombie has ended, too.
      let stat = try? String(contentsOfFile: "/proc/\(inspector)/stat", encoding: .utf8)
      return stat?.contains(") Z ") ?? true
    }
  }
}
