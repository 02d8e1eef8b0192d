internal import DurableFiles
internal import JobEvents
internal import JobFiles
internal import Jobs
internal import Planning
internal import ServiceLifecycle
internal import ServiceManager
internal import Spooling
internal import Supervision
internal import Wording

/// The service that runs the daemon's loop on one stream of events.
///
/// It recovers the spool, reports READY, scans for files that were dropped meanwhile and then handles events.
struct SpoolService: Service {
  /// The interval of checks for names that no event reports.
  private static let lookSeconds = 60.0

  let configuration: DaemonConfiguration
  let rereadConfiguration: @Sendable () throws -> DaemonConfiguration
  let journal: Journal
  let notifier: ServiceNotifier
  let fileSystem: FileSystem

  func run() async throws {
    let layout = SpoolLayout(root: configuration.spool)
    let reporter = EventReporter(journal: journal)
    let live = LiveConfiguration(configuration)
    let (events, continuation) = EventInlet.make(secondsNow: Clocks.monotonicSeconds)
    let directory = SpoolDirectory(layout, fileSystem: fileSystem)
    let spawner = WorkerSpawner()
    let inspector = InspectorClient(spawner, live)
    let jobs = RunningJobs()
    let announcer = Announcer(directory, live, jobs, reporter)
    let queue = JobQueue(
      directory, limits: configuration.limits(memoryBytes: MachineMemory.forJobs),
      resultsGroup: configuration.resultsGroup, secondsNow: Clocks.monotonicSeconds, wallSeconds: Clocks.wallSeconds,
      onEvent: { event in
        reporter.report(event)
        announcer.note(event)
      })
    try directory.create()
    try directory.checkRenames()
    try await queue.recover()
    let watcher = try SpoolWatcher(layout)
    let loop = SpoolLoop(
      live: live, queue: queue, jobs: jobs, reporter: reporter, announcer: announcer, notifier: notifier,
      fileSystem: fileSystem, spawner: spawner, rereadConfiguration: rereadConfiguration,
      continuation: continuation)
    let sources = [
      Task { await inspector.serve(queue, continuation) },
      Task { for await batch in watcher.events { continuation.yield(.spool(batch)) } },
      Task { await SignalEvents.forward(to: continuation) },
    ]
    let pulse = pulse(layout, continuation, announcer)
    defer {
      for source in sources { source.cancel() }
      watcher.cancel()
      pulse.end()
      announcer.end()
    }
    // A scan finds the files that were dropped before the watcher started.
    continuation.yield(.spool([.overflow]))
    await notifier.ready(status: loop.status())
    journal.write(
      JournalEntry(
        "watching '\(layout.incoming)', at most \(NumberText.count(configuration.maximumConcurrentJobs, "running job"))",
        priority: .notice, messageID: MessageID.started))
    configuration.reportProblems(to: reporter)
    await withGracefulShutdownHandler {
      for await event in events {
        let answer = await loop.handle(event)
        continuation.handled()
        guard answer == .goOn else { return }
        pulse.wake(at: await loop.nextDeadlineSeconds())
      }
    } onGracefulShutdown: {
      continuation.yield(.shutdown)
    }
    for source in sources { source.cancel() }
    await inspector.end()
  }

  /// Creates the timer for the duties of an idle daemon.
  private func pulse(_ layout: SpoolLayout, _ continuation: EventInlet, _ announcer: Announcer) -> Pulse {
    let lifeSeconds = ServiceNotifier.watchdogSeconds.map { $0 / 2 }
    return Pulse(
      Pulse.Duties(
        lifeSeconds: lifeSeconds,
        showLife: { [notifier] in
          // If the loop is stuck, systemd's watchdog restarts the service; jobs have their own
          // processes and supervisors.
          if continuation.isTurning(within: lifeSeconds ?? .infinity) { notifier.watchdog() }
        }, lookSeconds: Self.lookSeconds,
        look: { [fileSystem] in
          if SpoolDirectory(layout, fileSystem: fileSystem).hasNames() { continuation.yield(.strays) }
          announcer.showLife()
        }, wake: { continuation.yield(.tick) }), secondsNow: Clocks.monotonicSeconds)
  }
}
