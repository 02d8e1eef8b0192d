internal import Glibc
internal import JobEvents
internal import Threads

/// Ends this process soon after its parent has ended.
///
/// Launchers of MPI start processes from threads that may end, so the parent-death signal of the kernel cannot be used.
package enum ParentWatch {
  private static let intervalSeconds: UInt32 = 1

  package static func start() {
    let parent = getppid()
    _ = SystemThread.start {
      while getppid() == parent { sleep(intervalSeconds) }
      _exit(WorkerExit.supervisorGone.rawValue)
    }
  }
}
