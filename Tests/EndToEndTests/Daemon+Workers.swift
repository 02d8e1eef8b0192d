import DurableFiles
import Foundation
import Glibc
import Spooling

extension Daemon {
  /// A worker process.
  struct Worker {
    let processID: Int32
    /// The identifier of its job.
    let job: String
  }

  /// The running workers.
  var workers: [Worker] { children.filter { $0.job != Self.inspectorCommand } }

  /// The process that inspects dropped files; nil if it is not running.
  var inspector: Int32? { children.first { $0.job == Self.inspectorCommand }?.processID }

  private static let inspectorCommand = "inspector"

  /// The child processes of the daemon, with their last arguments.
  private var children: [Worker] {
    let numbers = ((try? FileSystem().list("/proc")) ?? []).compactMap { Int32($0) }
    return numbers.compactMap { number in
      guard let stat = try? String(contentsOfFile: "/proc/\(number)/stat", encoding: .utf8),
        // The parent is the second field after the name in parentheses; zombies have ended.
        let fields = stat.split(separator: ")").last?.split(separator: " "), fields.count > 1, fields[0] != "Z",
        Int32(fields[1]) == processID,
        let command = try? String(contentsOfFile: "/proc/\(number)/cmdline", encoding: .utf8),
        let job = command.split(separator: "\0").last
      else { return nil }
      return Worker(processID: number, job: String(job))
    }
  }

  /// Creates a daemon with a configuration file beside its spool.
  static func configured(
    _ settings: String, data: String = Programs.samples, _ extra: [String] = []
  ) throws -> Daemon {
    let spool = NSTemporaryDirectory() + "e2e-\(UUID().uuidString)"
    try FileSystem().makeFolder(spool)
    let file = "\(spool)/.configuration.yaml"
    try FileSystem().write((settings.isEmpty ? "{}" : settings).utf8, to: file)
    return Daemon(spool: spool, data: data, ["--config", file] + extra)
  }

  /// Returns the worker of a job once it exists.
  func worker(of job: String) async throws -> Int32 {
    var found: Int32?
    try await until {
      found = workers.first { $0.job == job }?.processID
      return found != nil
    }
    return found ?? 0
  }

  /// Returns the worker of a job once it is connected to the daemon; from then on it ends with the daemon.
  func readyWorker(of job: String) async throws -> Int32 {
    let worker = try await worker(of: job)
    // The executable is /proc/self/exe, but a connected worker has the name of the program, for which users look.
    try await until { (try? String(contentsOfFile: "/proc/\(worker)/comm", encoding: .utf8)) == "deepspoold\n" }
    return worker
  }

  /// Returns the reason for which a job failed or was cancelled.
  func why(_ id: JobIdentifier, in state: JobState) -> String {
    let path = "\(layout.folder(id, in: state))/\(JobFolderLayout.reasonFile)"
    return String(decoding: (try? FileSystem().read(path, limit: 1 << 20)) ?? [], as: UTF8.self)
  }
}
