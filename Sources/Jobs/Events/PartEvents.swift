internal import JobEvents
internal import Synchronization

/// Forwards the events of the models of a job, without events and warnings that would repeat
/// for each model.
final class PartEvents: Sendable {
  private let onEvent: @Sendable (JobEvent) -> Void
  private let warnings = Mutex<Set<String>>([])

  init(_ onEvent: @escaping @Sendable (JobEvent) -> Void) { self.onEvent = onEvent }

  func forward(_ event: JobEvent, ofPart part: String) {
    switch event {
    case .planned, .heldOut, .checkpointed, .processStarted, .processEnded: break
    case .warning(let text):
      if warnings.withLock({ $0.insert(text).inserted }) { onEvent(.warning(text)) }
    case .tableRead, .resumed, .scored, .finished, .modelCount, .crossValidated, .modelFailed:
      onEvent(.ofPart(part, event))
    case .ofPart(let inner, let event): onEvent(.ofPart("\(part)_\(inner)", event))
    }
  }
}
