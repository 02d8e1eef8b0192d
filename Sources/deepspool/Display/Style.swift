internal import FoundationEssentials

/// The colours of a stream; none in pipes and files, on terminals without them, and if the variable NO_COLOR is set.
struct Style {
  /// A colour or weight, with its number in ECMA-48.
  enum Mark: Int {
    case bold = 1
    case dim = 2
    case red = 31
    case green = 32
    case yellow = 33
    case cyan = 36
  }

  static let output = Style(.output)
  static let errors = Style(.errors)

  let isEnabled: Bool

  init(isEnabled: Bool) { self.isEnabled = isEnabled }

  private init(_ stream: Terminal.Stream) {
    let environment = ProcessInfo.processInfo.environment
    let isRefused = !(environment["NO_COLOR"] ?? "").isEmpty || environment["TERM"] == "dumb"
    self.init(isEnabled: stream.isTerminal && !isRefused)
  }

  /// Returns a text in a colour; `text` must not hold control characters from outside.
  func text(_ text: String, _ mark: Mark?) -> String {
    guard isEnabled, let mark, !text.isEmpty else { return text }
    return "\u{1B}[\(mark.rawValue)m\(text)\u{1B}[0m"
  }

  private static let marks: [(word: String, mark: Mark)] = [("warning:", .yellow), ("error:", .red), ("failed:", .red)]

  /// Returns a message with `warning:`, `error:` and `failed:` in their colours.
  func marked(_ message: String) -> String {
    guard isEnabled else { return message }
    return Self.marks.reduce(message) { message, entry in
      message.replacing(entry.word, with: text(entry.word, entry.mark))
    }
  }
}
