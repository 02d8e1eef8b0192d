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
    /// The daemon is missing, so that nothing happens to the job, or is there again; a sentence for people.
    case daemon(String)
  }

  /// The interval between two looks at the job's folder.
  private static let pause = Duration.milliseconds(200)

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
    private var presence = DaemonPresence(tellsAtOnce: true)

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
      guard !job.isEnd, let notice = presence.news(layout) else { return ofJob }
      // What a daemon does comes after its start.
      return presence.isMissing ? ofJob + [.daemon(notice)] : [.daemon(notice)] + ofJob
    }
  }
}
