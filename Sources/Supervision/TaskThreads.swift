internal import CProcesses
internal import Glibc

/// The threads on which the tasks of this process run.
package enum TaskThreads {
  /// Tasks and actors of the daemon make short file system calls; more threads would only add stacks.
  private static let count: Int32 = 4

  /// Replaces the thread pool of libdispatch, which wakes up once a second even if nothing happens.
  ///
  /// Call it before the first task starts. If no thread can be started, tasks stay where they are.
  package static func replacePool() { _ = cprocesses_run_tasks_on_threads(count) }
}
