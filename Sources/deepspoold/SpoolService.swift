internal import DurableFiles
internal import JobFiles
internal import Jobs
internal import Planning
internal import ServiceLifecycle
internal import ServiceManager
internal import Spooling

/// The daemon's loop: one stream of events, one place that reacts to them.
///
/// Recovery comes first, then READY, then the files that were dropped meanwhile, then whatever happens.
struct SpoolService: Service {
  /// Looks at settling files and refreshes the status line this often; the watchdog may want it oftener.
  private static let tickSeconds = 1.0

  let configuration: DaemonConfiguration
  let rereadConfiguration: @Sendable () throws -> DaemonConfiguration
  let journal: Journal
  let notifier: ServiceNotifier
  let fileSystem: FileSystem

  func run() async throws {
    let layout = SpoolLayout(root: configuration.spool)
    let reporter = EventReporter(journal: journal)
    let dataDirectories = DataDirectories(configuration.dataDirectories)
    let live = LiveConfiguration(configuration)
    let queue = JobQueue(
      SpoolDirectory(layout, fileSystem: fileSystem), limits: configuration.limits(memoryBytes: MachineMemory.forJobs),
      resultsGroup: configuration.resultsGroup,
      checks: Self.checks(dataDirectories, live, notifier), secondsNow: Clocks.monotonicSeconds,
      wallSeconds: Clocks.wallSeconds, onEvent: reporter.report)
    try await queue.recover()
    let watcher = try SpoolWatcher(layout)
    let (events, continuation) = AsyncStream<DaemonEvent>.makeStream()
    let jobs = RunningJobs()
    let loop = SpoolLoop(
      live: live, queue: queue, jobs: jobs, reporter: reporter, notifier: notifier,
      fileSystem: fileSystem,
      places: JobPlaces(
        layout: layout, dataDirectories: dataDirectories,
        exportDirectories: DataDirectories(configuration.exportDirectories, noun: "export directories"),
        fileSystem: fileSystem), rereadConfiguration: rereadConfiguration,
      continuation: continuation)
    let sources = [
      Task { for await batch in watcher.events { continuation.yield(.spool(batch)) } },
      Task { await SignalEvents.forward(to: continuation) },
      Task { await Self.tick(continuation) },
    ]
    defer {
      for source in sources { source.cancel() }
      watcher.cancel()
    }
    await loop.begin()
    await notifier.ready(status: loop.status())
    journal.write(
      JournalEntry(
        "watching '\(layout.incoming)', \(configuration.maximumConcurrentJobs) jobs at once", priority: .notice,
        messageID: MessageID.started))
    await withGracefulShutdownHandler {
      for await event in events {
        guard await loop.handle(event) == .goOn else { return }
      }
    } onGracefulShutdown: {
      continuation.yield(.shutdown)
    }
  }

  private static func checks(
    _ dataDirectories: DataDirectories, _ live: LiveConfiguration, _ notifier: ServiceNotifier
  ) -> JobChecks {
    let memory = FileFingerprint.Memory()
    return JobChecks(
      faults: dataDirectories.faults,
      needs: { job in
        // What is wrong with the data is told by the job when it reads them.
        (try? JobEstimate.of(
          job, threads: live.configuration.threadsPerJob, followsLinks: false, resolveFrame: dataDirectories.resolve))
          .map {
            JobNeeds(memoryBytes: $0.memoryBytes, diskBytes: $0.diskBytes, explanation: $0.explanation)
          }
      },
      inputs: { job, submitter throws(RejectedFile) in
        do {
          let rights = live.configuration.rights(of: submitter)
          return try JobInputs.of(job, resolveFrame: dataDirectories.resolve) { path in
            try rights.check(path)
            // A gigabyte is hashed in seconds, thousands of files are not: systemd must not take that for a standstill.
            notifier.busy()
            return try memory.fingerprint(of: path)
          }.bytes
        } catch {
          throw RejectedFile("\(error)")
        }
      })
  }

  private static func tick(_ continuation: AsyncStream<DaemonEvent>.Continuation) async {
    let seconds = min(tickSeconds, (ServiceNotifier.watchdogSeconds ?? .infinity) / 4)
    while !Task.isCancelled {
      try? await Task.sleep(for: .seconds(seconds))
      continuation.yield(.tick)
    }
  }
}
