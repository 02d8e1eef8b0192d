internal import UnixSignals

/// SIGHUP asks for the configuration to be read again.
///
/// SIGTERM and SIGINT are the service group's.
enum SignalEvents {
  static func forward(to continuation: EventInlet) async {
    for await _ in await UnixSignalsSequence(trapping: .sighup) { continuation.yield(.reload) }
  }
}
