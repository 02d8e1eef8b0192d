import Foundation

/// A finished run of a program whose time and memory were watched.
struct WatchedRun {
  /// The interval between two looks at the memory, in microseconds.
  private static let intervalMicroseconds: UInt32 = 5000

  let seconds: Double
  /// The largest resident memory that no file backs, in bytes.
  let anonymousBytes: Double
  let output: String
  let errors: String

  /// Runs `program` and waits for its end.
  init(_ program: String, _ arguments: [String]) throws {
    let files = ["output", "errors"].map { NSTemporaryDirectory() + "\($0)-\(UUID().uuidString)" }
    defer { for file in files { try? FileManager.default.removeItem(atPath: file) } }
    for file in files { _ = FileManager.default.createFile(atPath: file, contents: nil) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.standardOutput = FileHandle(forWritingAtPath: files[0])
    process.standardError = FileHandle(forWritingAtPath: files[1])
    let start = ContinuousClock.now
    try process.run()
    var largest = 0.0
    while process.isRunning {
      largest = max(largest, Self.anonymousBytes(of: process.processIdentifier))
      usleep(Self.intervalMicroseconds)
    }
    process.waitUntilExit()
    let elapsed = ContinuousClock.now - start
    seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
    anonymousBytes = largest
    output = (try? String(contentsOfFile: files[0], encoding: .utf8)) ?? ""
    errors = (try? String(contentsOfFile: files[1], encoding: .utf8)) ?? ""
    guard process.terminationStatus == 0 else {
      throw Command.Failure(description: "\(program) \(arguments.joined(separator: " ")): \(errors.suffix(500))")
    }
  }

  /// Returns the anonymous memory of a process; 0 if it has ended.
  private static func anonymousBytes(of process: Int32) -> Double {
    guard let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8),
      let match = status.firstMatch(of: /RssAnon:\s*([0-9]+) kB/)
    else { return 0 }
    return 1024 * (Double(match.1) ?? 0)
  }
}
