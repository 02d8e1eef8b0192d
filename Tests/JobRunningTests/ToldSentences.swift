import JobRunning
import Synchronization

/// What jobs say while they run: warnings, and how a table is divided.
final class ToldSentences: Sendable {
  private let sentences = Mutex<[String]>([])

  var all: [String] { sentences.withLock { $0 } }

  func hear(_ event: JobEvent) {
    switch event {
    case .warning(let text): sentences.withLock { $0.append(text) }
    case .heldOut(let summary): sentences.withLock { $0.append(summary.sentence) }
    default: break
    }
  }
}
