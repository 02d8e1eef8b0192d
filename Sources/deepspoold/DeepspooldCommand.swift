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
internal import UnixSignals
internal import Wording

/// The daemon: builds the parts, connects them, runs them until it is asked to end.
@main
struct DeepspooldCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deepspoold",
    abstract: "Trains the jobs that are dropped into a spool folder.",
    discussion: """
      Settings come from the configuration file, then from the environment (DEEPSPOOL_SPOOL and so on), then from \
      these flags. SIGTERM ends the daemon; running jobs leave a checkpoint. SIGHUP reads the configuration again.
      """,
    version: Product.version,
    subcommands: [WorkerCommand.self])

  @Option(help: "The configuration file. Default: \(DaemonConfiguration.defaultPath) if it is there.")
  var config: String?

  @Option(help: "The spool's root folder.")
  var spool: String?

  @Option(help: "A folder in which tables may be opened; may be given several times.")
  var data: [String] = []

  @Option(parsing: .unconditional, help: "Jobs that run at once.")
  var maxConcurrentJobs: Int?

  func validate() throws {
    let range = 1...DaemonConfiguration.maximumCount
    if let maxConcurrentJobs, !range.contains(maxConcurrentJobs) {
      throw ValidationError(
        "--max-concurrent-jobs must be between \(range.lowerBound) and \(range.upperBound), found \(maxConcurrentJobs)")
    }
  }

  func run() async throws {
    // Somebody who opens a file just while it is asked for writers (a lease) makes the system send this; it would end us.
    signal(SIGIO, SIG_IGN)
    // The process of a job that is gone is an error of write(2), not a signal.
    signal(SIGPIPE, SIG_IGN)
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

  /// Defaults, file, environment and flags, the later ones winning.
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

  /// sysexits(3).
  private static func exitStatus(of error: any Error) -> Int32 {
    switch error {
    case is DocumentError: 78
    case is StartFailure: 75
    case is FileSystemError: 73
    default: 70
    }
  }
}

/// Why the daemon does not start.
enum StartFailure: Error, CustomStringConvertible {
  case alreadyRunning(spool: String)

  var description: String {
    switch self {
    case .alreadyRunning(let spool): "another deepspoold works on '\(spool)'; stop it or give another --spool"
    }
  }
}
