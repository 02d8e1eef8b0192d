internal import DurableFiles

/// The names of the orders in `control`, to find the files in `incoming` that they may mean.
package struct OrderedNames: Sendable {
  /// As ``JobIdentifier`` spells them.
  private let names: Set<String>

  package init(_ orders: [String]) { names = Set(orders.map { JobIdentifier.name(written: $0) }) }

  /// Returns whether an order may mean a file of this name.
  package func contains(file name: String) -> Bool {
    names.contains(JobIdentifier(number: 0, name: Paths.stem(of: name)).name)
  }
}

extension SpoolDirectory {
  /// Returns the names of all orders; unreadable folders count as empty.
  func orderedNames() -> OrderedNames {
    OrderedNames(SpoolOrder.allCases.flatMap { (try? fileSystem.list(layout.orders($0))) ?? [] })
  }
}
