internal import Synchronization

/// The input of the daemon's loop, which also measures whether the loop keeps up.
struct EventInlet: Sendable {
  /// The number of pending events and the time of the last progress.
  private final class Gauge: Sendable {
    struct Level: Sendable {
      var waiting = 0
      /// The time at which the loop last finished an event or was idle.
      var turnedSeconds: Double
    }

    let level: Mutex<Level>
    init(_ seconds: Double) { level = Mutex(Level(turnedSeconds: seconds)) }
  }

  private let continuation: AsyncStream<DaemonEvent>.Continuation
  private let gauge: Gauge
  private let secondsNow: @Sendable () -> Double

  /// Creates the stream of events and its input.
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

  /// Records that the loop has handled an event.
  func handled() {
    let now = secondsNow()
    gauge.level.withLock { level in
      level.waiting -= 1
      level.turnedSeconds = now
    }
  }

  /// Whether no event waits besides the one that the loop handles.
  var isLast: Bool { gauge.level.withLock { $0.waiting <= 1 } }

  /// Returns whether the loop is idle or has finished an event within the last `seconds`.
  func isTurning(within seconds: Double) -> Bool {
    let now = secondsNow()
    return gauge.level.withLock { $0.waiting == 0 || now - $0.turnedSeconds <= seconds }
  }
}
