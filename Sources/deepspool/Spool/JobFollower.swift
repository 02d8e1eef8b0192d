internal import DurableFiles
internal import Spooling

/// Follows a job through its states, with the events that led from one to the next.
struct JobFollower {
  /// News about the job, in the order in which it happened.
  enum News {
    /// The state changed; the first news tells the state at the beginning.
    case job(SpoolJob)
    /// A line of events.jsonl.
    case event(String)
    /// No daemon is running, so that nothing happens to a job that waits.
    case noDaemon
  }

  /// The interval between two looks at the job's folder.
  private static let pause = Duration.milliseconds(200)
  /// A restart of the daemon may take this number of looks.
  private static let patience = 50

  private let lookup: JobLookup
  private let name: String

  /// - `name`: The number, name or identifier of the job.
  init(_ name: String, _ lookup: JobLookup) {
    self.name = name
    self.lookup = lookup
  }

  /// Reports news until the job ends; returns the job.
  ///
  /// Events between the start and the end of a job are reported between these states, even if both happened before the
  /// first look.
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
      let isNew = job.state != known || job.state == nil
      known = job.state
      let state = isNew ? [News.job(job)] : []
      return (job.isEnd ? events + state : state + events) + (isIdle() ? [.noDaemon] : [])
    }

    /// Returns whether the daemon has been missing for so long that it must be told; a restart takes some looks.
    private mutating func isIdle() -> Bool {
      idleLooks = SpoolLock.isHeld(layout) ? 0 : idleLooks + 1
      return idleLooks == JobFollower.patience && !job.isEnd
    }
  }
}
