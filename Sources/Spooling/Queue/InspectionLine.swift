internal import HeapModule

/// The pending inspections, done in batches in order of request.
///
/// Estimates for a job whose turn has come, and jobs for which an order waits, go first, so that a
/// thousand dropped files delay neither the next start nor the order. If another program uses a
/// file, its inspection is repeated after a pause and the others continue meanwhile.
///
/// Pure: callers pass the time in seconds.
package struct InspectionLine: Sendable {
  /// Pauses in seconds between inspections of a file that is in use; about ten minutes in total.
  ///
  /// The kernel breaks a lease after 45 s, but its holder may take another.
  package static let pauses = [2.0, 5, 10, 20, 40, 60, 60, 60, 60, 60, 60, 60, 60, 60]

  /// Pauses in seconds while a dropped file has other names (hard links); a minute in total.
  package static let linkPauses = [2.0, 8, 20, 30]

  /// The maximum number of inspections in a batch, whose jobs are then accepted together.
  package static let batchCount = 64

  private struct Entry: Comparable, Sendable {
    let inspection: Inspection
    var isUrgent = false

    /// The heap's minimum is next.
    static func < (a: Entry, b: Entry) -> Bool { (a.rank, a.inspection.number) < (b.rank, b.inspection.number) }

    private var rank: Int { inspection.purpose == .estimate || isUrgent ? 0 : 1 }
  }

  /// An inspection to be repeated.
  private struct Repetition: Sendable {
    let inspection: Inspection
    let dueSeconds: Double
  }

  /// The numbers of the inspections in progress.
  private var current: Set<Int> = []
  private var waiting = Heap<Entry>()
  /// The valid request for each job; older requests are ignored.
  private var wanted: [JobIdentifier: Inspection] = [:]
  private var repetitions: [JobIdentifier: Repetition] = [:]
  /// The jobs whose inspection goes first.
  private var urgent: Set<JobIdentifier> = []
  /// The number of times each job's files were in use.
  private var refusals: [JobIdentifier: Int] = [:]
  private var lastNumber = 0

  package init() {}

  /// Returns the purpose of the pending inspection of a job, including postponed ones.
  package func purpose(_ id: JobIdentifier) -> Inspection.Purpose? { wanted[id]?.purpose }

  package var wantedJobs: Set<JobIdentifier> { Set(wanted.keys) }

  /// The time of the next postponed inspection; nil for none.
  package var nextDueSeconds: Double? { repetitions.values.map(\.dueSeconds).min() }

  /// Whether inspections are in progress.
  package var isBusy: Bool { !current.isEmpty }

  /// The number of inspections that are in progress or may start now.
  package var openCount: Int { wanted.count - repetitions.count }

  /// Whether no inspection is in progress and none can start before a pause ends.
  package var isIdle: Bool { !isBusy && openCount == 0 }

  /// Requests an inspection; it replaces an earlier request for the same job.
  package mutating func add(_ id: JobIdentifier, _ purpose: Inspection.Purpose, groups: [String]) {
    remove(id)
    lastNumber += 1
    let inspection = Inspection(id: id, purpose: purpose, number: lastNumber, groups: groups)
    wanted[id] = inspection
    waiting.insert(Entry(inspection: inspection))
  }

  /// Lets the pending inspection of a job go first, because an order waits for it.
  package mutating func hurry(_ id: JobIdentifier) {
    guard let inspection = wanted[id], repetitions[id] == nil, urgent.insert(id).inserted else { return }
    guard !current.contains(inspection.number) else { return }
    waiting.insert(Entry(inspection: inspection, isUrgent: true))
  }

  package mutating func remove(_ id: JobIdentifier) {
    urgent.remove(id)
    wanted[id] = nil
    repetitions[id] = nil
    refusals[id] = nil
  }

  /// Returns the next inspections, if none is in progress.
  package mutating func next(nowSeconds: Double) -> [Inspection] {
    guard !isBusy else { return [] }
    for repetition in repetitions.values where repetition.dueSeconds <= nowSeconds {
      repetitions[repetition.inspection.id] = nil
      waiting.insert(Entry(inspection: repetition.inspection))
    }
    var batch: [Inspection] = []
    while batch.count < Self.batchCount, let entry = waiting.popMin() {
      // A job that was hurried has two entries.
      let id = entry.inspection.id
      guard wanted[id] == entry.inspection, repetitions[id] == nil,
        current.insert(entry.inspection.number).inserted
      else { continue }
      batch.append(entry.inspection)
    }
    return batch
  }

  /// Records that an inspection has ended; returns false if its request was superseded.
  ///
  /// The caller must then call ``remove(_:)`` or ``putOff(_:nowSeconds:)``.
  package mutating func finish(_ inspection: Inspection) -> Bool {
    current.remove(inspection.number)
    return wanted[inspection.id] == inspection
  }

  /// Records that an inspection of a batch was not reached; it belongs to a later batch.
  package mutating func putBack(_ inspection: Inspection) {
    guard finish(inspection) else { return }
    waiting.insert(Entry(inspection: inspection, isUrgent: urgent.contains(inspection.id)))
  }

  /// The outcome of a postponement.
  package enum Delay: Sendable, Equatable {
    case first
    case again
    /// The file was in use for too long; give up.
    case tooOften
  }

  /// Postpones an inspection.
  package mutating func putOff(
    _ inspection: Inspection, pauses: [Double] = pauses, nowSeconds: Double
  ) -> Delay {
    let count = refusals[inspection.id, default: 0]
    guard count < pauses.count else { return .tooOften }
    refusals[inspection.id] = count + 1
    repetitions[inspection.id] = Repetition(inspection: inspection, dueSeconds: nowSeconds + pauses[count])
    return count == 0 ? .first : .again
  }
}
