internal import Spooling

/// A job of the spool, or a file that was rejected.
struct SpoolJob {
  enum Standing: Equatable {
    case state(JobState)
    /// The file was rejected; the reason is in `rejected/STEM.why`.
    case rejected(stem: String)
  }

  /// The name of the standing of rejected files, beside those of ``JobState``.
  static let rejectedTitle = "rejected"
  /// All standings by name, in the order of lists.
  static let titles =
    [JobState.running, .queued, .held, .finished, .failed, .cancelled].map(\.rawValue) + [rejectedTitle]

  let id: JobIdentifier
  let standing: Standing
  /// The state; nil for a rejected file.
  let state: JobState?

  init(id: JobIdentifier, standing: Standing) {
    self.id = id
    self.standing = standing
    switch standing {
    case .state(let state): self.state = state
    case .rejected: state = nil
    }
  }

  /// The name of the state, or `rejected`.
  var title: String { state?.rawValue ?? Self.rejectedTitle }

  /// Whether nothing further happens to the job by itself.
  var isEnd: Bool { state?.isEnd ?? true }

  /// The exit status of commands that wait for the end of the job.
  var outcomeStatus: Int32 {
    switch standing {
    case .state(.finished), .state(.queued), .state(.running), .state(.held): 0
    case .state(.failed): 1
    case .state(.cancelled): 2
    case .rejected: 3
    }
  }
}
