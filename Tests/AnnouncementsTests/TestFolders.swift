import DurableFiles
import Foundation
import Spooling

/// A spool in a temporary folder, without a queue.
final class TestFolders {
  let layout: SpoolLayout
  let directory: SpoolDirectory

  init() throws {
    layout = SpoolLayout(root: NSTemporaryDirectory() + "announcements-\(UUID().uuidString)")
    directory = SpoolDirectory(layout, fileSystem: FileSystem())
    try directory.create()
  }

  deinit { try? FileSystem().removeTree(layout.root) }

  /// Adds the folder of a job.
  func add(
    _ id: JobIdentifier, in state: JobState, submittedSeconds: Double? = nil, userID: UInt32 = 1001,
    user: String = "ann",
    files: [String: String] = [:]
  ) throws {
    let folder = layout.folder(id, in: state)
    try FileSystem().makeFolder(folder)
    let submitter = "{\"uid\": \(userID), \"user\": \"\(user)\", \"groups\": [\(userID)]}\n"
    let all = files.merging([JobFolderLayout.submitterFile: submitter]) { own, _ in own }
    for (name, text) in all { try FileSystem().write(text.utf8, to: "\(folder)/\(name)") }
    guard let submittedSeconds else { return }
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: submittedSeconds)],
      ofItemAtPath: "\(folder)/\(JobFolderLayout.submitterFile)")
  }
}
