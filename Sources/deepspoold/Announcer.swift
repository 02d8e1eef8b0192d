internal import Announcements
internal import Dispatch
internal import DurableFiles
internal import JobEvents
internal import Jobs
internal import Spooling
internal import Synchronization

/// Tells others about jobs: notices for hooks and mail, metrics, and the index pages.
///
/// Callers only note events; a queue of low priority writes the files, so that neither the loop nor the job queue waits
/// for them. Nothing depends on these files: if one cannot be written, the daemon reports it and tries again later.
final class Announcer: Sendable {
  /// The seconds between two writes of the metrics; monitoring systems read them every 15 to 60 seconds.
  private static let metricsSeconds = 10.0
  /// The seconds between two writes of the index pages.
  private static let indexSeconds = 10.0
  /// The seconds for which changes of states are collected.
  private static let stateDelaySeconds = 1.0
  /// The seconds after which the progress of a job is shown.
  private static let progressDelaySeconds = 60.0

  private struct Agenda {
    var figures: ServiceFigures
    var notices: [Ending] = []
    var metrics = RewriteSchedule(minimumSeconds: metricsSeconds)
    var index = RewriteSchedule(minimumSeconds: indexSeconds)
    var problems = ToldProblems()
  }

  /// An ended job whose notice is not written yet.
  private struct Ending: Sendable {
    let id: JobIdentifier
    let outcome: ServiceFigures.Outcome
    let seconds: Double
    let reason: String?
    /// The file with the reason of a rejection.
    var reasonFile: String?
  }

  private let directory: SpoolDirectory
  private let live: LiveConfiguration
  private let jobs: RunningJobs
  private let reporter: EventReporter
  private let agenda: Mutex<Agenda>
  private let queue = DispatchQueue(label: "deepspool.announcer", qos: .utility)

  init(_ directory: SpoolDirectory, _ live: LiveConfiguration, _ jobs: RunningJobs, _ reporter: EventReporter) {
    self.directory = directory
    self.live = live
    self.jobs = jobs
    self.reporter = reporter
    var agenda = Agenda(figures: ServiceFigures(startedSeconds: Clocks.wallSeconds().rounded()))
    Self.changed(&agenda, delaySeconds: Self.stateDelaySeconds)
    self.agenda = Mutex(agenda)
  }

  // MARK: Events

  /// Notes an event of the queue.
  func note(_ event: SpoolEvent) {
    let wall = Clocks.wallSeconds()
    let ending = Self.ending(event, wall)
    let isFirst = agenda.withLock { agenda in
      agenda.figures.note(event, nowSeconds: wall)
      Self.changed(&agenda, delaySeconds: Self.stateDelaySeconds)
      guard let ending else { return false }
      agenda.notices.append(ending)
      return agenda.notices.count == 1
    }
    if isFirst { queue.async { [self] in writeNotices() } }
  }

  /// Notes an event of a running job.
  func note(_ event: JobEvent) {
    agenda.withLock { agenda in
      if case .processEnded(_, let usage) = event { agenda.figures.note(usage) }
      guard event.score != nil else { return }
      Self.changed(&agenda, delaySeconds: Self.progressDelaySeconds)
    }
  }

  private static func changed(_ agenda: inout Agenda, delaySeconds: Double) {
    let now = Clocks.monotonicSeconds()
    agenda.metrics.changed(nowSeconds: now, delaySeconds: min(delaySeconds, metricsSeconds))
    agenda.index.changed(nowSeconds: now, delaySeconds: delaySeconds)
  }

  private static func ending(_ event: SpoolEvent, _ wall: Double) -> Ending? {
    switch event {
    case .finished(let id, _): Ending(id: id, outcome: .finished, seconds: wall, reason: nil)
    case .failed(let id, let reason): Ending(id: id, outcome: .failed, seconds: wall, reason: reason)
    case .cancelled(let id, let reason): Ending(id: id, outcome: .cancelled, seconds: wall, reason: reason)
    case .rejected(_, let id, let reason, let file):
      Ending(id: id, outcome: .rejected, seconds: wall, reason: reason, reasonFile: file)
    case .accepted, .recovered, .started, .interrupted, .resumes, .held, .released, .retried, .putOff, .waits,
      .groupGone, .spaceShort, .spaceBack, .notShared, .expired, .ordered, .removed, .rejectionRemoved,
      .orderIgnored:
      nil
    }
  }

  // MARK: Times

  /// The time of the next call of ``writeDue()``; infinity for never.
  var nextDueSeconds: Double { agenda.withLock { min($0.metrics.dueSeconds, $0.index.dueSeconds) } }

  /// Writes the files that are due, on the queue of this object.
  func writeDue() {
    let now = Clocks.monotonicSeconds()
    let (metrics, index) = agenda.withLock { ($0.metrics.begin(nowSeconds: now), $0.index.begin(nowSeconds: now)) }
    if metrics { queue.async { [self] in finish(\.metrics, writeMetrics) } }
    if index { queue.async { [self] in finish(\.index, writeIndex) } }
  }

  /// Writes the metrics although nothing has changed, so that their age shows that the daemon is alive.
  func showLife() { report(writeMetrics) }

  /// Writes everything for the last time; waits until it is written.
  func end() {
    queue.sync {
      writeNotices()
      report(writeMetrics)
      report(writeIndex)
    }
  }

  private func finish(_ schedule: WritableKeyPath<Agenda, RewriteSchedule>, _ write: () throws(FileSystemError) -> Void)
  {
    let isWritten = report(write)
    agenda.withLock { $0[keyPath: schedule].end(nowSeconds: Clocks.monotonicSeconds(), hasFailed: !isWritten) }
  }

  /// Reports an error of `write`, once a minute; returns whether there was none.
  @discardableResult
  private func report(_ write: () throws(FileSystemError) -> Void) -> Bool {
    do throws(FileSystemError) {
      try write()
      return true
    } catch {
      let now = Clocks.monotonicSeconds()
      if agenda.withLock({ $0.problems.isNews(error, nowSeconds: now) }) { reporter.report(problem: "\(error)") }
      return false
    }
  }

  // MARK: Files

  private func writeMetrics() throws(FileSystemError) {
    let census = SpoolCensus.take(directory)
    let figures = agenda.withLock { $0.figures }
    try ServiceMetrics(figures, census, progress: jobs.fractions).write(directory)
  }

  private func writeIndex() throws(FileSystemError) {
    try IndexFolder(directory, progress: jobs.progressTexts, nowSeconds: Clocks.wallSeconds()).write()
  }

  private func writeNotices() {
    let endings = agenda.withLock { agenda in
      defer { agenda.notices = [] }
      return agenda.notices
    }
    let rules = NoticeRules(live.configuration)
    let hasHooks = HookFolder(rules.hooksDirectory, directory.fileSystem).hasHooks
    let wanted = endings.filter { rules.wants($0.outcome, hasHooks: hasHooks) }
    guard !wanted.isEmpty else { return }
    let box = NoticeBox(directory.layout, directory.fileSystem)
    let isTaken = ((try? box.names().count) ?? 0) + wanted.count <= NoticeBox.maximumCount
    guard isTaken else {
      report { () throws(FileSystemError) in throw box.full }
      return
    }
    for ending in wanted { report { () throws(FileSystemError) in try box.add(notice(ending)) } }
  }

  private func notice(_ ending: Ending) -> JobNotice {
    let state: JobState
    switch ending.outcome {
    case .finished: state = .finished
    case .failed: state = .failed
    case .cancelled: state = .cancelled
    case .rejected:
      var notice = JobNotice(ending.id, .rejected, endedSeconds: ending.seconds, reason: ending.reason)
      let stem = ending.reasonFile.map { Paths.stem(of: $0) }
      if let userID = stem.flatMap({ directory.rejection($0) })?.submitterID {
        notice.submitterID = userID
        notice.submitter = UserDatabase.user(userID)?.name
      }
      return notice
    }
    var notice = JobNotice(
      JobRecord.read(ending.id, in: state, directory), ending.outcome, endedSeconds: ending.seconds)
    notice.reason = ending.reason
    return notice
  }
}
