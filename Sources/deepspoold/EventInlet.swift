internal import Synchronization

/// The way into the daemon's loop, and how well the loop keeps up.
struct EventInlet: Sendable {
  /// Counts events on their way.
  private final class Gauge: Sendable {
    struct Level: Sendable {
      var waiting = 0
      /// When the loop last finished with an event, or had nothing to do.
      var turnedSeconds: Double
    }

    let level: Mutex<Level>
    init(_ seconds: Double) { level = Mutex(Level(turnedSeconds: seconds)) }
  }

  private let continuation: AsyncStream<DaemonEvent>.Continuation
  private let gauge: Gauge
  private let secondsNow: @Sendable () -> Double

  /// The stream of events, and the way into it.
  static func make(secondsNow: @escaping @Sendable () -> Double) -> (
    events: AsyncStream<DaemonEvent>, inlet: EventInlet
  ) {
    let (events, continuation) = AsyncStream<DaemonEvent>.makeStream()
    return (
      events, EventInlet(continuation: continuation, gauge: Gauge(secondsNow()), secondsNow: secondsNow)
    )
  }

  func yield(_ event: DaemonEvent) {
    let now = secondsNow()
    gauge.level.withLock { level in
      if level.waiting == 0 { level.turnedSeconds = now }
      level.waiting += 1
    }
    continuation.yield(event)
  }

  /// The loop has dealt with an event.
  func handled() {
    let now = secondsNow()
    gauge.level.withLock { level in
      level.waiting -= 1
      level.turnedSeconds = now
    }
  }

  /// Whether the loop has nothing to do, or has finished with an event within the last `seconds`.
  func isTurning(within seconds: Double) -> Bool {
    let now = secondsNow()
    return gauge.level.withLock { $0.waiting == 0 || now - $0.turnedSeconds <= seconds }
  }
}
