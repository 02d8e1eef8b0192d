import Foundation

/// A daemon with its own spool.
final class Daemon {
  let spool: String
  private let process = Process()

  /// Starts a daemon that may read `data`, and waits until its spool exists.
  init(program: String, data: String) throws {
    spool = NSTemporaryDirectory() + "benchmark-spool-\(UUID().uuidString)"
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = ["--spool", spool, "--data", data]
    process.standardError = FileHandle.nullDevice
    try process.run()
    while !exists("\(spool)/incoming") {
      guard process.isRunning else { throw Command.Failure(description: "\(program) did not start") }
      usleep(10_000)
    }
    // The daemon creates the directories before it watches them.
    usleep(500_000)
  }

  /// Drops `job` and waits for its result; returns the seconds until the job ran and until the result existed.
  func secondsOf(job: String, name: String) throws -> (start: Double, result: Double) {
    let aside = "\(spool)/.\(name)"
    try job.write(toFile: aside, atomically: false, encoding: .utf8)
    let clock = ContinuousClock()
    let dropped = clock.now
    try FileManager.default.moveItem(atPath: aside, toPath: "\(spool)/incoming/\(name).yaml")
    var started: ContinuousClock.Instant?
    while true {
      if started == nil, !entries("running").isEmpty { started = clock.now }
      if entries("results").contains(where: { $0.hasSuffix("-\(name)") }) { break }
      guard clock.now - dropped < .seconds(60) else {
        throw Command.Failure(description: "\(name) had no result after a minute")
      }
      usleep(200)
    }
    let end = clock.now
    return (((started ?? end) - dropped) / .seconds(1), (end - dropped) / .seconds(1))
  }

  func stop() {
    process.terminate()
    process.waitUntilExit()
    try? FileManager.default.removeItem(atPath: spool)
  }

  private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  /// Returns the complete entries of a directory of the spool.
  private func entries(_ folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: "\(spool)/\(folder)")) ?? []).filter { !$0.hasPrefix(".") }
  }
}
