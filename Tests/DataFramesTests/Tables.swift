import DataFrames
import Foundation
import Testing

/// Tables from texts, without a job file.
enum Tables {
  /// Reads `text` as the file 't'.
  static func read(_ text: String, _ state: (inout ReadOptions) -> Void = { _ in }) throws -> Frame {
    try read(Array(text.utf8), state)
  }

  static func read(_ bytes: [UInt8], _ state: (inout ReadOptions) -> Void = { _ in }) throws -> Frame {
    var options = ReadOptions()
    state(&options)
    return try withFile(bytes) { try FrameReader.read($0, name: "t", options: options) }
  }

  /// Returns the error of reading `text`, as printed.
  static func refusal(_ text: String, _ state: (inout ReadOptions) -> Void = { _ in }) -> String {
    refusal(Array(text.utf8), state)
  }

  static func refusal(_ bytes: [UInt8], _ state: (inout ReadOptions) -> Void = { _ in }) -> String {
    do {
      return "no error: \(content(try read(bytes, state)))"
    } catch {
      return "\(error)"
    }
  }

  static func withFile<Result>(_ bytes: [UInt8], _ work: (String) throws -> Result) throws -> Result {
    let path = NSTemporaryDirectory() + "table-\(UUID().uuidString)"
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try work(path)
  }

  /// Formats the table as `name=value,value name=...`, with `-` for missing values.
  static func content(_ frame: Frame) -> String {
    frame.columns.map { column in
      let values = (0..<frame.rowCount).map { column.text(at: $0) ?? "-" }.joined(separator: ",")
      return "\(column.name)=\(values)"
    }.joined(separator: " ")
  }

  static func content(_ text: String, _ state: (inout ReadOptions) -> Void = { _ in }) throws -> String {
    content(try read(text, state))
  }
}
