/// The orders in `control` that were read but whose files are still there.
///
/// Pure.
struct OrderBook: Sendable {
  struct Entry: Sendable, Equatable {
    /// The job that the order means, once it is known; the meaning never changes afterwards.
    var job: JobIdentifier?
    var giver: OrderGiver?
    /// Whether the order waits for its job to arrive or to change state.
    var isWaiting = false
    /// Whether the order was reported as obeyed.
    var isTold = false
    /// Whether whatever runs the job has received the order.
    var isHandedOn = false
    /// Whether the order needs nothing more, but its file cannot be removed.
    var isStuck = false
  }

  private var entries: [GivenOrder.Key: Entry] = [:]

  subscript(_ key: GivenOrder.Key) -> Entry {
    get { entries[key] ?? Entry() }
    set { entries[key] = newValue }
  }

  /// Whether some order waits for a job.
  var hasWaiting: Bool { entries.values.contains(where: \.isWaiting) }

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
      entries[key]?.isWaiting = false
    }
  }

  /// Returns the orders that were handed on to a running job, in order of name.
  func handedOn(to id: JobIdentifier) -> [GivenOrder.Key] {
    entries.filter { $0.value.isHandedOn && $0.value.job == id }.map(\.key)
      .sorted { ($0.order.rawValue, $0.name) < ($1.order.rawValue, $1.name) }
  }
}
