internal import Dispatch
internal import Glibc
internal import Synchronization

/// Starts the processes of jobs, all from one thread that lives as long as this process.
///
/// The kernel sends a child its parent-death signal when the *thread* that started it ends, and threads of pools do.
package final class WorkerSpawner: Sendable {
  /// What is executed, with what arguments.
  package struct Program: Sendable {
    package let path: String
    package let arguments: [String]

    package init(path: String, arguments: [String]) {
      self.path = path
      self.arguments = arguments
    }

    /// This program itself, as it was when this process was started.
    ///
    /// The kernel keeps the executable open for as long as the process lives, so an upgrade changes nothing.
    package static func itself(_ arguments: [String]) -> Program {
      Program(path: "/proc/self/exe", arguments: CommandLine.arguments.prefix(1) + arguments)
    }
  }

  private typealias Work = @Sendable () -> Void

  /// Work for the thread; ``wake`` counts it.
  private final class Desk: Sendable {
    let work = Mutex<[Work]>([])
    let wake = DispatchSemaphore(value: 0)
  }

  private let desk = Desk()

  package init() {
    var thread = pthread_t()
    let context = Unmanaged.passRetained(desk)
    let code = pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        WorkerSpawner.serve(Unmanaged<Desk>.fromOpaque(context).takeRetainedValue())
      }, context.toOpaque())
    precondition(code == 0, "no thread can be started: \(String(cString: strerror(code)))")
    pthread_detach(thread)
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
      desk.work.withLock { work in
        work.append {
          continuation.resume(
            returning: Result { () throws(SpawnFailure) in try WorkerProcess.start(program) })
        }
      }
      desk.wake.signal()
    }
    return try result.get()
  }
}
