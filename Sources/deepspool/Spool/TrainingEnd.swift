internal import JobEvents
internal import Jobs
internal import Spooling

/// Why the training of a job ended, as its events tell.
struct TrainingEnd {
  private var limit: String?
  private var summary: JobEvent.FinishSummary?

  /// Takes an event of the job; its warnings must be among them.
  mutating func note(_ event: JobEvent) {
    switch event {
    case .warning(let text): if RunTimeLimits.isNotice(text) { limit = text }
    case .finished(let found): summary = found
    // A job that was retried ends anew.
    case .processStarted: (limit, summary) = (summary == nil ? limit : nil, nil)
    default: break
    }
  }

  /// Sentences for people: the limit that ended the job, and how its training ended.
  var sentences: [String] { [limit, summary?.sentence].compactMap { $0 } }
}
