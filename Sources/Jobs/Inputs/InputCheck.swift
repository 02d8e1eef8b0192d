internal import DurableFiles
internal import JobEvents
internal import JobFiles

/// Ensures that a job runs on the data that it was accepted with.
struct InputCheck {
  let request: JobRequest
  let fileSystem: FileSystem

  /// Returns the current state of the job's files.
  ///
  /// - Throws: An error if they have changed since the job was accepted and the job does not allow that.
  func inputs() throws -> JobInputs {
    let accepted =
      request.job.inputChanges == .allow
      ? nil : try JobInputs.written(in: request.workFolder, fileSystem: fileSystem)
    let now: JobInputs
    do {
      now = try currentInputs(like: accepted)
    } catch {
      guard accepted != nil, !Self.mayPass(error) else { throw error }
      throw loss(error)
    }
    if let change = accepted?.change(to: now) { throw Self.failure(change) }
    return now
  }

  /// Checks that the files did not change while they were read, which could mix old and new content.
  ///
  /// - `before`: The result of ``inputs()`` before reading.
  /// - Throws: An error if a file has changed since.
  func refuseChange(since before: JobInputs) throws {
    guard request.job.inputChanges == .refuse else { return }
    let now: JobInputs
    do {
      now = try currentInputs(like: before)
    } catch {
      guard !Self.mayPass(error) else { throw error }
      throw loss(error)
    }
    if let change = before.change(to: now) { throw Self.failure("during reading, \(change)") }
  }

  /// Resolves the names again, and checks again that the submitter may read the files.
  private func currentInputs(like recorded: JobInputs?) throws -> JobInputs {
    try JobInputs.of(
      request.job, resolveFrame: request.files.frame, opener: request.files.opener, like: recorded)
  }

  /// Whether a later attempt may find the file unchanged.
  private static func mayPass(_ error: any Error) -> Bool { (error as? JobFailure)?.cause == .environment }

  private static func failure(_ change: String) -> JobFailure {
    JobFailure(
      .inputs,
      "the data have changed since the job was accepted: \(change). A retry uses the data as they are now; "
        + "`input_changes: allow` in the job file permits changes")
  }

  /// Returns the failure of a job whose data were there when it was accepted and cannot be read now.
  private func loss(_ error: any Error) -> JobFailure {
    for name in request.job.namedFiles.map(\.name) {
      let path = try? request.files.frame(name)
      if let path, fileSystem.exists(path) { continue }
      // The message must not reveal whether a file exists that the submitter may not read.
      let (doubt, permission) =
        path == nil ? (", or the submitter or the service may no longer read it", "let them read it, or ") : ("", "")
      return JobFailure(.inputs, "'\(name)' is gone\(doubt); \(permission)\(JobInputs.returnAdvice)")
    }
    return JobFailure(.inputs, "the data can no longer be read: \(error)")
  }
}
