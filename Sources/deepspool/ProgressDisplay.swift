internal import JobEvents
internal import Jobs
internal import Synchronization

/// A display of a job's events: a progress bar on a terminal, otherwise a line for each that people see in `follow`.
final class ProgressDisplay: Sendable {
  /// The largest and the smallest width of the bar; where there is room for less, there is none.
  private static let (widest, narrowest) = (30, 5)

  private let isQuiet: Bool
  private let text: Mutex<EventText>

  /// Creates a display of a job that starts, or continues after `earlier` events.
  init(isQuiet: Bool, after earlier: [LoggedEvent] = []) {
    self.isQuiet = isQuiet
    // On a terminal, a score replaces the one before.
    var text = EventText(Terminal.isInteractive ? .everyScore : .milestones)
    for logged in earlier { _ = text.lines(logged.event, seconds: logged.seconds) }
    _ = text.lines(.processStarted, seconds: Clocks.wallSeconds())
    self.text = Mutex(text)
  }

  /// Shows an event; may be called on any thread.
  func show(_ event: JobEvent) {
    let isScore = event.score != nil
    guard !isScore || !isQuiet else { return }
    text.withLock { text in
      for line in text.lines(event, seconds: Clocks.wallSeconds()).map(\.text) {
        guard Terminal.isInteractive, isScore else {
          Terminal.note(line)
          continue
        }
        Terminal.replaceLine(Self.line(line, fraction: text.meter.fraction ?? 0, width: Terminal.Stream.errors.width))
      }
    }
  }

  /// Returns a text behind a bar, which shrinks before the text is cut.
  private static func line(_ text: String, fraction: Double, width: Int?) -> String {
    // The last column stays free, and the bar has two brackets and a blank behind it.
    let room = min(widest, (width ?? .max) - 4 - text.count)
    guard room >= narrowest else { return text }
    let filled = Int(Double(room) * fraction)
    return "[" + String(repeating: "=", count: filled) + String(repeating: " ", count: room - filled) + "] \(text)"
  }
}
