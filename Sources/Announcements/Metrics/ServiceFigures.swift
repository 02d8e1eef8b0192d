package import JobEvents
package import Spooling

/// The figures that the daemon counts from its start on.
///
/// Pure: callers pass the time in seconds since 1970.
package struct ServiceFigures: Sendable, Equatable {
  /// The way in which a job ended.
  package enum Outcome: String, Sendable, CaseIterable, Codable {
    case finished
    case failed
    case cancelled
    case rejected

    /// Whether the submitter did not get what they asked for, through no order of a user.
    package var isFailure: Bool {
      switch self {
      case .failed, .rejected: true
      case .finished, .cancelled: false
      }
    }
  }

  package let startedSeconds: Double
  package private(set) var submittedCount = 0
  package private(set) var endedCounts: [Outcome: Int] = [:]
  /// The time of the last ending of each kind.
  package private(set) var lastEndedSeconds: [Outcome: Double] = [:]
  /// The number of times that the process of a job ended before the job, or that the machine could not run it.
  package private(set) var interruptionCount = 0
  /// The processor time of the processes that have ended.
  package private(set) var cpuSeconds = 0.0
  /// The start of each running job.
  package private(set) var runningSeconds: [JobIdentifier: Double] = [:]
  /// Whether files stay in `incoming` because the disk is nearly full.
  package private(set) var isShortOfSpace = false

  package init(startedSeconds: Double) { self.startedSeconds = startedSeconds }

  /// Counts an event of the queue.
  package mutating func note(_ event: SpoolEvent, nowSeconds: Double) {
    switch event {
    case .accepted: submittedCount += 1
    case .rejected(_, let id, _, _): end(id, .rejected, nowSeconds)
    case .started(let id): runningSeconds[id] = nowSeconds
    case .finished(let id, _): end(id, .finished, nowSeconds)
    case .failed(let id, _): end(id, .failed, nowSeconds)
    case .cancelled(let id, _): end(id, .cancelled, nowSeconds)
    case .interrupted(let id): runningSeconds[id] = nil
    case .resumes(let id, _, _, _), .putOff(let id, _, _):
      runningSeconds[id] = nil
      interruptionCount += 1
    case .spaceShort: isShortOfSpace = true
    case .spaceBack: isShortOfSpace = false
    case .recovered, .held, .released, .retried, .waits, .groupGone, .notShared, .expired, .ordered, .removed,
      .rejectionRemoved, .orderIgnored:
      break
    }
  }

  /// Counts the resources that a process of a job has used.
  package mutating func note(_ usage: ProcessUsage) { cpuSeconds += usage.cpuSeconds }

  private mutating func end(_ id: JobIdentifier, _ outcome: Outcome, _ nowSeconds: Double) {
    runningSeconds[id] = nil
    endedCounts[outcome, default: 0] += 1
    lastEndedSeconds[outcome] = nowSeconds
  }
}
