internal import Glibc

/// A thread of the system, for work that Swift's cooperative pool must not carry.
///
/// Unlike the threads of libdispatch's pools, it ends with its work, and a lack of threads is reported.
package enum SystemThread {
  private final class Body: Sendable {
    let run: @Sendable () -> Void
    init(run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// Starts a thread that nobody joins.
  ///
  /// - Returns: 0, or an error number if the system has no thread.
  package static func start(_ run: @escaping @Sendable () -> Void) -> Int32 {
    let (thread, code) = create(run)
    if let thread { pthread_detach(thread) }
    return code
  }

  /// Starts a thread, which the caller joins.
  ///
  /// - Returns: The thread and 0, or nil and an error number if the system has no thread.
  static func create(_ run: @escaping @Sendable () -> Void) -> (thread: pthread_t?, code: Int32) {
    let body = Unmanaged.passRetained(Body(run: run))
    var thread = pthread_t()
    let code = pthread_create(
      &thread, nil,
      { context in
        if let context { Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run() }
        return nil
      }, body.toOpaque())
    guard code == 0 else {
      body.release()
      return (nil, code)
    }
    return (thread, 0)
  }
}
