internal import Documents
internal import DurableFiles
internal import JobEvents
internal import Jobs
internal import ServiceManager
internal import Spooling
internal import Supervision
internal import Wording

/// The daemon's loop, which handles one event after the other and connects the queue with the workers.
///
/// The queue makes all decisions about jobs.
actor SpoolLoop {
  enum Answer {
    case goOn
    /// The last job has ended after a shutdown request.
    case end
  }

  /// The refresh interval of the status line while jobs run.
  private static let tickSeconds = 1.0

  /// The interval at which expired results and history are removed.
  private static let retentionSeconds = 600.0

  private let live: LiveConfiguration
  private var configuration: DaemonConfiguration { live.configuration }
  let queue: JobQueue
  private let jobs: RunningJobs
  let reporter: EventReporter
  private let announcer: Announcer
  private let notifier: ServiceNotifier
  private let fileSystem: FileSystem
  private let spawner: WorkerSpawner
  private let rereadConfiguration: @Sendable () throws -> DaemonConfiguration
  let continuation: EventInlet
  /// The time at which a shutdown kills the remaining jobs; nil without a shutdown.
  private var stopDeadline: Double?
  private var isStopping: Bool { stopDeadline != nil }
  var backlog = ArrivalBacklog()
  var isMoreRequested = false
  private var retries = ScanRetries()
  private var problems = ToldProblems()
  private var lastStatus = ""
  /// The reason for which the last reload changed nothing; nil if it succeeded.
  private var refusal: String?
  private var nextStatus = 0.0
  private var nextRetention = 0.0
  private var runTimes: RunTimeWatch
  private var programs = JobPrograms()

  init(
    live: LiveConfiguration, queue: JobQueue, jobs: RunningJobs, reporter: EventReporter,
    announcer: Announcer, notifier: ServiceNotifier, fileSystem: FileSystem, spawner: WorkerSpawner,
    rereadConfiguration: @escaping @Sendable () throws -> DaemonConfiguration,
    continuation: EventInlet
  ) {
    self.live = live
    self.queue = queue
    self.jobs = jobs
    self.reporter = reporter
    self.announcer = announcer
    self.notifier = notifier
    self.fileSystem = fileSystem
    self.spawner = spawner
    self.rereadConfiguration = rereadConfiguration
    self.continuation = continuation
    runTimes = RunTimeWatch(SpoolLayout(root: live.configuration.spool), jobs, reporter, fileSystem)
  }

  func handle(_ event: DaemonEvent) async -> Answer {
    do {
      switch event {
      case .spool(let events):
        backlog.add(events)
        try await handlePart()
      case .more:
        isMoreRequested = false
        try await handlePart()
      case .jobEnded(let id, let ending, let lostRank):
        jobs.remove(id)
        programs.ended(id, ending, lostRank: lostRank)
        runTimes.ended(id)
        try await queue.ended(id, ending)
        await takeEarlyOrders()
        try await startJobs()
      case .looked(let problem):
        if let problem { note(problem) }
        await takeEarlyOrders()
        try await startJobs()
      case .cannotFinish(let id) where runTimes.cannotFinish(id): break
      case .cannotFinish(let id): try await queue.cannotFinish(id)
      case .tick: try await tick()
      case .strays:
        await reporting { try await queue.lookAtStrays() }
        backlog.expectOrders()
        try await handlePart()
      case .reload: await reload()
      case .shutdown: await shutDown()
      }
    } catch {
      note(error)
    }
    if announcer.nextDueSeconds <= Clocks.monotonicSeconds() { announcer.writeDue() }
    await requestMore()
    await refreshStatus()
    if let deadline = stopDeadline, Clocks.monotonicSeconds() > deadline, !jobs.isEmpty {
      reporter.report(
        problem:
          "jobs did not write a checkpoint within \(configuration.stopGraceSeconds) s and are killed; "
          + "they resume from their last one after the next start")
      // Each job returns to the queue when its process has ended.
      stopDeadline = .infinity
      jobs.stopAll()
    }
    return stopDeadline != nil && jobs.isEmpty ? .end : .goOn
  }

  /// Runs `work` and reports its error, so that the caller can continue.
  func reporting(_ work: () async throws -> Void) async {
    do {
      try await work()
    } catch {
      note(error)
    }
  }

  /// Reports an error, at limited frequency, and requests a full scan with the next tick.
  ///
  /// The spool is the only state, so a scan finds whatever could not be done.
  private func note(_ error: any Error) {
    retries.noteFailure(nowSeconds: Clocks.monotonicSeconds())
    tell(error)
  }

  private func tell(_ error: any Error) {
    if problems.isNews(error, nowSeconds: Clocks.monotonicSeconds()) { reporter.report(problem: "\(error)") }
  }

  func takeOrders() async throws { handOn(try await queue.takeOrders()) }

  private func handOn(_ orders: [(order: SpoolOrder, id: JobIdentifier)]) {
    for (order, id) in orders {
      switch order {
      case .cancel: jobs.give(.cancel, to: id)
      case .finish: jobs.give(.finish, to: id)
      case .hold, .release, .retry, .priority, .remove, .rerun: break
      }
    }
  }

  /// Takes orders that arrived with their job or while it changed state.
  private func takeEarlyOrders() async {
    if await queue.hasEarlyOrders { await reporting { try await takeOrders() } }
  }

  /// Returns the time of the next ``DaemonEvent/tick``; infinity for never.
  func nextDeadlineSeconds() async -> Double {
    let now = Clocks.monotonicSeconds()
    // Running jobs update the status line, and failed steps are retried.
    let soon = min(
      isStopping ? .infinity : retries.dueSeconds, jobs.isEmpty ? .infinity : now + Self.tickSeconds)
    let retention = configuration.retention == Retention() || isStopping ? .infinity : nextRetention
    return min(
      soon, retention, stopDeadline ?? .infinity, announcer.nextDueSeconds, await queue.nextDeadlineSeconds)
  }

  private func tick() async throws {
    guard !isStopping else { return }
    runTimes.enforce(configuredSeconds: configuration.maximumRuntimeSeconds)
    if retries.begin(nowSeconds: Clocks.monotonicSeconds()) {
      await lookAtEverything()
      retries.end()
    }
    _ = try await queue.lookAgain()
    await takeEarlyOrders()
    try await startJobs()
    let now = Clocks.monotonicSeconds()
    guard now >= nextRetention else { return }
    nextRetention = now + Self.retentionSeconds
    do {
      try await queue.removeExpired(configuration.retention)
    } catch {
      // A scan would not help.
      tell(error)
    }
  }

  // MARK: Jobs

  /// Starts jobs until a limit is reached or no job waits.
  func startJobs() async throws {
    while !isStopping, let started = try await queue.startNext() { run(started) }
    handOn(await queue.takeHandedOn())
  }

  private func run(_ started: JobQueue.StartedJob) {
    let (id, isQuiet) = (started.id, started.isQuiet)
    let limit = MemoryLimit(
      budgetBytes: configuration.limits(memoryBytes: MachineMemory.forJobs).memoryBytes,
      estimateBytes: started.needs?.memoryBytes)
    let patience = JobSupervisor.Patience(silenceSeconds: configuration.workerPatienceSeconds)
    let program: WorkerSpawner.Program
    do throws(MPILauncher.Fault) {
      program = try programs.program(for: started, launcher: configuration.mpiLauncher, patience)
    } catch {
      return continuation.yield(.jobEnded(id, .failed(reason: error.description), lostRank: false))
    }
    let supervisor = JobSupervisor(
      program, WorkerAssignment(started, configuration, limit, patience),
      patience: patience,
      secondsNow: Clocks.monotonicSeconds
    ) { [jobs, reporter, announcer, continuation] report in
      jobs.note(report, of: id)
      switch report {
      case .event(let event):
        reporter.report(
          event, of: id, fraction: jobs.fraction(of: id), progress: jobs.progress(of: id), isQuiet: isQuiet)
        announcer.note(event)
      case .cannotFinish: continuation.yield(.cannotFinish(id))
      case .progress, .lostRanks, .ended: break
      }
    }
    jobs.add(id, supervisor)
    runTimes.start(started)
    Task { [spawner, reporter, announcer, continuation, fileSystem] in
      let log = JobEventLog(workFolder: started.folder, fileSystem: fileSystem)
      log.append(.processStarted)
      let end = await supervisor.run(spawner)
      let event = JobEvent.processEnded(how: end.text, end.usage)
      log.append(event)
      reporter.report(event, of: id, isQuiet: isQuiet)
      announcer.note(event)
      continuation.yield(
        .jobEnded(id, end.ending(limit: limit, needs: started.needs), lostRank: end.hasLostRank))
    }
  }

  // MARK: The service

  private func reload() async {
    notifier.reloading()
    do {
      let (new, hasFrozenChanges) = configuration.reloaded(try rereadConfiguration())
      if hasFrozenChanges {
        reporter.report(problem: "the change of 'spool' takes effect after a restart; it is ignored until then")
      }
      refusal = nil
      live.configuration = new
      new.reportProblems(to: reporter)
      await queue.setLimits(new.limits(memoryBytes: MachineMemory.forJobs), resultsGroup: new.resultsGroup)
      reporter.journal.write(
        JournalEntry(
          "configuration reloaded: at most \(NumberText.count(new.maximumConcurrentJobs, "running job")), "
            + "\(NumberText.count(new.threadsPerJob, "thread")) each", priority: .notice, messageID: MessageID.reloaded)
      )
      await reporting { try await startJobs() }
    } catch {
      let summary = (error as? InvalidConfiguration)?.summary ?? "\(error)"
      refusal = "the configuration was not reloaded, the previous settings stay in effect: \(summary)"
      reporter.journal.write(
        JournalEntry(
          "configuration not reloaded, the previous one stays in effect: \(error)", priority: .error,
          messageID: MessageID.configurationRefused))
    }
    lastStatus = await status()
    notifier.ready(status: lastStatus)
  }

  private func shutDown() async {
    guard !isStopping else { return }
    stopDeadline = Clocks.monotonicSeconds() + configuration.stopGraceSeconds
    await queue.stopAccepting()
    jobs.suspendAll()
    reporter.journal.write(
      JournalEntry("stopping; running jobs write a checkpoint", priority: .notice, messageID: MessageID.stopping))
  }

  /// The status line: counts, then a refused configuration, then the running jobs.
  func status() async -> String {
    let sentences = jobs.sentences
    let counts = "\(await queue.queuedCount) queued, \(sentences.count) running"
    let parts = [(isStopping ? "stopping: " : "") + counts] + (refusal.map { [$0] } ?? []) + sentences
    return parts.joined(separator: "; ")
  }

  private func refreshStatus() async {
    // While other events wait, one status per tick is enough; the last event shows the final state.
    let now = Clocks.monotonicSeconds()
    guard continuation.isLast || now >= nextStatus else { return }
    nextStatus = now + Self.tickSeconds
    let text = await status()
    guard text != lastStatus else { return }
    lastStatus = text
    guard isStopping else { return notifier.status(text) }
    notifier.stopping(status: text, extendBySeconds: configuration.stopGraceSeconds)
  }
}
