internal import JobEvents
internal import Jobs
internal import Synchronization

/// A display of a job's events: a progress bar on a terminal, otherwise a line per event.
final class ProgressDisplay: Sendable {
  private static let barWidth = 30

  private let isQuiet: Bool
  private let text: Mutex<EventText>

  /// Creates a display of a job that starts, or continues after `earlier` events.
  init(isQuiet: Bool, after earlier: [LoggedEvent] = []) {
    self.isQuiet = isQuiet
    var text = EventText()
    for logged in earlier { _ = text.line(logged.event, seconds: logged.seconds) }
    _ = text.line(.processStarted, seconds: Clocks.wallSeconds())
    self.text = Mutex(text)
  }

  /// Shows an event; may be called on any thread.
  func show(_ event: JobEvent) {
    text.withLock { text in
      guard let line = text.line(event, seconds: Clocks.wallSeconds()) else { return }
      let isScore = event.score != nil
      guard !isScore || !isQuiet else { return }
      guard Terminal.isInteractive else { return Terminal.note(line) }
      guard isScore else {
        Terminal.replaceLine("")
        return Terminal.note(line)
      }
      Terminal.replaceLine("[\(Self.bar(text.meter.fraction ?? 0))] \(line)")
    }
  }

  private static func bar(_ fraction: Double) -> String {
    let filled = Int(Double(barWidth) * fraction)
    return String(repeating: "=", count: filled) + String(repeating: " ", count: barWidth - filled)
  }
}
