import DataFrames
import Foundation

/// Reads `text` as a file with the given options.
func readTable(_ text: String, _ change: (inout ReadOptions) -> Void = { _ in }) throws -> Frame {
  let path = NSTemporaryDirectory() + "table-\(UUID().uuidString).csv"
  try Data(text.utf8).write(to: URL(fileURLWithPath: path))
  defer { try? FileManager.default.removeItem(atPath: path) }
  var options = ReadOptions()
  options.threads = 2
  change(&options)
  return try FrameReader.read(path, name: "x.csv", options: options)
}

/// Reads one column of `fields` beside a column of numbers; `separator` is semicolon, so that fields may hold commas.
func readColumn(
  _ fields: [String], separator: String = ";", _ change: (inout ReadOptions) -> Void = { _ in }
) throws -> Column {
  try readTable(
    "a\(separator)b\n" + fields.map { "\($0)\(separator)1\n" }.joined(),
    { options in
      options.header = true
      options.separator = separator.first
      change(&options)
    }
  ).columns[0]
}

extension Column {
  /// The values of all rows; nil for missing ones.
  var numbers: [Double?] { (0..<rowCount).map { missing.contains($0) ? nil : number(at: $0) } }
  var words: [String?] { (0..<rowCount).map { text(at: $0) } }
}
