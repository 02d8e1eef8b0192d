internal import JobEvents
internal import Jobs
internal import Spooling

/// Why the training of a job ended, as its events tell.
struct TrainingEnd {
  /// Sentences for people: the limit that ended the job, and how its training ended.
  private(set) var sentences: [String] = []

  /// Reads the events in the folder of a job.
  init(folder: String) {
    var (tail, limit, ending) = (EventTail(), String?.none, String?.none)
    for line in tail.newLines(in: folder) where Self.names.contains(where: { line.contains($0) }) {
      switch LoggedEvent(line: line.utf8)?.event {
      case .warning(let text): if RunTimeLimits.isNotice(text) { limit = text }
      case .finished(let summary): ending = summary.sentence
      // A job that was retried ends anew.
      case .processStarted: (limit, ending) = (ending == nil ? limit : nil, nil)
      default: break
      }
    }
    sentences = [limit, ending].compactMap { $0 }
  }

  /// The events that are read; a long training has thousands of others.
  private static let names = [#""warning""#, #""finished""#, #""process_started""#]
}
