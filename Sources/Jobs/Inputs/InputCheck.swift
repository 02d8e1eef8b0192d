internal import DurableFiles
internal import JobEvents
internal import JobFiles

/// Sees to it that a job runs on the data that it was accepted with.
struct InputCheck {
  let request: JobRequest
  let fileSystem: FileSystem

  /// The job's files as they are now.
  ///
  /// - Throws: If they are not what they were when the job was accepted, and the job does not allow that.
  func inputs() throws -> JobInputs {
    let accepted =
      request.job.inputChanges == .allow
      ? nil : try JobInputs.written(in: request.workFolder, fileSystem: fileSystem)
    let now: JobInputs
    do {
      now = try currentInputs()
    } catch {
      guard accepted != nil, !Self.mayPass(error) else { throw error }
      throw Self.failure("\(error)")
    }
    if let change = accepted?.change(to: now) { throw Self.failure(change) }
    return now
  }

  /// - Throws: If a file has changed since ``inputs()``: parts of it may be old and parts new.
  func refuseChange(since before: JobInputs) throws {
    guard request.job.inputChanges == .refuse else { return }
    let now: JobInputs
    do {
      now = try currentInputs()
    } catch {
      guard !Self.mayPass(error) else { throw error }
      throw Self.failure("while it was read: \(error)")
    }
    if let change = before.change(to: now) { throw Self.failure("while it was read: \(change)") }
  }

  /// The names are resolved anew, so what they lead to now must be the submitter's to read, too.
  private func currentInputs() throws -> JobInputs {
    try JobInputs.of(request.job, resolveFrame: request.files.frame) { path in
      try request.files.checkAccess(path)
      return try FileFingerprint.of(path)
    }
  }

  /// Whether the same file may be had another time, as it was.
  private static func mayPass(_ error: any Error) -> Bool { (error as? JobFailure)?.cause == .environment }

  private static func failure(_ change: String) -> JobFailure {
    JobFailure(
      .inputs,
      "the data are not what they were when the job was accepted: \(change). `deepspool retry` takes them as they are now; "
        + "`input_changes: allow` in the job file lets them change")
  }
}
