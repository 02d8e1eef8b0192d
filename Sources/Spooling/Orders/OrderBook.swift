/// The orders in `control` that were read but whose files are still there.
///
/// Pure.
struct OrderBook: Sendable {
  /// When an order that could not be carried out is taken again.
  enum Repetition: Sendable, Equatable {
    case never
    /// When its job arrives or changes state.
    case afterChange
    /// With the next look at orders.
    case soon
  }

  struct Entry: Sendable, Equatable {
    /// The job that the order means, once it is known; the meaning never changes afterwards.
    var job: JobIdentifier?
    var giver: OrderGiver?
    var repetition = Repetition.never
    /// Whether the order was reported as obeyed.
    var isTold = false
    /// Whether whatever runs the job has received the order.
    var isHandedOn = false
    /// Whether the job was interrupted after it had received the order.
    var wasInterrupted = false
    /// Whether the order needs nothing more, but its file cannot be removed.
    var isStuck = false
  }

  private var entries: [GivenOrder.Key: Entry] = [:]
  /// Whether a job for which an order waits has changed.
  private var hasNews = false

  subscript(_ key: GivenOrder.Key) -> Entry {
    get { entries[key] ?? Entry() }
    set { entries[key] = newValue }
  }

  /// Whether some order must be taken again now.
  var hasDue: Bool {
    entries.values.contains { entry in
      switch entry.repetition {
      case .never: false
      case .afterChange: hasNews
      case .soon: true
      }
    }
  }

  /// Records that a job has arrived, changed state or gone.
  mutating func noteChange(of id: JobIdentifier) {
    guard !hasNews else { return }
    hasNews = entries.contains { key, entry in
      guard entry.repetition == .afterChange else { return false }
      // Without a job, the order waits for a file.
      return entry.job.map { $0 == id } ?? JobReference(key.name).isName(of: id)
    }
  }

  /// Begins a look at all orders.
  mutating func beginLook() { hasNews = false }

  /// The names of the orders of one kind that need nothing more.
  func isStuck(_ key: GivenOrder.Key) -> Bool { entries[key]?.isStuck ?? false }

  mutating func forget(_ key: GivenOrder.Key) { entries[key] = nil }

  /// Forgets orders of one kind whose files are gone.
  mutating func keep(_ order: SpoolOrder, _ names: some Sequence<String>) {
    let names = Set(names)
    for key in entries.keys where key.order == order {
      guard names.contains(key.name) else {
        entries[key] = nil
        continue
      }
      entries[key]?.repetition = .never
    }
  }

  /// Returns the orders that were handed on to a running job, in order of name.
  func handedOn(to id: JobIdentifier) -> [GivenOrder.Key] {
    entries.filter { $0.value.isHandedOn && $0.value.job == id }.map(\.key)
      .sorted { ($0.order.rawValue, $0.name) < ($1.order.rawValue, $1.name) }
  }
}
