internal import DeepLearning
internal import DurableFiles
internal import JobEvents
internal import JobFiles
internal import Jobs
internal import Spooling
internal import Wording

/// An explanation of a job's state, read from the spool only.
struct JobExplanation {
  let job: SpoolJob
  let listing: SpoolListing
  let layout: SpoolLayout
  let fileSystem: FileSystem
  let nowSeconds: Double

  private static let namedJobs = 3

  private var id: JobIdentifier { job.id }

  var sentence: String {
    let report = JobReport(job, layout: layout, fileSystem: fileSystem, withWarnings: job.state == .finished)
    guard !report.isPrivate else { return job.sentence(report.reason) }
    switch job.standing {
    case .incoming: return report.reason ?? job.title
    case .state(.queued): return waiting
    case .state(.running): return "running, \(progress(report))"
    case .state(.held): return "\(report.reason ?? "held"); run `deepspool release \(id)` to queue it again"
    case .state(.finished):
      let result = "finished" + (report.result.map { ", result in '\($0)'" } ?? "")
      return ([result] + report.warnings.map { "warning: \($0)" }).joined(separator: "\n")
    case .state(.failed): return "failed: \(Self.failure(report.reason, id))"
    case .state(.cancelled): return report.reason ?? "cancelled"
    case .rejected:
      let reason = report.reason ?? "the reason is missing"
      return "rejected:\n\(reason)\nResolve this, then submit the file again."
    }
  }

  /// Returns the reason for a failure, with what to do about it.
  private static func failure(_ reason: String?, _ id: JobIdentifier) -> String {
    guard let reason else { return "the reason is missing; run `deepspool retry \(id)` to try again" }
    // The same settings diverge again, from the checkpoint or from the beginning.
    guard !UnstableTraining.isDescribed(in: reason) else {
      return "\(reason)\(reason.hasSuffix(".") ? "" : ".") Change the job file and submit it again"
    }
    let isGone = reason.hasSuffix(JobInputs.returnAdvice)
    return "\(reason)\(isGone ? ", then" : ";") run `deepspool retry \(id)` to try again"
  }

  private var waiting: String {
    guard let own = file(id, .queued) else { return "queued, but its job file cannot be read" }
    var index = JobIndex(listing, rejections: listing.rejected.compactMap(directory.rejection))
    switch verdict(own, id, in: &index) {
    case .waits(let reason), .never(let reason), .circular(let reason): return reason
    case .ready: break
    }
    let waitsPath = "\(layout.folder(id, in: .queued))/\(JobFolderLayout.waitsFile)"
    if let bytes = try? fileSystem.read(waitsPath, limit: 1 << 16) {
      return String(decoding: bytes, as: UTF8.self).split(separator: "\n").joined(separator: " ")
    }
    let limits = QueueLimits.read(layout, fileSystem)
    if let obstacle = limits?.obstacle(ofGroup: own.group) { return obstacle }
    let running = (listing.jobs[.running] ?? []).sorted()
    if let limit = limits?.groups[own.group] {
      let ofGroup = running.filter { file($0, .running)?.group == own.group }
      if ofGroup.count >= limit { return behind(ofGroup, limit: "limit \(limit) of group '\(own.group)'", Line()) }
    }
    let line = line(own, &index)
    guard !running.isEmpty || line != Line() else { return "next in line" }
    return behind(running, limit: limits.map { "limit \($0.maximumRunning)" }, line)
  }

  /// The ready jobs that may run first.
  private struct Line: Equatable {
    /// Jobs of any submitter that an operator has moved before all turns.
    var raised = 0
    /// Jobs of the same submitter.
    var before = 0
    /// The other submitters, who take turns.
    var others: Set<UInt32> = []
    /// Jobs that this user may not read.
    var hidden = 0
  }

  private func line(_ own: JobFile, _ index: inout JobIndex) -> Line {
    let (submitterID, place) = (submitterID(id), place(own, id))
    var line = Line()
    for other in listing.jobs[.queued] ?? [] where other != id {
      guard let file = file(other, .queued) else {
        line.hidden += 1
        continue
      }
      guard verdict(file, other, in: &index) == .ready else { continue }
      let (otherID, otherPlace) = (self.submitterID(other), self.place(file, other))
      let isFirst = (otherPlace.priority, id) > (place.priority, other)
      switch (otherPlace.isRaised, place.isRaised) {
      case (true, false): line.raised += 1
      case (true, true): if isFirst { line.raised += 1 }
      case (false, true): break
      case (false, false):
        if otherID != submitterID, let otherID {
          line.others.insert(otherID)
        } else if isFirst {
          line.before += 1
        }
      }
    }
    return line
  }

  private func submitterID(_ id: JobIdentifier) -> UInt32? {
    directory.submitterID(of: id, in: .queued)
  }

  private var directory: SpoolDirectory { SpoolDirectory(layout, fileSystem: fileSystem) }

  private func file(_ id: JobIdentifier, _ state: JobState) -> JobFile? { try? directory.readJob(id, in: state) }

  /// Returns what decides about the turn of a queued job.
  private func place(_ file: JobFile, _ id: JobIdentifier) -> TurnOrder.Place {
    TurnOrder.Place(file, ordered: directory.orderedPriority(of: id, in: .queued))
  }

  /// Returns whether the conditions of a queued job are met.
  private func verdict(
    _ file: JobFile, _ id: JobIdentifier, in index: inout JobIndex
  ) -> JobConditions.Verdict {
    let conditions = JobConditions(file)
    index.identify(conditions.names, directory.submitterID)
    return conditions.verdict(
      for: id, of: submitterID(id) ?? UserAccess.ownUserID, in: index, nowSeconds: nowSeconds)
  }

  /// Returns text such as `behind 000037-adult (61 %, about 4 min left), limit 1; earliest start 14:32`.
  private func behind(_ running: [JobIdentifier], limit: String?, _ line: Line) -> String {
    let reports = running.map {
      JobReport(SpoolJob(id: $0, standing: .state(.running)), layout: layout, fileSystem: fileSystem)
    }
    var parts = reports.prefix(Self.namedJobs).map { "\($0.job.id) (\(progress($0)))" }
    if running.count > Self.namedJobs {
      parts.append(NumberText.count(running.count - Self.namedJobs, "more running job"))
    }
    func waiting(_ count: Int) -> String { NumberText.count(count, "waiting job") }
    if line.raised > 0 { parts.append("\(waiting(line.raised)) that an operator has moved ahead") }
    if line.before > 0 { parts.append("\(waiting(line.before)) of the same submitter") }
    if !line.others.isEmpty { parts.append("the turns of \(NumberText.count(line.others.count, "other submitter"))") }
    if line.hidden > 0 { parts.append("\(waiting(line.hidden)) that you may not read") }
    var sentence = "behind " + parts.joined(separator: " and ") + (limit.map { ", \($0)" } ?? "")
    if let left = reports.compactMap({ $0.secondsLeft(nowSeconds: nowSeconds) }).min() {
      sentence += "; earliest start \(Format.clock(nowSeconds + left))"
    }
    return sentence
  }

  /// Returns text such as `61 %, about 4 min left` for a running job.
  private func progress(_ report: JobReport) -> String {
    guard let meter = report.log?.meter, meter.fraction != nil else { return "just started" }
    guard !meter.isDone else { return EventText.writing }
    return ProgressText.sentence(meter, secondsLeft: report.secondsLeft(nowSeconds: nowSeconds))
  }
}
