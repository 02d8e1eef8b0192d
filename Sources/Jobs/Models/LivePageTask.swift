internal import Synchronization

/// Writes the pages of a running model beside its training, one after the other, so that no scoring waits for them.
final class LivePageTask: Sendable {
  private let current = Mutex<Task<Void, Never>?>(nil)

  /// Writes a page after those before it.
  func start(_ body: @escaping @Sendable () async -> Void) {
    current.withLock { current in
      let former = current
      current = Task {
        await former?.value
        await body()
      }
    }
  }

  /// Waits for the last page: the folder of the model may be moved afterwards.
  func finish() async { await current.withLock { $0 }?.value }
}
