/// How long things are kept that are over.
package struct Retention: Sendable, Equatable {
  /// Nil for ever.
  package var resultsSeconds: Double?
  /// Folders of jobs that are over, and rejected files; nil for ever.
  package var historySeconds: Double?

  package init(resultsSeconds: Double? = nil, historySeconds: Double? = nil) {
    self.resultsSeconds = resultsSeconds
    self.historySeconds = historySeconds
  }
}
