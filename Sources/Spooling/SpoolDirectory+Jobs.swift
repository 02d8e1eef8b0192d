internal import DurableFiles

/// What the folder of a job tells about it.
extension SpoolDirectory {
  private static let maximumReasonBytes = 1 << 20

  /// Returns the state of a job; nil if it has no folder, for example because it was removed.
  package func state(of id: JobIdentifier) -> JobState? {
    JobState.allCases.first { fileSystem.exists(layout.folder(id, in: $0)) }
  }

  /// Returns when a job was accepted, in seconds since 1970; nil if its folder is gone.
  package func submittedSeconds(_ id: JobIdentifier, in state: JobState) -> Double? {
    let folder = layout.folder(id, in: state)
    for name in [JobFolderLayout.submitterFile, JobFolderLayout.jobFile] {
      if let status = try? fileSystem.status("\(folder)/\(name)") { return status.modifiedSeconds }
    }
    return nil
  }

  /// Returns the text of a file with a reason, without empty lines; nil if there is none.
  package func reason(inFile path: String) -> String? {
    (try? fileSystem.read(path, limit: Self.maximumReasonBytes)).map {
      String(decoding: $0, as: UTF8.self).split(separator: "\n").joined(separator: "\n")
    }
  }
}
