internal import Documents
internal import DurableFiles
internal import JobFiles
internal import Jobs
internal import ServiceManager
internal import Spooling
internal import Training

/// Reacts to one event after the other. All decisions about jobs are the queue's; this connects it with the runners.
actor SpoolLoop {
  enum Answer {
    case goOn
    /// The last job has stopped after a shutdown was asked for.
    case end
  }

  /// The status line of running jobs is refreshed this often.
  private static let tickSeconds = 1.0

  /// What is too old is looked for this often.
  private static let retentionSeconds = 600.0

  private let live: LiveConfiguration
  private var configuration: DaemonConfiguration { live.configuration }
  private let queue: JobQueue
  private let jobs: RunningJobs
  private let reporter: EventReporter
  private let notifier: ServiceNotifier
  private let fileSystem: FileSystem
  private let places: JobPlaces
  private let rereadConfiguration: @Sendable () throws -> DaemonConfiguration
  private let continuation: EventInlet
  /// When the daemon ends even if jobs are still running; nil while it shall not end.
  private var stopDeadline: Double?
  private var isStopping: Bool { stopDeadline != nil }
  /// Something could not be done: look at everything again.
  private var needsScan = false
  private var problems = ToldProblems()
  private var lastStatus = ""
  private var nextRetention = 0.0

  init(
    live: LiveConfiguration, queue: JobQueue, jobs: RunningJobs, reporter: EventReporter,
    notifier: ServiceNotifier, fileSystem: FileSystem, places: JobPlaces,
    rereadConfiguration: @escaping @Sendable () throws -> DaemonConfiguration,
    continuation: EventInlet
  ) {
    self.live = live
    self.queue = queue
    self.jobs = jobs
    self.reporter = reporter
    self.notifier = notifier
    self.fileSystem = fileSystem
    self.places = places
    self.rereadConfiguration = rereadConfiguration
    self.continuation = continuation
  }

  func handle(_ event: DaemonEvent) async -> Answer {
    do {
      switch event {
      case .spool(let events):
        for event in events { await reporting { try await handle(event) } }
        try await startJobs()
      case .jobEnded(let id, let ending):
        jobs.remove(id)
        try await queue.ended(id, ending)
        await takeEarlyOrders()
        try await startJobs()
      case .looked(let problem):
        if let problem { note(problem) }
        await takeEarlyOrders()
        try await startJobs()
      case .tick: try await tick()
      case .strays:
        await reporting { try await queue.lookAtStrays() }
        await reporting { try await takeOrders() }
        try await startJobs()
      case .reload: await reload()
      case .shutdown: await shutDown()
      }
    } catch {
      note(error)
    }
    await refreshStatus()
    if let stopDeadline, Clocks.monotonicSeconds() > stopDeadline, !jobs.isEmpty {
      reporter.report(
        problem: "jobs did not leave a checkpoint within \(configuration.stopGraceSeconds) s; they go on from their "
          + "last one after the next start")
      // Otherwise they would count as jobs during which the daemon crashed.
      for id in jobs.identifiers { await reporting { try await queue.ended(id, .interrupted) } }
      return .end
    }
    return stopDeadline != nil && jobs.isEmpty ? .end : .goOn
  }

  /// Does one thing; if it fails that is told, and keeps nothing else from being done.
  private func reporting(_ work: () async throws -> Void) async {
    do {
      try await work()
    } catch {
      note(error)
    }
  }

  /// Tells of a problem, once in a while if it stays the same, and has everything looked at again with the next tick.
  ///
  /// The spool is the truth: whatever could not be done is found again by a scan.
  private func note(_ error: any Error) {
    needsScan = true
    if problems.isNews(error, nowSeconds: Clocks.monotonicSeconds()) { reporter.report(problem: "\(error)") }
  }

  private func handle(_ event: SpoolWatcher.Event) async throws {
    switch event {
    case .complete(let name): try await queue.take(name)
    case .appeared(let name): try await queue.appeared(name)
    case .overflow: await lookAtEverything()
    case .order: try await takeOrders()
    case .folderGone(let path):
      reporter.report(problem: "'\(path)' was removed or moved away; restart the daemon to create it again")
    }
  }

  private func takeOrders() async throws {
    for (order, id) in try await queue.takeOrders() {
      switch order {
      case .cancel: jobs.stop(id, .cancel)
      case .finish:
        if !jobs.finish(id) {
          await queue.ignore(
            .finish, id, reason: "it has no model yet that could be its result; cancel it, or wait until it trains")
        }
      case .hold, .release, .retry: break
      }
    }
  }

  /// An order may have come with its job, or while the job went from state to state.
  private func takeEarlyOrders() async {
    if await queue.hasEarlyOrders { await reporting { try await takeOrders() } }
  }

  /// At the start, when events were lost, and after something went wrong.
  private func lookAtEverything() async {
    await reporting { try await queue.recoverRest() }
    await reporting { try await queue.retryEndings() }
    await reporting { try await queue.resumeAcceptances() }
    // An order may be for what was dropped with it.
    await reporting { try await queue.scan() }
    await reporting { try await takeOrders() }
  }

  /// When ``DaemonEvent/tick`` is to come, whatever else happens; infinity for never.
  func nextDeadlineSeconds() async -> Double {
    let now = Clocks.monotonicSeconds()
    // Running jobs move the status line; what could not be done is tried again.
    let soon = jobs.isEmpty && !needsScan ? Double.infinity : now + Self.tickSeconds
    let retention = configuration.retention == Retention() || isStopping ? .infinity : nextRetention
    return min(soon, retention, stopDeadline ?? .infinity, await queue.nextDeadlineSeconds)
  }

  private func tick() async throws {
    guard !isStopping else { return }
    if needsScan {
      needsScan = false
      await lookAtEverything()
    }
    _ = try await queue.lookAgain()
    try await startJobs()
    let now = Clocks.monotonicSeconds()
    guard now >= nextRetention else { return }
    nextRetention = now + Self.retentionSeconds
    try await queue.removeExpired(configuration.retention)
  }

  // MARK: Jobs

  /// Starts jobs until the limit is reached or nothing waits.
  func startJobs() async throws {
    while !isStopping, let started = try await queue.startNext() { run(started) }
  }

  private func run(_ started: JobQueue.StartedJob) {
    let control = TrainingControl()
    jobs.add(started.id, control: control, nowSeconds: Clocks.monotonicSeconds())
    let configuration = configuration
    Task { [continuation] in
      continuation.yield(.jobEnded(started.id, await ending(of: started, control, configuration)))
    }
  }

  private nonisolated func ending(
    of started: JobQueue.StartedJob, _ control: TrainingControl, _ configuration: DaemonConfiguration
  ) async -> JobQueue.Ending {
    let id = started.id
    let job: JobFile
    do throws(DocumentError) {
      job = try JobFileReader.read(started.jobText, file: id.fileName)
    } catch {
      return .rejected(reason: error.description)
    }
    let jobFile = "\(started.folder)/\(JobFolderLayout.jobFile)"
    let submitter = UserAccess(ownerOf: try? fileSystem.status(jobFile))
    let mayRead = configuration.rights(of: submitter)
    var files = NamedFiles(
      frame: { [places] name in
        let path = try places.dataDirectories.resolve(name)
        try mayRead.check(path)
        return path
      },
      model: { [places, resultsGroup = configuration.resultsGroup] in
        try places.model($0, resultsGroup: resultsGroup, mayRead: mayRead)
      }, export: { [places] in try places.exportDirectories.resolve($0) })
    files.followsLinks = false
    files.checkAccess = mayRead.check
    let request = JobRequest(
      job: started.job, jobText: started.jobText, name: "\(id)", workFolder: started.folder, files: files,
      limits: .init(threads: configuration.threadsPerJob, tableBytes: configuration.maximumTableBytes))
    let runner = JobRunner(request, fileSystem: fileSystem) { [reporter, jobs] event in
      if let score = event.score { jobs.note(score, of: id) }
      reporter.report(event, of: id, isQuiet: started.isQuiet)
    }
    return await Self.ending(of: runner, control)
  }

  private static func ending(of runner: JobRunner, _ control: TrainingControl) async -> JobQueue.Ending {
    do throws(JobFailure) {
      switch try await runner.run(control) {
      case .finished: return .finished
      case .suspended: return .interrupted
      case .cancelled: return .cancelled(reason: "cancelled while it ran")
      }
    } catch {
      switch error.cause {
      case .job: return .rejected(reason: error.description)
      case .environment: return .putOff(reason: error.description)
      case .training, .inputs, .program: return .failed(reason: error.description)
      }
    }
  }

  // MARK: The service

  private func reload() async {
    notifier.reloading()
    do {
      let (new, hasFrozenChanges) = configuration.reloaded(try rereadConfiguration())
      if hasFrozenChanges {
        reporter.report(
          problem: "spool, data_directories and export_directories change with a restart only, ignoring")
      }
      live.configuration = new
      await queue.setLimits(new.limits(memoryBytes: MachineMemory.forJobs), resultsGroup: new.resultsGroup)
      reporter.journal.write(
        JournalEntry(
          "configuration read again: \(new.maximumConcurrentJobs) jobs at once, \(new.threadsPerJob) threads each",
          priority: .notice, messageID: MessageID.reloaded))
      await reporting { try await startJobs() }
    } catch {
      reporter.journal.write(
        JournalEntry(
          "the configuration stays as it was: \(error)", priority: .error, messageID: MessageID.configurationRefused))
    }
    await notifier.ready(status: status())
  }

  private func shutDown() async {
    guard !isStopping else { return }
    stopDeadline = Clocks.monotonicSeconds() + configuration.stopGraceSeconds
    await queue.stopAccepting()
    jobs.stopAll(.suspend)
    reporter.journal.write(
      JournalEntry("stopping; running jobs leave a checkpoint", priority: .notice, messageID: MessageID.stopping))
  }

  /// One line: counts, then the running jobs.
  func status() async -> String {
    let sentences = jobs.sentences
    let counts = "\(await queue.queuedCount) queued, \(sentences.count) running"
    return ([(isStopping ? "stopping: " : "") + counts] + sentences).joined(separator: "; ")
  }

  private func refreshStatus() async {
    let text = await status()
    guard text != lastStatus else { return }
    lastStatus = text
    if isStopping {
      notifier.stopping(status: text, extendBySeconds: configuration.stopGraceSeconds)
    } else {
      notifier.status(text)
    }
  }
}
