/// One entry of the journal.
package struct JournalEntry: Sendable, Equatable {
  /// The levels of syslog(3) that are used, by who must act.
  package enum Priority: Int, Sendable {
    /// The operator must act.
    case error = 3
    /// Something was given up, the service goes on.
    case warning = 4
    /// A job changed its state.
    case notice = 5
    /// Progress.
    case info = 6
    case debug = 7
  }

  package let message: String
  package let priority: Priority
  /// 128 random bits in hexadecimal: finds the entry in the catalogue.
  package let messageID: String?
  /// Own fields, names in capital letters.
  ///
  /// Never JOB_ID or UNIT, which are systemd's.
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

  /// The entry as `NAME=value`, as the journal takes it.
  package var lines: [String] {
    ["MESSAGE=\(message)", "PRIORITY=\(priority.rawValue)"] + (messageID.map { ["MESSAGE_ID=\($0)"] } ?? [])
      + fields.map { "\($0.name)=\($0.value)" }
  }

  /// The entry as a line for people, for standard error outside systemd.
  package var readableLine: String {
    let level = priority.rawValue <= Priority.warning.rawValue ? "\(priority): " : ""
    return level + Self.withoutControls(message)
  }

  /// File names may hold anything; a terminal must not obey it.
  private static func withoutControls(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          let isControl = scalar.properties.generalCategory == .control && scalar != "\n"
          return isControl ? "\u{FFFD}" : scalar
        }))
  }
}
