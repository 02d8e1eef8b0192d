import DurableFiles
import Foundation
import Testing

/// Tests that boot a real systemd in a sandbox and manage the service as an administrator does.
@Suite("Under a real systemd")
struct SystemdTests {
  /// The reason for which the test cannot run here; nil if it can.
  static let obstacle: String? = {
    guard getuid() == 0 else { return "skipped: needs root to boot systemd" }
    guard FileSystem().exists("/usr/bin/systemd-nspawn") else { return "skipped: systemd-nspawn is not installed" }
    return nil
  }()

  @Test(
    "start, status, a job, journal by field, reload, watchdog, stop",
    .enabled(if: obstacle == nil, "needs root and systemd-nspawn"))
  func service() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "\(Programs.root)/Tests/Support/systemd-test.sh")
    process.arguments = [Programs.folder]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    if process.terminationStatus == 77 { return print("systemd test: \(output)") }
    #expect(process.terminationStatus == 0, "\(output)")
    #expect(output.contains("all checks passed"), "\(output)")
  }
}
