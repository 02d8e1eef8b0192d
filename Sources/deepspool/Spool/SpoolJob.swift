internal import Documents
internal import DurableFiles
internal import Spooling

/// A job of the spool, a file that has not been accepted yet, or one that was rejected.
struct SpoolJob {
  enum Standing: Equatable {
    case state(JobState)
    /// The file waits in `incoming` until the daemon accepts it.
    case incoming(file: String)
    /// The file was rejected; the reason is in `rejected/STEM.why`.
    case rejected(stem: String)
  }

  /// The names of the standings of files that are no jobs, beside those of ``JobState``.
  static let (incomingTitle, rejectedTitle) = ("incoming", "rejected")
  /// All standings by name, in the order of lists.
  static let titles = [JobState.running, .queued, .held].map(\.rawValue) + [incomingTitle] + endedTitles
  /// The standings after which nothing further happens by itself.
  static let endedTitles = [JobState.finished, .failed, .cancelled].map(\.rawValue) + [rejectedTitle]

  /// The identifier; that of a file in `incoming` has the number 0, because it has none yet.
  let id: JobIdentifier
  let standing: Standing
  /// The state; nil for a file that is no job.
  let state: JobState?

  init(id: JobIdentifier, standing: Standing) {
    self.id = id
    self.standing = standing
    switch standing {
    case .state(let state): self.state = state
    case .incoming, .rejected: state = nil
    }
  }

  /// Creates a file in `incoming`.
  init(incoming file: String) {
    self.init(id: JobIdentifier(number: 0, name: Paths.stem(of: file)), standing: .incoming(file: file))
  }

  /// The identifier, or the name of a file that has none yet.
  var label: String { if case .incoming(let file) = standing { file } else { "\(id)" } }

  /// The identifier for JSON; null for a file that has none yet.
  var jsonID: JSONValue { isIncoming ? .null : .string("\(id)") }

  var isIncoming: Bool { if case .incoming = standing { true } else { false } }

  /// The name of the state, `incoming` or `rejected`.
  var title: String {
    switch standing {
    case .state(let state): state.rawValue
    case .incoming: Self.incomingTitle
    case .rejected: Self.rejectedTitle
    }
  }

  /// Returns the state with a detail, such as its reason, which may begin with the state: `cancelled by alice`.
  func sentence(_ detail: String?) -> String {
    guard let detail else { return title }
    return detail.hasPrefix(title) ? detail : "\(title), \(detail)"
  }

  /// Whether nothing further happens to the job by itself.
  var isEnd: Bool { state?.isEnd ?? !isIncoming }

  /// The exit status of commands that wait for the end of the job.
  var outcomeStatus: Int32 {
    switch standing {
    case .state(.finished), .state(.queued), .state(.running), .state(.held), .incoming: 0
    case .state(.failed): 1
    case .state(.cancelled): 2
    case .rejected: 3
    }
  }
}
