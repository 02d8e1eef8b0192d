internal import DurableFiles

/// The last step of acceptance, for many jobs at once.
extension SpoolDirectory {
  /// A claimed job that is valid.
  package struct Acceptance: Sendable, Equatable {
    package let id: JobIdentifier
    package let brief: JobBrief
    let content: JobContent

    package init(_ id: JobIdentifier, _ brief: JobBrief, _ content: JobContent) {
      self.id = id
      self.brief = brief
      self.content = content
    }
  }

  /// The new files of a job, which are written but not durable yet.
  private struct WrittenFiles {
    var writers: [FileWriter] = []
    var targets: [FileSystem.SyncTarget] = []
  }

  /// Makes claimed jobs durable and visible; a job without a failure survives power loss from here on.
  ///
  /// A job's files are synced before its folder gets its visible name. Each step is done for all jobs before the next,
  /// so that the disk writes their files together, and the folders that they share are synced once.
  ///
  /// - Returns: The failures, by job.
  func accept(_ jobs: [Acceptance]) -> [JobIdentifier: FileSystemError] {
    guard !jobs.isEmpty else { return [:] }
    var failures: [JobIdentifier: FileSystemError] = [:]
    var files: [JobIdentifier: WrittenFiles] = [:]
    /// Performs a step for each job without a failure.
    func forEach(_ step: (JobIdentifier) throws(FileSystemError) -> Void) {
      for job in jobs where failures[job.id] == nil {
        do throws(FileSystemError) { try step(job.id) } catch { failures[job.id] = error }
      }
    }
    /// Syncs what `targets` returns for each job without a failure.
    func sync(_ targets: (JobIdentifier) -> [FileSystem.SyncTarget]) {
      let all = jobs.map(\.id).filter { failures[$0] == nil }.flatMap { id in targets(id).map { (id, $0) } }
      for ((id, _), failure) in zip(all, fileSystem.sync(all.map(\.1))) where failure != nil { failures[id] = failure }
    }
    for job in jobs {
      do throws(FileSystemError) { files[job.id] = try write(job) } catch { failures[job.id] = error }
    }
    sync { files[$0]?.targets ?? [] }
    forEach { id throws(FileSystemError) in for writer in files[id]?.writers ?? [] { try writer.finishSynced() } }
    files = [:]
    sync { [.folder(layout.claim($0))] }
    forEach { id throws(FileSystemError) in
      try fileSystem.remove("\(layout.claim(id))/\(JobFolderLayout.droppedFile)")
      try fileSystem.rename(layout.claim(id), to: layout.folder(id, in: .queued))
    }
    guard failures.count < jobs.count else { return failures }
    let shared = fileSystem.sync([.folder(layout.folder(.queued)), .folder(layout.incoming)])
    forEach { _ throws(FileSystemError) in
      if let failure = shared.compactMap({ $0 }).first { throw failure }
    }
    return failures
  }

  /// Begins to write the files of a job into its claim.
  private func write(_ job: Acceptance) throws(FileSystemError) -> WrittenFiles {
    let texts = [
      (JobFolderLayout.jobFile, job.content.text), (JobFolderLayout.submitterFile, job.brief.submitter.text),
      (JobFolderLayout.inputsFile, job.content.inputs),
    ]
    var files = WrittenFiles()
    for (name, text) in texts {
      guard let text else { continue }
      let writer = try fileSystem.writer("\(layout.claim(job.id))/\(name)")
      try writer.append(text)
      files.targets.append(try writer.startWriting())
      files.writers.append(writer)
    }
    return files
  }
}
