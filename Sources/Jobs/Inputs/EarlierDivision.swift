internal import Documents
internal import DurableFiles
internal import JobFiles
internal import Reports

/// The division of the table by the job that this one continues; with `checkpoint` the same
/// rows stay held out.
struct EarlierDivision: Sendable {
  /// The settings of the earlier model.
  let job: JobFile
  /// The rows held out by the earlier job; nil if its result has no record of them.
  let rows: HeldOutRows?

  init(job: JobFile, rows: HeldOutRows?) {
    self.job = job
    self.rows = rows
  }

  /// Returns nil for a job that continues none, and for an unreadable earlier model, which
  /// ``EarlierModel`` reports.
  init?(_ request: JobRequest, fileSystem: FileSystem) {
    guard let name = request.job.checkpoint, let place = try? request.files.model(name),
      let text = try? fileSystem.reading(by: place.opener).read(
        "\(place.folder)/\(ResultFolderLayout.effectiveJobFile)", limit: DocumentReader.maximumBytes),
      let job = try? JobFileReader.read(text, file: name)
    else { return nil }
    self.init(job: job, rows: HeldOutRows.read(place.folder, fileSystem: fileSystem.reading(by: place.opener)))
  }

  /// Returns the job with missing settings of the division taken from the earlier job.
  func takenOver(by job: JobFile) -> JobFile {
    guard job.validationFrame == nil else { return job }
    var job = job
    func take<Value>(_ key: KeyPath<ParameterCatalogue, Parameter<Value>>) {
      guard self.job.isGiven(key), !job.isGiven(key) else { return }
      job.compute(self.job[dynamicMember: key], for: key)
    }
    take(\.validationFraction)
    take(\.validationSplit)
    take(\.groupColumn)
    return job
  }
}
