package import Logging

/// A handler that writes the messages of swift-log to the journal.
package struct JournalLogHandler: LogHandler {
  package var metadata: Logger.Metadata = [:]
  package var logLevel: Logger.Level = .warning
  private let journal: Journal

  package init(_ journal: Journal) { self.journal = journal }

  package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) {
    let priority: JournalEntry.Priority
    switch event.level {
    case .critical, .error: priority = .error
    case .warning: priority = .warning
    case .notice: priority = .notice
    case .info: priority = .info
    case .debug, .trace: priority = .debug
    }
    let details = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
    journal.write(JournalEntry("\(event.message)\(details)", priority: priority))
  }
}
