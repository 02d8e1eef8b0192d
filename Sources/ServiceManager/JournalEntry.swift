/// An entry of the journal.
package struct JournalEntry: Sendable, Equatable {
  /// The levels of syslog(3) in use, by who must act.
  package enum Priority: Int, Sendable {
    /// The operator must act.
    case error = 3
    /// Something was left out; the service continues.
    case warning = 4
    /// A job changed its state.
    case notice = 5
    /// Progress.
    case info = 6
    case debug = 7
  }

  package let message: String
  package let priority: Priority
  /// The identifier of the catalogue entry: 128 random bits in hexadecimal.
  package let messageID: String?
  /// Additional fields, with names in capital letters.
  ///
  /// JOB_ID and UNIT are reserved for systemd.
  package let fields: [(name: String, value: String)]

  package init(
    _ message: String, priority: Priority, messageID: String? = nil, fields: [(name: String, value: String)] = []
  ) {
    self.message = message
    self.priority = priority
    self.messageID = messageID
    self.fields = fields
  }

  package static func == (a: JournalEntry, b: JournalEntry) -> Bool { a.lines == b.lines }

  /// The lines `NAME=value` for the journal.
  package var lines: [String] {
    ["MESSAGE=\(message)", "PRIORITY=\(priority.rawValue)"] + (messageID.map { ["MESSAGE_ID=\($0)"] } ?? [])
      + fields.map { "\($0.name)=\($0.value)" }
  }

  /// The line for standard error outside systemd.
  package var readableLine: String {
    let level = priority.rawValue <= Priority.warning.rawValue ? "\(priority): " : ""
    return level + Self.withoutControls(message)
  }

  /// Replaces control characters, because file names may contain any and a terminal would interpret them.
  private static func withoutControls(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          let isControl = scalar.properties.generalCategory == .control && scalar != "\n"
          return isControl ? "\u{FFFD}" : scalar
        }))
  }
}
