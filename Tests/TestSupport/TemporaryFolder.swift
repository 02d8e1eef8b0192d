internal import DurableFiles
internal import Foundation

/// A folder that is removed with its content when the test ends.
package final class TemporaryFolder: Sendable {
  package let path = NSTemporaryDirectory() + "deepspool-\(UUID().uuidString)"

  package init() { try? FileSystem().makeFolder(path) }
  deinit { try? FileSystem().removeTree(path) }
}
