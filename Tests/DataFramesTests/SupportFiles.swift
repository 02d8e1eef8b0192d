import Foundation

/// Cases in `Tests/Support`.
enum SupportFiles {
  /// The cases of a JSON file, which lies at `path` in that folder.
  static func cases<Case: Decodable>(_ path: String) throws -> [Case] {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return try JSONDecoder().decode(
      [Case].self, from: Data(contentsOf: tests.appendingPathComponent("Support").appendingPathComponent(path)))
  }
}
