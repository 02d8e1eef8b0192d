package import ArgumentParser
internal import DurableFiles
internal import FoundationEssentials
internal import Glibc
internal import Jobs
internal import Logging
internal import ServiceLifecycle
internal import ServiceManager
internal import Spooling
internal import Supervision
internal import UnixSignals
internal import Wording

/// The command `deepspoold`, which assembles the daemon and runs it until it is asked to stop.
@main
package struct DeepspooldCommand: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "deepspoold",
    abstract: "Trains models from job files that are dropped into a spool directory.",
    discussion: """
      Settings come from the configuration file, the environment (DEEPSPOOL_SPOOL and so on) and these flags; later \
      sources win. On SIGTERM running jobs write a checkpoint and the daemon stops. SIGHUP reloads the configuration.
      """,
    version: Product.version,
    subcommands: [WorkerCommand.self, InspectorCommand.self, NotifyCommand.self])

  @OptionGroup var options: DaemonOptions

  @Flag(help: "Check the settings, print them with their sources, and exit: status 0 if they are valid, else 78.")
  var checkConfig = false

  @Option(
    help: "Ask the daemon with this process ID to reload its configuration; status 78 if the settings are invalid.")
  var reload: Int32?

  package init() {}

  /// The entry point of the daemon, of its child processes and of deepspool-notify; on the main thread, so that no
  /// task has started yet.
  @MainActor package static func main() async {
    IgnoredSignals.ignore()
    let isDaemon = ![WorkerCommand.name, InspectorCommand.name, NotifyCommand.name].contains(
      CommandLine.arguments.dropFirst().first)
    if isDaemon {
      TaskThreads.replacePool()
      Heap.keepSmall()
    }
    await main(nil)
  }

  package func run() async throws {
    let journal = Journal(environment: Self.environment)
    do {
      if checkConfig { return try printSettings(journal) }
      if let reload { return try requestReload(of: reload) }
      try await serve(journal)
    } catch {
      let faults = (error as? InvalidConfiguration)?.problems
      for problem in faults ?? ["\(error)"] {
        journal.write(
          JournalEntry(
            problem, priority: .error,
            messageID: faults == nil ? MessageID.spoolProblem : MessageID.configurationRefused))
      }
      throw ExitCode(Self.exitStatus(of: error))
    }
  }

  private func printSettings(_ journal: Journal) throws {
    let (configuration, origins) = try options.settings()
    print(
      configuration.text(
        origins, memoryBytes: MachineMemory.forJobs, space: FileSystem().space(configuration.spool)),
      terminator: "")
    let reporter = EventReporter(journal: journal)
    for problem in configuration.problems() { reporter.report(problem: problem, .warning) }
  }

  /// Signals a daemon and checks the settings that it reads then; for `ExecReload=` of its unit.
  ///
  /// With `NotifyAccess=exec`, systemd considers the reload complete when the daemon reports READY again,
  /// and as failed if this process exits with an error.
  private func requestReload(of processID: Int32) throws {
    ServiceNotifier().reloading()
    ServiceNotifier.waitUntilReceived()
    guard kill(processID, SIGHUP) == 0 else {
      throw StartFailure.notRunning(processID: processID, reason: String(cString: strerror(errno)))
    }
    _ = try options.settings()
  }

  private func serve(_ journal: Journal) async throws {
    let settings = try options.settings().configuration
    let fileSystem = FileSystem()
    let layout = SpoolLayout(root: settings.spool)
    try fileSystem.makeFolder(layout.root)
    guard let lock = try SpoolLock(layout) else { throw StartFailure.alreadyRunning(spool: settings.spool) }
    let service = SpoolService(
      configuration: settings, rereadConfiguration: { try options.settings().configuration }, journal: journal,
      notifier: ServiceNotifier(), fileSystem: fileSystem)
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: [.init(service: service, successTerminationBehavior: .gracefullyShutdownGroup)],
        gracefulShutdownSignals: [.sigterm, .sigint],
        logger: Logger(label: "deepspoold") { _ in JournalLogHandler(journal) }))
    try await group.run()
    withExtendedLifetime(lock) {}
  }

  private static var environment: [String: String] { ProcessInfo.processInfo.environment }

  /// The exit status by sysexits(3).
  private static func exitStatus(of error: any Error) -> Int32 {
    switch error {
    case is InvalidConfiguration, is SplitSpool: 78
    case is StartFailure: 75
    case is FileSystemError: 73
    default: 70
    }
  }
}

/// The reason for which the daemon cannot start or be signalled.
enum StartFailure: Error, CustomStringConvertible {
  case alreadyRunning(spool: String)
  case notRunning(processID: Int32, reason: String)

  var description: String {
    switch self {
    case .alreadyRunning(let spool):
      "another deepspoold uses the spool '\(spool)'; stop it or choose another folder with --spool"
    case .notRunning(let processID, let reason): "cannot signal process \(processID): \(reason)"
    }
  }
}
