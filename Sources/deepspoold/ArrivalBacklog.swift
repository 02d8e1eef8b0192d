package import Spooling

/// The events of the watched folders that wait for their turn.
///
/// Ten thousand dropped files are handled in parts, so that the ends of jobs and other events do not wait for all
/// of them. Orders do not wait either, but a file that an order may mean is handled before the order.
package struct ArrivalBacklog: Sendable {
  /// The number of events handled at once; about ten milliseconds of work.
  private static let partCount = 100

  private var waiting: ArraySlice<SpoolWatcher.Event> = []
  /// Whether an order was dropped, or may have been.
  package private(set) var hasOrder = false

  package init() {}

  package var isEmpty: Bool { waiting.isEmpty && !hasOrder }

  package mutating func add(_ events: [SpoolWatcher.Event]) {
    let others = events.filter { $0 != .order }
    if others.count < events.count { hasOrder = true }
    waiting = waiting.isEmpty ? others[...] : waiting + others
  }

  /// Requests a look at the orders although no event reported one.
  package mutating func expectOrders() { hasOrder = true }

  /// Removes and returns the next events.
  package mutating func takePart() -> ArraySlice<SpoolWatcher.Event> {
    let part = waiting.prefix(Self.partCount)
    waiting = waiting.dropFirst(part.count)
    return part
  }

  /// Removes and returns the events of the files that orders may mean; the orders can then be carried out.
  package mutating func takeOrdered(_ names: OrderedNames) -> [SpoolWatcher.Event] {
    hasOrder = false
    guard waiting.contains(where: { Self.isMeant($0, names) }) else { return [] }
    let meant = waiting.filter { Self.isMeant($0, names) }
    waiting = waiting.filter { !Self.isMeant($0, names) }[...]
    return meant
  }

  private static func isMeant(_ event: SpoolWatcher.Event, _ names: OrderedNames) -> Bool {
    switch event {
    case .complete(let name), .closed(let name), .appeared(let name): names.contains(file: name)
    case .order, .overflow, .folderGone: false
    }
  }
}
