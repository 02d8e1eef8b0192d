/// The time for which results and history are kept after a job has ended.
package struct Retention: Sendable, Equatable {
  /// Nil keeps results for ever.
  package var resultsSeconds: Double?
  /// The time for folders of ended jobs and rejected files; nil keeps them for ever.
  package var historySeconds: Double?

  package init(resultsSeconds: Double? = nil, historySeconds: Double? = nil) {
    self.resultsSeconds = resultsSeconds
    self.historySeconds = historySeconds
  }
}
