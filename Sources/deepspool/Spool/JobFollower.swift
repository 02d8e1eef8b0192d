internal import DurableFiles
internal import Spooling

/// Follows a job through its states, with the events that led from one to the next.
struct JobFollower {
  /// News about the job, in the order in which it happened.
  enum News {
    /// The state changed; the first news tells the state at the beginning.
    case job(SpoolJob)
    /// The job ran and waits again, because its process was interrupted.
    case interrupted(SpoolJob)
    /// A line of events.jsonl.
    case event(String)
    /// No daemon is running, so that nothing happens to the job.
    case noDaemon
    /// A daemon runs again after ``noDaemon``.
    case daemon

    /// Returns what people see of news about the daemon of a spool; nil for news of the job.
    func notice(_ layout: SpoolLayout) -> String? {
      switch self {
      case .noDaemon: "no daemon is running on '\(layout.root)'; the job waits until one starts"
      case .daemon: "the daemon is running again"
      case .job, .interrupted, .event: nil
      }
    }
  }

  /// The interval between two looks at the job's folder.
  private static let pause = Duration.milliseconds(200)
  /// A restart of the daemon may take this number of looks.
  private static let patience = 10

  private let lookup: JobLookup
  private let name: String

  /// - `name`: The number, name or identifier of the job.
  init(_ name: String, _ lookup: JobLookup) {
    self.name = name
    self.lookup = lookup
  }

  /// Reports news until the job ends; returns the job.
  ///
  /// Events of a run are reported between its start and its end, even if both happened before the first look.
  @discardableResult
  func follow(_ report: (News) async throws -> Void) async throws -> SpoolJob {
    var look = FollowedJob(try await lookup.findArriving(name, for: .follow).1, layout: lookup.layout)
    while true {
      for news in look.news() { try await report(news) }
      guard !look.job.isEnd else { return look.job }
      try await Task.sleep(for: Self.pause)
      look.job = try await lookup.current(look.job.id)
    }
  }

  /// What has been seen of a job so far.
  private struct FollowedJob {
    var job: SpoolJob
    private let layout: SpoolLayout
    private var tail = EventTail()
    private var known: JobState?
    private var idleLooks = JobFollower.patience - 1

    init(_ job: SpoolJob, layout: SpoolLayout) {
      self.job = job
      self.layout = layout
    }

    /// Returns the news since the last call.
    mutating func news() -> [News] {
      let folder = job.state.map { layout.folder(job.id, in: $0) }
      let events = folder.map { tail.newLines(in: $0) }?.map(News.event) ?? []
      let (isNew, hasRun) = (job.state != known || job.state == nil, known == .running)
      known = job.state
      let state = isNew ? [hasRun && job.state == .queued ? News.interrupted(job) : .job(job)] : []
      let ofJob = hasRun || job.isEnd ? events + state : state + events
      // What a daemon does comes after its start.
      switch daemonNews() {
      case .daemon?: return [.daemon] + ofJob
      case let news?: return ofJob + [news]
      case nil: return ofJob
      }
    }

    /// Returns whether the daemon has been missing for so long that it must be told, or is there again.
    private mutating func daemonNews() -> News? {
      let wasMissing = idleLooks >= JobFollower.patience
      idleLooks = SpoolLock.isHeld(layout) ? 0 : idleLooks + 1
      let isMissing = idleLooks >= JobFollower.patience
      guard isMissing != wasMissing, !job.isEnd else { return nil }
      return isMissing ? .noDaemon : .daemon
    }
  }
}
