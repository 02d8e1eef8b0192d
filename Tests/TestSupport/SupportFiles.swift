internal import Foundation

/// The cases in `Tests/Support`.
package enum SupportFiles {
  /// Returns the bytes of a file; `path` is relative to that folder.
  package static func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: "\(Repository.support)/\(path)")))
  }

  /// Returns the cases of a JSON file; `path` is relative to that folder.
  package static func cases<Case: Decodable>(_ path: String) throws -> [Case] {
    try JSONDecoder().decode([Case].self, from: Data(contentsOf: URL(fileURLWithPath: "\(Repository.support)/\(path)")))
  }
}
