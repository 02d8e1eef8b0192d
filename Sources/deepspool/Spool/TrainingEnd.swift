internal import JobEvents
internal import Jobs
internal import Spooling

/// Why the training of a job ended, what became the model, and what the job warned of, as its events tell.
struct TrainingEnd {
  /// The warnings of the job, each once, without the limit that ended it.
  private(set) var warnings: [String] = []
  private var limit: String?
  private var summary: JobEvent.FinishSummary?

  /// Takes an event of the job; its warnings must be among them.
  mutating func note(_ event: JobEvent) {
    switch event {
    case .warning(let text):
      // A job that continues after an interruption warns again.
      if RunTimeLimits.isNotice(text) { limit = text } else if !warnings.contains(text) { warnings.append(text) }
    case .finished(let found): summary = found
    // A job that was retried ends anew.
    case .processStarted: (limit, summary) = (summary == nil ? limit : nil, nil)
    default: break
    }
  }

  /// Sentences for people: the limit that ended the job, how its training ended, and how good the model is.
  var sentences: [String] {
    [limit, summary?.sentence, summary?.delivered.map { "the model is \($0)" }, summary?.verdict].compactMap { $0 }
  }
}
