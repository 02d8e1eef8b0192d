internal import JobEvents
internal import Jobs
internal import Spooling

/// Why the training of a job ended, what became the model, and what the job warned of, as its events tell.
struct TrainingEnd {
  /// The warnings of the job, each once, without the limit that ended it.
  private(set) var warnings: [String] = []
  private var limit: String?
  private var summary: JobEvent.FinishSummary?
  /// Whether the process before ended for good, so that the next one is that of a retry.
  private var hasEnded = false

  /// Takes an event of the job; its warnings must be among them.
  mutating func note(_ event: JobEvent) {
    switch event {
    case .warning(let text):
      // A job that continues after an interruption warns again.
      if RunTimeLimits.isNotice(text) { limit = text } else if !warnings.contains(text) { warnings.append(text) }
    case .finished(let found): summary = found
    // A job that was retried ends anew.
    case .processEnded(let how, _): hasEnded = how != JobOutcome.suspendedName
    case .processStarted:
      if hasEnded { warnings = [] }
      (limit, summary, hasEnded) = (summary == nil ? limit : nil, nil, false)
    default: break
    }
  }

  /// Sentences for people: the limit that ended the job, how its training ended, and how good the model is.
  var sentences: [String] {
    [limit, summary?.sentence, summary?.delivered.map { "the model is \($0)" }, summary?.verdict].compactMap { $0 }
  }
}
