internal import DurableFiles
internal import Wording

extension JobQueue {
  /// Performs an effect and reports the outcome to the state.
  func perform(_ effect: QueueEffect) throws(FileSystemError) {
    switch effect {
    case .claim(let file, let id): try claim(file, id)
    case .refuse(let file, let id, let reason): try refuse(file, id, reason)
    case .leave(let file, let id): try leave(file, id)
    case .scan: try scan()
    case .accept(let job): try accept([job])
    case .reject(let id, let place, let name, let reason):
      let file = try directory.reject(
        id, from: path(of: id, place), name: name, reason: reason, for: state.resultsGroup)
      noteRejection(Paths.stem(of: file))
      try handle(.rejected(id, name: name, reason: reason, reasonFile: file))
    case .removeFolder(let id, let place):
      try fileSystem.removeTree(path(of: id, place))
      try handle(.removed(id))
    case .forgetAttempts(let id, let state, let inputs):
      try directory.forgetAttempts(id, in: state, inputs: inputs)
    case .explain(let id, let state, let reason): try? directory.explain(id, in: state, reason: reason)
    case .move(let move): try self.move(move)
    case .start(let id): try start(id)
    case .noteWait(let id, let reason):
      let path = "\(layout.folder(id, in: .queued))/\(JobFolderLayout.waitsFile)"
      try? fileSystem.write((reason.escapingControls + "\n").utf8, to: path, isDurable: false)
    case .forgetWait(let id):
      try? fileSystem.remove("\(layout.folder(id, in: .running))/\(JobFolderLayout.waitsFile)")
    case .checkFile(let id):
      let isThere = fileSystem.exists("\(layout.folder(id, in: .running))/\(JobFolderLayout.jobFile)")
      try handle(.fileChecked(id, isThere: isThere))
    case .countDeath(let id, let death, let reason):
      let file = death == .crash ? JobFolderLayout.crashFile : JobFolderLayout.killFile
      // A death that cannot be counted is treated as the first.
      let count = state.countedDeaths[id] ?? (try? directory.countDeath(id, in: file)) ?? 1
      try handle(
        .deathCounted(
          id, death, count: count, hasCheckpoint: directory.hasCheckpoint(id), reason: reason,
          wallSeconds: wallSeconds()))
    case .countDelay(let id, let reason):
      let count = try directory.countDelay(id)
      try handle(.delayCounted(id, count: count, reason: reason, wallSeconds: wallSeconds()))
    case .makePrivate(let id, let place, let submitter): try makePrivate(id, path(of: id, place), submitter)
    case .publish(let id): try directory.publish(id)
    case .removeTrainingState(let id): try? directory.removeTrainingState(id)
    case .handOn(let order, let id): handOn(order, id)
    case .removeOrder(let key): try removeOrder(key)
    case .clearOrder(let key): try clearOrder(key)
    case .noteOrder(let given, let id, let state):
      directory.noteOrder(given, in: layout.folder(id, in: state))
    case .prioritise(let id, let state, let priority):
      try directory.setPriority(priority, of: id, in: state)
      try handle(.prioritised(id, priority))
    case .rerun(let given, let id, let new): try rerun(given, of: id, as: new)
    case .removeJob(let id, let state):
      try directory.remove(id, in: state, highestNumber: self.state.nextNumber - 1)
      try handle(.removed(id))
      onEvent(.removed(id))
    case .removeRejection(let id): try removeRejection(id)
    case .writeLimits(let limits): try? limits.write(layout, fileSystem)
    case .tell(.orderIgnored(let answer)):
      noteAnswer(answer)
      if answers.isNews(answer, nowSeconds: secondsNow()) { onEvent(.orderIgnored(answer)) }
    case .tell(let event): onEvent(event)
    }
  }

  /// Makes jobs durable, then reports them.
  func accept(_ jobs: [SpoolDirectory.Acceptance]) throws(FileSystemError) {
    let failures = directory.accept(jobs)
    try forEach(jobs) { job throws(FileSystemError) in
      if let failure = failures[job.id] { throw failure }
      try handle(.accepted(job.id, job.brief))
    }
  }

  private func path(of id: JobIdentifier, _ place: QueueEffect.Place) -> String {
    switch place {
    case .claim: layout.claim(id)
    case .state(let state): layout.folder(id, in: state)
    }
  }

  private func claim(_ file: IncomingFile, _ id: JobIdentifier) throws(FileSystemError) {
    do throws(FileSystemError) {
      guard try directory.claim(file.name, as: id) else { return }
    } catch  where error.isPermission {
      // Moving a folder to another parent needs write permission for the folder itself.
      return try handle(.unclaimable(file))
    }
    try handle(.claimed(id, name: file.name))
  }

  private func refuse(_ file: IncomingFile, _ id: JobIdentifier, _ reason: String) throws(FileSystemError) {
    do throws(FileSystemError) {
      guard let path = try directory.refuse(file.name, as: id, reason: reason, for: state.resultsGroup) else { return }
      noteRejection(Paths.stem(of: path))
      try handle(.rejected(id, name: file.name, reason: reason, reasonFile: path))
    } catch  where error.isPermission {
      try handle(.unclaimable(file))
    }
  }

  /// Explains why a file stays in `incoming`, once per file, also across restarts.
  private func leave(_ file: IncomingFile, _ id: JobIdentifier) throws(FileSystemError) {
    let reason = "\(file.kindInWords). Remove it from incoming"
    guard !directory.isExplained(file.name, reason: reason) else { return }
    let path = try directory.explainLeft(file.name, as: id, reason: reason, for: state.resultsGroup)
    noteRejection(Paths.stem(of: path))
    onEvent(.rejected(name: file.name, id: id, reason: reason, reasonFile: path))
  }

  /// Moves a job; throws only if the job is still in its old place.
  ///
  /// If only the fsync failed the job has moved, and the queue can continue from there safely.
  private func move(_ move: QueueEffect.Move) throws(FileSystemError) {
    do throws(FileSystemError) {
      try directory.transition(move.id, from: move.from, move.event)
    } catch {
      guard !fileSystem.exists(layout.folder(move.id, in: move.from)) else { throw error }
    }
    try handle(.moved(move))
  }

  private func start(_ id: JobIdentifier) throws(FileSystemError) {
    let text: [UInt8]
    do throws(InspectionFailure) {
      text = try directory.jobText(id, in: .queued)
    } catch {
      switch error {
      case .unfit(let reason):
        return try perform(.reject(id, from: .state(.queued), name: id.fileName, reason: reason))
      case .inUse, .linked:
        // Reported and retried, like a full disk.
        let path = "\(layout.folder(id, in: .queued))/\(JobFolderLayout.jobFile)"
        throw FileSystemError.inUse(path)
      }
    }
    let brief = if case .waiting(let brief) = state.phase(id) { brief } else { JobBrief() }
    try move(QueueEffect.Move(id, from: .queued, .start))
    start(
      StartedJob(
        id: id, jobText: text, folder: layout.folder(id, in: .running), submitter: brief.submitter,
        isQuiet: brief.isQuiet, maximumRuntimeSeconds: brief.maximumRuntimeSeconds, ranks: brief.ranks,
        needs: state.needs(id), earlierSeconds: noteStart(id)))
  }

  private func makePrivate(
    _ id: JobIdentifier, _ folder: String, _ submitter: Submitter
  ) throws(FileSystemError) {
    do throws(FileSystemError) {
      try fileSystem.makePrivate(tree: folder, for: submitter.userID)
    } catch {
      guard error.isUnsupported else { throw error }
      // Permission bits cannot let the submitter in, but they keep everyone out.
      for path in [folder, "\(folder)/\(JobFolderLayout.resultFolder)"] where fileSystem.exists(path) {
        try fileSystem.setMode(path, Self.ownerOnly)
      }
      onEvent(.notShared(id, reason: error.description))
    }
  }

  private static let ownerOnly: UInt32 = 0o700
}
