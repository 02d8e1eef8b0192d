/// The state of a job; each state is a folder of the spool.
package enum JobState: String, Sendable, CaseIterable, Codable {
  case queued
  case running
  case held
  case finished
  case failed
  case cancelled

  /// Whether the job has ended.
  package var isEnd: Bool {
    switch self {
    case .queued, .running, .held: false
    case .finished, .failed, .cancelled: true
    }
  }

  /// An event that may change the state of a job.
  package enum Event: String, Sendable, CaseIterable {
    case start
    /// The daemon stopped before the job ended; the job resumes from its checkpoint.
    case interrupt
    case finish
    case fail
    case cancel
    case hold
    case release
    case retry
  }

  /// An event that is invalid in a state.
  package struct InvalidTransition: Error, Sendable, Equatable, CustomStringConvertible {
    package let state: JobState
    package let event: Event

    package var description: String { "event '\(event.rawValue)' is invalid for a job that is \(state.rawValue)" }
  }

  /// Returns the state that follows `event`.
  package func applying(_ event: Event) throws(InvalidTransition) -> JobState {
    switch (self, event) {
    case (.queued, .start): .running
    case (.queued, .hold): .held
    case (.queued, .cancel), (.held, .cancel), (.running, .cancel): .cancelled
    case (.running, .fail): .failed
    case (.held, .release), (.running, .interrupt): .queued
    case (.running, .finish): .finished
    case (.failed, .retry), (.cancelled, .retry): .queued
    case (.queued, .interrupt), (.queued, .finish), (.queued, .fail), (.queued, .release), (.queued, .retry),
      (.held, .start), (.held, .interrupt), (.held, .finish), (.held, .fail), (.held, .hold), (.held, .retry),
      (.running, .start), (.running, .hold), (.running, .release), (.running, .retry),
      (.finished, .start), (.finished, .interrupt), (.finished, .finish), (.finished, .fail), (.finished, .cancel),
      (.finished, .hold), (.finished, .release), (.finished, .retry),
      (.failed, .start), (.failed, .interrupt), (.failed, .finish), (.failed, .fail), (.failed, .cancel),
      (.failed, .hold), (.failed, .release),
      (.cancelled, .start), (.cancelled, .interrupt), (.cancelled, .finish), (.cancelled, .fail),
      (.cancelled, .cancel), (.cancelled, .hold), (.cancelled, .release):
      throw InvalidTransition(state: self, event: event)
    }
  }
}
