internal import Documents
package import DurableFiles
package import JobEvents

/// Writes events as JSON lines.
///
/// A line that cannot be written is given up: the log explains, it does not decide.
package struct JobEventLog: Sendable {
  private let path: String
  private let fileSystem: FileSystem

  /// The log of the job that works in a folder.
  package init(workFolder: String, fileSystem: FileSystem) {
    path = "\(workFolder)/\(JobFolderLayout.eventsFile)"
    self.fileSystem = fileSystem
  }

  package func append(_ event: JobEvent) {
    try? fileSystem.append(line: event.line(seconds: Clocks.wallSeconds()), to: path)
  }
}
