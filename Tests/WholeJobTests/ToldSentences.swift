import JobEvents
import Jobs
import Synchronization

/// Sentences that jobs report: warnings, and the division of a table.
final class ToldSentences: Sendable {
  private let sentences = Mutex<[String]>([])

  /// The sentences without those about the quality of the finished model.
  var aboutTheJob: [String] { all.filter { !$0.hasPrefix("the model ") } }

  var all: [String] { sentences.withLock { $0 } }

  func hear(_ event: JobEvent) {
    switch event {
    case .warning(let text): sentences.withLock { $0.append(text) }
    case .heldOut(let summary): sentences.withLock { $0.append(summary.sentence) }
    default: break
    }
  }
}
