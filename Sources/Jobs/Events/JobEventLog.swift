internal import Documents
package import DurableFiles
package import JobEvents

/// Writes events as JSON lines.
///
/// Lines that cannot be written are dropped: the log informs, and nothing depends on it.
package struct JobEventLog: Sendable {
  private let path: String
  private let fileSystem: FileSystem

  /// The log of the job in a work folder.
  package init(workFolder: String, fileSystem: FileSystem) {
    path = "\(workFolder)/\(JobFolderLayout.eventsFile)"
    self.fileSystem = fileSystem
  }

  package func append(_ event: JobEvent) {
    try? fileSystem.append(line: event.line(seconds: Clocks.wallSeconds()), to: path)
  }
}
