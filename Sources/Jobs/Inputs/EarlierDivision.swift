internal import Documents
internal import DurableFiles
internal import JobFiles
internal import Reports

/// How the job that this one continues divided its table: `checkpoint` keeps what was held out.
struct EarlierDivision: Sendable {
  /// The settings of the earlier model.
  let job: JobFile
  /// Nil where its result does not say.
  let rows: HeldOutRows?

  init(job: JobFile, rows: HeldOutRows?) {
    self.job = job
    self.rows = rows
  }

  /// Nil for a job that continues none; what is wrong with the earlier model is said by ``EarlierModel``.
  init?(_ request: JobRequest, fileSystem: FileSystem) {
    guard let name = request.job.checkpoint, let folder = try? request.files.model(name),
      let text = try? fileSystem.read(
        "\(folder)/\(ResultFolderLayout.effectiveJobFile)", limit: DocumentReader.maximumBytes),
      let job = try? JobFileReader.read(text, file: name)
    else { return nil }
    self.init(job: job, rows: HeldOutRows.read(folder, fileSystem: fileSystem))
  }

  /// The job with what it leaves open about the division as the earlier job had it.
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
