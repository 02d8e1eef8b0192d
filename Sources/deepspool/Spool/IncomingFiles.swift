internal import DurableFiles
internal import Spooling

/// The job files in `incoming`, which the daemon has not accepted yet.
///
/// Only the service and root may list the folder; others find a file there if they know its name.
struct IncomingFiles {
  private let layout: SpoolLayout
  private let fileSystem = FileSystem()

  init(_ layout: SpoolLayout) { self.layout = layout }

  /// All files, by name; empty for users who may not list the folder.
  var all: [SpoolJob] {
    ((try? fileSystem.list(layout.incoming)) ?? []).filter { status(ofJob: $0) != nil }.map(SpoolJob.init(incoming:))
  }

  /// Returns the newest file that a text means: its name, with or without extension.
  ///
  /// `isMeant`: Returns whether the file of a user counts.
  func find(_ text: String, ofUser isMeant: (UInt32) -> Bool) -> SpoolJob? {
    guard !text.contains("/") else { return nil }
    let names =
      (try? fileSystem.list(layout.incoming))
      ?? [text] + SpoolDirectory.jobFileExtensions.map { "\(text).\($0)" }
    let reference = JobReference(text)
    return names.filter { $0 == text || reference.isName(of: SpoolJob(incoming: $0).id) }
      .compactMap { name in status(ofJob: name).map { (name: name, status: $0) } }
      .filter { isMeant($0.status.ownerID) }
      .max { $0.status.changedSeconds < $1.status.changedSeconds }
      .map { SpoolJob(incoming: $0.name) }
  }

  /// Returns the status of a job file that the daemon takes; nil for any other name.
  private func status(ofJob name: String) -> FileSystem.Status? {
    guard IncomingName(name) == .job, let status = try? fileSystem.status("\(layout.incoming)/\(name)"),
      status.kind == .file
    else { return nil }
    return status
  }
}
