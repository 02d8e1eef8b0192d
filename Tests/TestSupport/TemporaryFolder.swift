internal import DurableFiles
internal import Foundation

/// A folder that is removed with its content when the test ends.
package final class TemporaryFolder: Sendable {
  package let path = NSTemporaryDirectory() + "deepspool-\(UUID().uuidString)"

  package init() { try? FileSystem().makeFolder(path) }
  deinit { try? FileSystem().removeTree(path) }

  /// Writes a file and returns its path.
  package func write(_ text: String, to name: String) throws -> String {
    let file = "\(path)/\(name)"
    try FileSystem().write(text.utf8, to: file)
    return file
  }
}
