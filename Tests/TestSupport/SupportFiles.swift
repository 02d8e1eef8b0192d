internal import Foundation

/// Cases in `Tests/Support`.
package enum SupportFiles {
  /// The cases of a JSON file, which lies at `path` in that folder.
  package static func cases<Case: Decodable>(_ path: String) throws -> [Case] {
    try JSONDecoder().decode([Case].self, from: Data(contentsOf: URL(fileURLWithPath: "\(Repository.support)/\(path)")))
  }
}
