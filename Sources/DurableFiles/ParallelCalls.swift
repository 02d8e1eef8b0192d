internal import Glibc
internal import Synchronization

/// Blocking system calls that are made at the same time, so that the disk can serve them together.
///
/// A disk flushes its cache once for all fsync calls that wait for it: sixteen calls at once take hardly longer than one.
enum ParallelCalls {
  private static let maximumThreads = 16

  /// The calls, which the threads take one by one.
  private final class Work: Sendable {
    private let count: Int
    private let next = Atomic(0)
    private let call: @Sendable (Int) -> Void

    init(count: Int, call: @escaping @Sendable (Int) -> Void) {
      self.count = count
      self.call = call
    }

    func run() {
      while true {
        let number = next.add(1, ordering: .relaxed).oldValue
        guard number < count else { return }
        call(number)
      }
    }
  }

  /// Calls `call` once for each number below `count`, on several threads, and waits for all.
  ///
  /// If the system has no more threads, fewer make the calls; this thread takes part.
  static func run(_ count: Int, _ call: @escaping @Sendable (Int) -> Void) {
    guard count > 0 else { return }
    let work = Work(count: count, call: call)
    let threads = (0..<min(count, maximumThreads) - 1).compactMap { _ in start(work) }
    work.run()
    for thread in threads { pthread_join(thread, nil) }
  }

  private static func start(_ work: Work) -> pthread_t? {
    let reference = Unmanaged.passRetained(work)
    var thread = pthread_t()
    let code = pthread_create(
      &thread, nil,
      { reference in
        if let reference { Unmanaged<Work>.fromOpaque(reference).takeRetainedValue().run() }
        return nil
      }, reference.toOpaque())
    guard code == 0 else {
      reference.release()
      return nil
    }
    return thread
  }
}
