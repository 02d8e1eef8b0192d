internal import Spooling
internal import Synchronization

/// The settings in effect; a reload replaces them.
final class LiveConfiguration: Sendable {
  private let value: Mutex<DaemonConfiguration>

  init(_ configuration: DaemonConfiguration) { value = Mutex(configuration) }

  var configuration: DaemonConfiguration {
    get { value.withLock { $0 } }
    set { value.withLock { $0 = newValue } }
  }
}
