internal import Dispatch
internal import Glibc
internal import Synchronization
internal import Threads

/// A spawner of worker processes with one thread that lives as long as this process.
///
/// The kernel sends the parent-death signal when the *thread* that started the child ends, and pool
/// threads end when idle.
package final class WorkerSpawner: Sendable {
  /// A program with its arguments.
  package struct Program: Sendable {
    package let path: String
    package let arguments: [String]
    let channel: WorkerChannel

    package init(path: String, arguments: [String], channel: WorkerChannel = .ownDescriptors) {
      self.path = path
      self.arguments = arguments
      self.channel = channel
    }

    /// This program, in the version that this process runs.
    ///
    /// The kernel keeps the executable open while the process lives, so an upgrade has no effect.
    package static func itself(_ arguments: [String]) -> Program {
      Program(path: "/proc/self/exe", arguments: CommandLine.arguments.prefix(1) + arguments)
    }
  }

  private typealias Work = @Sendable () -> Void

  /// Pending work of the thread; ``wake`` counts the items.
  private final class Desk: Sendable {
    let work = Mutex<[Work]>([])
    let wake = DispatchSemaphore(value: 0)
  }

  private let desk = Desk()
  private let calls: StartCalls

  /// Starts the thread, and makes writes to a process that is gone return an error instead of SIGPIPE.
  ///
  /// `calls`: For tests in which calls fail.
  package init(calls: StartCalls = StartCalls()) {
    self.calls = calls
    signal(SIGPIPE, SIG_IGN)
    let code = SystemThread.start { [desk] in Self.serve(desk) }
    precondition(code == 0, "cannot start the spawner thread: \(String(cString: strerror(code)))")
  }

  private static func serve(_ desk: Desk) -> Never {
    while true {
      desk.wake.wait()
      let work = desk.work.withLock { $0.removeFirst() }
      work()
    }
  }

  /// Starts a process with pipes for orders and reports.
  package func spawn(_ program: Program) async throws(SpawnFailure) -> WorkerProcess {
    let result: Result<WorkerProcess, SpawnFailure> = await withCheckedContinuation { continuation in
      desk.work.withLock { [calls] work in
        work.append {
          continuation.resume(
            returning: Result { () throws(SpawnFailure) in try WorkerProcess.start(program, calls) })
        }
      }
      desk.wake.signal()
    }
    return try result.get()
  }
}
