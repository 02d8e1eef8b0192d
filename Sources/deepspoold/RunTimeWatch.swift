internal import DurableFiles
internal import JobEvents
internal import Jobs
internal import Spooling
internal import Supervision

/// The enforcement of ``RunTimeLimits`` on the running jobs.
struct RunTimeWatch {
  private var limits = RunTimeLimits()
  private let layout: SpoolLayout
  private let jobs: RunningJobs
  private let reporter: EventReporter
  private let fileSystem: FileSystem

  init(_ layout: SpoolLayout, _ jobs: RunningJobs, _ reporter: EventReporter, _ fileSystem: FileSystem) {
    self.layout = layout
    self.jobs = jobs
    self.reporter = reporter
    self.fileSystem = fileSystem
  }

  mutating func start(_ job: JobQueue.StartedJob) {
    limits.start(
      job.id, ownSeconds: job.maximumRuntimeSeconds, earlierSeconds: job.earlierSeconds,
      nowSeconds: Clocks.monotonicSeconds())
  }

  mutating func ended(_ id: JobIdentifier) { limits.ended(id) }

  /// Finishes or ends the jobs that have reached their limit.
  ///
  /// `configuredSeconds`: The limit for all jobs; nil for none.
  mutating func enforce(configuredSeconds: Double?) {
    limits.configuredSeconds = configuredSeconds
    for step in limits.due(nowSeconds: Clocks.monotonicSeconds()) { take(step) }
  }

  /// Ends a job that cannot finish at its limit; returns false if the limit is not why it was asked to.
  mutating func cannotFinish(_ id: JobIdentifier) -> Bool {
    guard let steps = limits.cannotFinish(id) else { return false }
    for step in steps { take(step) }
    return true
  }

  private func take(_ step: RunTimeLimits.Step) {
    switch step {
    case .finish(let id, let reason):
      let event = JobEvent.warning(RunTimeLimits.notice(reason))
      JobEventLog(workFolder: layout.folder(id, in: .running), fileSystem: fileSystem).append(event)
      reporter.report(event, of: id, isQuiet: false)
      jobs.give(.finish, to: id)
    case .finishAgain(let id): jobs.give(.finish, to: id)
    case .fail(let id, let reason): jobs.end(id, .overran(reason: reason))
    }
  }
}
