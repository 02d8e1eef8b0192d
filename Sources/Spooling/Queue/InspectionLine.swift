internal import HeapModule

/// Jobs whose files wait to be looked at, one after the other.
///
/// In the order in which they came; a job whose turn to run has come passes by, so that a thousand dropped files do not
/// keep the next job from starting. A file that another program uses is looked at again after a pause, and lets the
/// others pass meanwhile. Pure: time comes in as seconds.
package struct InspectionLine: Sendable {
  /// Pauses before the next looks at a file that is in use, in seconds; about ten minutes in all.
  ///
  /// The system takes a lease away after 45 s, but its holder may take another.
  package static let pauses = [2.0, 5, 10, 20, 40, 60, 60, 60, 60, 60, 60, 60, 60, 60]

  private struct Entry: Comparable, Sendable {
    let inspection: Inspection

    /// The minimum of the heap is next.
    static func < (a: Entry, b: Entry) -> Bool { (a.rank, a.inspection.number) < (b.rank, b.inspection.number) }

    private var rank: Int { inspection.purpose == .estimate ? 0 : 1 }
  }

  /// A look that is repeated.
  private struct Repetition: Sendable {
    let inspection: Inspection
    let dueSeconds: Double
  }

  /// What is being looked at now.
  package private(set) var current: Inspection?
  private var waiting = Heap<Entry>()
  /// The look at each job that counts.
  private var wanted: [JobIdentifier: Inspection] = [:]
  private var repetitions: [JobIdentifier: Repetition] = [:]
  /// How often each job's files were found in use.
  private var refusals: [JobIdentifier: Int] = [:]
  private var lastNumber = 0

  package init() {}

  /// The look that is waited for, of whatever kind.
  package func purpose(_ id: JobIdentifier) -> Inspection.Purpose? { wanted[id]?.purpose }

  package var wantedJobs: Set<JobIdentifier> { Set(wanted.keys) }

  /// When the next look that was put off is due; nil for none.
  package var nextDueSeconds: Double? { repetitions.values.map(\.dueSeconds).min() }

  /// Whether nothing is looked at and nothing could be now.
  package var isIdle: Bool { current == nil && wanted.count == repetitions.count }

  /// Puts a job at the end of the line; what was wanted of it before is not any more.
  package mutating func add(_ id: JobIdentifier, _ purpose: Inspection.Purpose, groups: [String]) {
    remove(id)
    lastNumber += 1
    let inspection = Inspection(id: id, purpose: purpose, number: lastNumber, groups: groups)
    wanted[id] = inspection
    waiting.insert(Entry(inspection: inspection))
  }

  package mutating func remove(_ id: JobIdentifier) {
    wanted[id] = nil
    repetitions[id] = nil
    refusals[id] = nil
  }

  /// The next look, if none is under way.
  package mutating func next(nowSeconds: Double) -> Inspection? {
    guard current == nil else { return nil }
    for repetition in repetitions.values where repetition.dueSeconds <= nowSeconds {
      repetitions[repetition.inspection.id] = nil
      waiting.insert(Entry(inspection: repetition.inspection))
    }
    while let entry = waiting.popMin() {
      guard wanted[entry.inspection.id] == entry.inspection else { continue }
      current = entry.inspection
      return current
    }
    return nil
  }

  /// A look has ended; false if nobody wants to know any more.
  ///
  /// What it found must be dealt with: ``remove(_:)`` or ``putOff(_:nowSeconds:)``.
  package mutating func finish(_ inspection: Inspection) -> Bool {
    if current == inspection { current = nil }
    return wanted[inspection.id] == inspection
  }

  /// What becomes of a look that found a file in use.
  package enum Delay: Sendable, Equatable {
    case first
    case again
    /// It was in use for too long.
    case tooOften
  }

  /// Looks again later.
  package mutating func putOff(_ inspection: Inspection, nowSeconds: Double) -> Delay {
    let count = refusals[inspection.id, default: 0]
    guard count < Self.pauses.count else { return .tooOften }
    refusals[inspection.id] = count + 1
    repetitions[inspection.id] = Repetition(inspection: inspection, dueSeconds: nowSeconds + Self.pauses[count])
    return count == 0 ? .first : .again
  }
}
