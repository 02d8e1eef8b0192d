internal import DurableFiles
internal import JobEvents
internal import Jobs
internal import Spooling
internal import Wording

/// Waits for the end of jobs, and reports each.
struct JobWait {
  private static let pause = Duration.milliseconds(200)

  private let lookup: JobLookup
  private let options: SpoolOptions

  init(_ lookup: JobLookup, _ options: SpoolOptions) {
    self.lookup = lookup
    self.options = options
  }

  /// Waits until all jobs have ended; prints how each did, unless JSON is wanted.
  ///
  /// - Returns: The jobs with their final states, in the order of `jobs`.
  /// - Throws: ``CommandFailure`` without a daemon and after the time limit.
  func ended(_ jobs: [SpoolJob], timeoutSeconds: Double? = nil) async throws -> [SpoolJob] {
    let deadline = timeoutSeconds.map { Clocks.monotonicSeconds() + $0 } ?? .infinity
    var open = jobs
    var ended: [SpoolJob] = []
    var told: [JobIdentifier: JobState] = [:]
    var presence = DaemonPresence()
    // The daemon may restart later, for example for an upgrade.
    guard jobs.allSatisfy(\.isEnd) || SpoolLock.isHeld(lookup.layout) else {
      throw CommandFailure(
        .daemonNotRunning, "no daemon is running on '\(lookup.layout.root)'; the jobs wait until one starts")
    }
    for job in jobs where job.state == .held {
      Terminal.note("\(job.id) is held; run `deepspool release \(job.id)` to let it run")
    }
    while true {
      var left: [SpoolJob] = []
      for job in open {
        let now = job.isEnd ? job : try await lookup.current(job.id)
        if now.isEnd { ended.append(now) } else { left.append(now) }
        if now.isEnd, !options.json { try report(now) }
        if let state = now.state, !now.isEnd, told.updateValue(state, forKey: now.id) != state { try tell(now) }
      }
      open = left
      guard !open.isEmpty else { break }
      if let news = presence.news(lookup.layout), Terminal.isInteractive, !options.json { Terminal.note(news) }
      guard Clocks.monotonicSeconds() < deadline else {
        let names = open.map { "\($0.id)" }.joined(separator: ", ")
        throw CommandFailure(.tryAgain, "the time limit was reached before the end of \(names)")
      }
      try await Task.sleep(for: Self.pause)
    }
    return jobs.compactMap { job in ended.first { $0.id == job.id } }
  }

  /// Returns the facts about a job.
  func record(_ job: SpoolJob) -> ListedJob {
    ListedJob(
      JobReport(job, layout: lookup.layout, fileSystem: FileSystem(), withWarnings: true),
      nowSeconds: Clocks.wallSeconds())
  }

  /// Tells people on a terminal what the command waits for.
  private func tell(_ job: SpoolJob) throws {
    guard Terminal.isInteractive, !options.json, job.state != .held else { return }
    let explanation = JobExplanation(
      job: job, listing: try lookup.listing(), layout: lookup.layout, fileSystem: FileSystem(),
      nowSeconds: Clocks.wallSeconds())
    Terminal.note("\(job.id): \(job.sentence(explanation.sentence))")
  }

  private func report(_ job: SpoolJob) throws {
    let record = record(job)
    let detail = record.reason ?? record.result
    let warnings = record.report.warnings.count
    let hint = warnings == 0 ? "" : "; \(NumberText.count(warnings, "warning")), see `deepspool why \(job.id)`"
    try print("\(job.id): \(job.sentence(detail))\(job.state == .finished ? hint : "")")
  }
}
