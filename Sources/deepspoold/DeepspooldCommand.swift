import ArgumentParser
internal import Documents
internal import DurableFiles
internal import FoundationEssentials
internal import Glibc
internal import JobFiles
internal import Logging
internal import ServiceLifecycle
internal import ServiceManager
internal import Spooling
internal import Supervision
internal import UnixSignals
internal import Wording

/// The command `deepspoold`, which assembles the daemon and runs it until it is asked to stop.
@main
struct DeepspooldCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deepspoold",
    abstract: "Trains models from job files that are dropped into a spool directory.",
    discussion: """
      Settings come from the configuration file, the environment (DEEPSPOOL_SPOOL and so on) and these flags; later \
      sources win. On SIGTERM running jobs write a checkpoint and the daemon stops. SIGHUP reloads the configuration.
      """,
    version: Product.version,
    subcommands: [WorkerCommand.self, InspectorCommand.self])

  @Option(help: "The configuration file. Default: \(DaemonConfiguration.defaultPath), if it exists.")
  var config: String?

  @Option(help: "The root folder of the spool.")
  var spool: String?

  @Option(help: "A folder from which jobs may open tables. Repeat the option for several folders.")
  var data: [String] = []

  @Option(parsing: .unconditional, help: "The maximum number of running jobs.")
  var maxConcurrentJobs: Int?

  func validate() throws {
    let range = 1...DaemonConfiguration.maximumCount
    if let maxConcurrentJobs, !range.contains(maxConcurrentJobs) {
      throw ValidationError(
        "--max-concurrent-jobs must be between \(range.lowerBound) and \(range.upperBound), found \(maxConcurrentJobs)")
    }
  }

  /// The entry point of the daemon and of its child processes; on the main thread, so that no task has started yet.
  @MainActor static func main() async {
    // SIGIO is ignored: the kernel sends it when another program opens a file during the check for
    // writers (file lease), and by default it ends the process.
    signal(SIGIO, SIG_IGN)
    let isChild = [WorkerCommand.name, InspectorCommand.name].contains(CommandLine.arguments.dropFirst().first)
    if !isChild { TaskThreads.replacePool() }
    await main(nil)
  }

  func run() async throws {
    let journal = Journal(environment: Self.environment)
    do {
      try await serve(journal)
    } catch {
      journal.write(JournalEntry("\(error)", priority: .error, messageID: MessageID.configurationRefused))
      throw ExitCode(Self.exitStatus(of: error))
    }
  }

  private func serve(_ journal: Journal) async throws {
    let settings = try settings()
    let fileSystem = FileSystem()
    let layout = SpoolLayout(root: settings.spool)
    try fileSystem.makeFolder(layout.root)
    guard let lock = try SpoolLock(layout) else { throw StartFailure.alreadyRunning(spool: settings.spool) }
    let service = SpoolService(
      configuration: settings, rereadConfiguration: { try self.settings() }, journal: journal,
      notifier: ServiceNotifier(), fileSystem: fileSystem)
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: [.init(service: service, successTerminationBehavior: .gracefullyShutdownGroup)],
        gracefulShutdownSignals: [.sigterm, .sigint],
        logger: Logger(label: "deepspoold") { _ in JournalLogHandler(journal) }))
    try await group.run()
    withExtendedLifetime(lock) {}
  }

  /// Merges defaults, configuration file, environment and flags; later sources win.
  private func settings() throws -> DaemonConfiguration {
    var settings = DaemonConfiguration()
    let path = config ?? DaemonConfiguration.defaultPath
    if config != nil || FileSystem().exists(path) {
      try settings.apply(file: FileSystem().read(path, limit: DocumentReader.maximumBytes), path: path)
    }
    try settings.apply(environment: Self.environment)
    if let spool { settings.spool = Self.absolute(spool) }
    if !data.isEmpty { settings.dataDirectories = data.map(Self.absolute) }
    if let maxConcurrentJobs { settings.maximumConcurrentJobs = maxConcurrentJobs }
    return settings
  }

  private static func absolute(_ path: String) -> String {
    guard !path.hasPrefix("/"), let folder = Paths.resolved(".") else { return path }
    return "\(folder)/\(path)"
  }

  private static var environment: [String: String] { ProcessInfo.processInfo.environment }

  /// The exit status by sysexits(3).
  private static func exitStatus(of error: any Error) -> Int32 {
    switch error {
    case is DocumentError: 78
    case is StartFailure: 75
    case is FileSystemError: 73
    default: 70
    }
  }
}

/// The reason for which the daemon cannot start.
enum StartFailure: Error, CustomStringConvertible {
  case alreadyRunning(spool: String)

  var description: String {
    switch self {
    case .alreadyRunning(let spool):
      "another deepspoold uses the spool '\(spool)'; stop it or choose another folder with --spool"
    }
  }
}
