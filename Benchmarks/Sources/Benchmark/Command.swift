import Foundation

/// A program with its arguments; runs it and captures its output.
struct Command {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  let program: String
  let arguments: [String]

  init(_ program: String, _ arguments: [String]) {
    self.program = program
    self.arguments = arguments
  }

  /// Returns standard output, standard error and the peak memory in kilobytes.
  func run() throws -> (output: String, errors: String, peakKilobytes: Int) {
    let process = Process()
    // GNU time writes the peak to a separate file.
    let peakFile = NSTemporaryDirectory() + "peak-\(UUID().uuidString)"
    let errorFile = NSTemporaryDirectory() + "errors-\(UUID().uuidString)"
    _ = FileManager.default.createFile(atPath: errorFile, contents: nil)
    defer { for file in [peakFile, errorFile] { try? FileManager.default.removeItem(atPath: file) } }
    process.executableURL = URL(fileURLWithPath: "/usr/bin/time")
    process.arguments = ["-f", "%M", "-o", peakFile, program] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle(forWritingAtPath: errorFile)
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let errors = (try? String(contentsOfFile: errorFile, encoding: .utf8)) ?? ""
    guard process.terminationStatus == 0 else {
      throw Failure(description: "\(program) \(arguments.joined(separator: " ")): \(errors.suffix(500))")
    }
    let peak = (try? String(contentsOfFile: peakFile, encoding: .utf8)) ?? ""
    return (
      String(decoding: data, as: UTF8.self), errors, Int(peak.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
    )
  }

  /// Returns the JSON objects that the program prints, one per line.
  func objects() throws -> [[String: Any]] {
    try run().output.split(separator: "\n").compactMap { line in
      try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
    }
  }
}
