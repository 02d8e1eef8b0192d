internal import UnixSignals

/// The handler of SIGHUP, which requests a reload.
///
/// The service group handles SIGTERM and SIGINT.
enum SignalEvents {
  static func forward(to continuation: EventInlet) async {
    for await _ in await UnixSignalsSequence(trapping: .sighup) { continuation.yield(.reload) }
  }
}
