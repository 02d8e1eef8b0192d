import JobEvents
import Jobs
import Synchronization

/// What jobs say while they run: warnings, and how a table is divided.
final class ToldSentences: Sendable {
  private let sentences = Mutex<[String]>([])

  /// The same without what is said of the finished model's worth.
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
