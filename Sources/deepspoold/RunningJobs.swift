internal import JobEvents
internal import Jobs
internal import Spooling
internal import Supervision
internal import Synchronization

/// The running jobs with their supervisors and progress.
final class RunningJobs: Sendable {
  private struct Entry {
    let supervisor: JobSupervisor
    var phase = JobPhase.preparing
    var meter = ProgressMeter()
    var lastScore: JobEvent.ScoreSummary?
  }

  private let entries = Mutex<[JobIdentifier: Entry]>([:])

  func add(_ id: JobIdentifier, _ supervisor: JobSupervisor) {
    entries.withLock { $0[id] = Entry(supervisor: supervisor) }
  }

  func remove(_ id: JobIdentifier) { entries.withLock { $0[id] = nil } }

  var isEmpty: Bool { entries.withLock { $0.isEmpty } }

  /// Records what the status line shows.
  func note(_ report: WorkerReport, of id: JobIdentifier) {
    let now = Clocks.monotonicSeconds()
    entries.withLock { entries in
      if case .event(let event) = report { entries[id]?.meter.note(event, seconds: now) }
      switch report {
      case .progress(let phase): entries[id]?.phase = phase
      case .event(.finished): entries[id]?.phase = .finishing
      case .event(let event):
        guard let score = event.score else { return }
        entries[id]?.phase = .training
        entries[id]?.lastScore = score
      case .cannotFinish, .lostRanks, .ended: break
      }
    }
  }

  /// Passes an order to a job without waiting for it.
  func give(_ order: WorkerOrder, to id: JobIdentifier) {
    guard let supervisor = entries.withLock({ $0[id]?.supervisor }) else { return }
    Task { await supervisor.give(order) }
  }

  /// Kills the worker of a job without waiting for its end.
  func end(_ id: JobIdentifier, _ cause: WorkerEnd.Cause) {
    guard let supervisor = entries.withLock({ $0[id]?.supervisor }) else { return }
    Task { await supervisor.end(cause) }
  }

  func suspendAll() { for id in entries.withLock({ $0.keys.sorted() }) { give(.suspend, to: id) } }

  /// Kills the workers of all jobs because the service stops.
  func stopAll() {
    for supervisor in entries.withLock({ $0.values.map(\.supervisor) }) { Task { await supervisor.end(.stopped) } }
  }

  /// The completed share of each job that has reported progress.
  var fractions: [JobIdentifier: Double] {
    entries.withLock { entries in entries.compactMapValues { $0.meter.fraction } }
  }

  /// Returns the completed share of a job; nil for one that has not reported progress.
  func fraction(of id: JobIdentifier) -> Double? { entries.withLock { $0[id]?.meter.fraction } }

  /// Returns text such as `61 %, about 4 min left`; nil for a job that does not run.
  func progress(of id: JobIdentifier) -> String? {
    let now = Clocks.monotonicSeconds()
    return entries.withLock { $0[id].map { ProgressText.sentence($0.meter, nowSeconds: now) } }
  }

  /// A text per job, such as `61 %, about 4 min left, epoch 6.1 of 10, validation AUC 0.8321`.
  var progressTexts: [JobIdentifier: String] {
    let now = Clocks.monotonicSeconds()
    return entries.withLock { entries in
      entries.mapValues { entry in
        guard let score = entry.lastScore, !entry.meter.isDone else { return entry.phase.rawValue }
        return "\(ProgressText.sentence(entry.meter, nowSeconds: now)), \(score.sentence)"
      }
    }
  }

  /// A text per job, such as `000042-prostate 61 %, about 4 min left, epoch 6.1 of 10, validation AUC 0.8321`.
  var sentences: [String] { progressTexts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" } }
}
