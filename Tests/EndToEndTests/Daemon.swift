import DurableFiles
import Foundation
import Spooling
import TestSupport
import Testing

/// The programs under test, in the build folder of the test program.
enum Programs {
  static let root = Paths.folder(of: Paths.folder(of: Paths.folder(of: #filePath)))
  /// `DEEPSPOOL_PROGRAMS` names another folder, such as that of a coverage build.
  static let folder =
    ProcessInfo.processInfo.environment["DEEPSPOOL_PROGRAMS"]
    ?? Paths.folder(of: Paths.resolved("/proc/self/exe").map(hostFolder) ?? ".build/release/x")
  static let samples = "\(root)/Spool/samples"

  /// A short job on a sample, for any folder.
  static let irisJob = """
    training_frame: \(samples)/iris.csv
    response_column: Species
    hidden: [5]
    epochs: 3
    seed: 1

    """

  /// Swift Testing runs in a helper of the toolchain or in the test program itself, so the folder
  /// must be searched.
  private static func hostFolder(_ path: String) -> String {
    let beside = "\(Paths.folder(of: path))/deepspoold"
    return FileSystem().exists(beside) ? beside : Paths.resolved("\(root)/.build/release/deepspoold") ?? beside
  }

  /// Runs the command line; returns its output and exit status.
  @discardableResult
  static func deepspool(_ arguments: [String]) throws -> (output: String, errors: String, status: Int32) {
    try run("\(folder)/deepspool", arguments)
  }

  /// Runs a program; returns its output and exit status.
  static func run(
    _ program: String, _ arguments: [String]
  ) throws -> (output: String, errors: String, status: Int32) {
    try Run(program, arguments).wait()
  }

  /// A program that was started.
  final class Run {
    private let process = Process()
    // Output goes to files: with two pipes one could fill while the other is read, and surviving
    // child processes would keep both open.
    private let folder = NSTemporaryDirectory() + "run-\(UUID().uuidString)"

    init(_ program: String, _ arguments: [String]) throws {
      process.executableURL = URL(fileURLWithPath: program)
      process.arguments = arguments
      try FileSystem().makeFolder(folder)
      process.standardOutput = try handle("output")
      process.standardError = try handle("errors")
      try process.run()
    }

    deinit { try? FileSystem().removeTree(folder) }

    var processID: Int32 { process.processIdentifier }

    /// Waits for the end of the program; returns its output and exit status.
    func wait() throws -> (output: String, errors: String, status: Int32) {
      process.waitUntilExit()
      return (try text("output"), try text("errors"), process.terminationStatus)
    }

    private func handle(_ name: String) throws -> FileHandle {
      try FileSystem().write([], to: "\(folder)/\(name)")
      return try FileHandle(forWritingTo: URL(fileURLWithPath: "\(folder)/\(name)"))
    }

    private func text(_ name: String) throws -> String {
      String(decoding: try FileSystem().read("\(folder)/\(name)", limit: 1 << 26), as: UTF8.self)
    }
  }
}

/// A real daemon on a spool in a temporary folder.
final class Daemon {
  let layout: SpoolLayout
  let data: String
  private let extra: [String]
  /// The user of the daemon; nil for the user of the tests.
  private let userID: UInt32?
  /// Variables in addition to those of the tests.
  private let environment: [String: String]
  private let program: String
  private var process = Process()
  /// Output goes to a file, because the thread that reads a pipe may outlive the pipe.
  private let logPath = NSTemporaryDirectory() + "e2e-\(UUID().uuidString).log"

  init(
    spool: String = NSTemporaryDirectory() + "e2e-\(UUID().uuidString)", data: String = Programs.samples,
    userID: UInt32? = nil, environment: [String: String] = [:], program: String = "\(Programs.folder)/deepspoold",
    _ extra: [String] = []
  ) {
    self.environment = environment
    self.program = program
    self.userID = userID
    layout = SpoolLayout(root: spool)
    self.data = data
    self.extra = extra
  }

  deinit {
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    try? FileSystem().removeTree(layout.root)
    try? FileSystem().remove(logPath)
  }

  /// The output of the daemon so far, across restarts.
  var log: String { String(decoding: (try? FileSystem().read(logPath, limit: 1 << 26)) ?? [], as: UTF8.self) }
  var lines: [Substring] { log.split(separator: "\n") }

  func start() async throws {
    process = Process()
    let arguments = ["--spool", layout.root, "--data", data] + extra
    let change = userID.map { ["--reuid", "\($0)", "--regid", "\($0)", "--clear-groups", program] } ?? []
    process.executableURL = URL(fileURLWithPath: userID == nil ? program : "/usr/bin/setpriv")
    process.arguments = change + arguments
    if !environment.isEmpty {
      process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, own in own }
    }
    if !FileSystem().exists(logPath) { try FileSystem().write([], to: logPath) }
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: logPath))
    try handle.seekToEnd()
    process.standardError = handle
    let earlier = try FileSystem().status(logPath).byteCount
    try process.run()
    // Only what this process writes: the log of many starts is long.
    try await until {
      let text = try FileSystem().read(self.logPath, limit: 1 << 26).dropFirst(earlier)
      return String(decoding: text, as: UTF8.self).contains("watching '")
    }
  }

  func count(_ text: String) -> Int { log.components(separatedBy: text).count - 1 }

  /// The daemon's peak memory so far, in bytes.
  var peakMemoryBytes: Int? {
    Self.field("VmHWM:", of: "/proc/\(process.processIdentifier)/status").map { $0 * 1024 }
  }

  /// The daemon's anonymous memory, in bytes.
  var anonymousBytes: Int? { Self.field("RssAnon:", of: "/proc/\(process.processIdentifier)/status").map { $0 * 1024 } }

  /// The number of voluntary context switches of the daemon's current threads.
  var wakeUps: Int {
    let tasks = "/proc/\(process.processIdentifier)/task"
    let threads = (try? FileSystem().list(tasks)) ?? []
    return threads.reduce(0) { $0 + (Self.field("voluntary_ctxt_switches:", of: "\(tasks)/\($1)/status") ?? 0) }
  }

  private static func field(_ name: String, of path: String) -> Int? {
    let line = (try? String(contentsOfFile: path, encoding: .utf8))?.split(separator: "\n").first {
      $0.hasPrefix(name)
    }
    return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }
  }

  /// The processor time of the daemon so far.
  var processorSeconds: Double? {
    let text = try? String(contentsOfFile: "/proc/\(process.processIdentifier)/stat", encoding: .utf8)
    // utime and stime of proc(5), counted after the name in parentheses.
    let fields = text?.split(separator: ")").last?.split(separator: " ") ?? []
    guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else { return nil }
    return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
  }

  var processID: Int32 { process.processIdentifier }

  func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

  /// Stops the daemon and returns its exit status.
  func end(_ signal: Int32) async throws -> Int32 {
    send(signal)
    try await until { !self.process.isRunning }
    return process.terminationStatus
  }

  func drop(_ name: String, _ text: String) throws {
    try FileSystem().write(text.utf8, to: "\(layout.incoming)/\(name)", mode: 0o644)
  }

  func listing() throws -> SpoolListing { try SpoolListing.read(layout, fileSystem: FileSystem()) }

  func names(_ state: JobState) -> [String] { (try? listing().jobs[state]?.map(\.description)) ?? [] }

  /// Whether the journal has a score of a job; further ones of a long job come a minute apart.
  func hasScored(_ name: String) -> Bool {
    lines.contains { $0.contains("-\(name): ") && $0.contains("epoch ") }
  }

  /// The time after which a condition counts as never met; ample for a machine that is busy with other tests.
  static let patience = Duration.seconds(300)

  /// Waits until a condition is met; fails after ``patience``.
  func until(_ condition: () throws -> Bool) async throws {
    let deadline = ContinuousClock.now + Self.patience
    while try !condition() {
      guard ContinuousClock.now < deadline else { throw NeverHappened(log: log) }
      await pause(milliseconds: 20)
    }
  }

  struct NeverHappened: Error, CustomStringConvertible {
    let log: String
    var description: String {
      "the condition was not met within \(patience); output of the daemon:\n\(log.suffix(4000))"
    }
  }
}
