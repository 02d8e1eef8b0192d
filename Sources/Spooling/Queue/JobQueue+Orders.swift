package import DurableFiles

extension JobQueue {
  /// Whether an order may mean a job that was still arriving; if so, call ``takeOrders()`` after arrivals.
  package var hasEarlyOrders: Bool { !state.earlyOrders.isEmpty }

  /// Carries out the orders in `control`.
  ///
  /// The file of an order is removed once the order is carried out; an order that fails because the
  /// disk is full is retried.
  ///
  /// - Returns: Orders for running jobs, which the caller must carry out.
  package func takeOrders() throws(FileSystemError) -> [(order: SpoolOrder, id: JobIdentifier)] {
    defer { lookOn() }
    try forEach(SpoolOrder.allCases) { order throws(FileSystemError) in
      let names = try fileSystem.list(layout.orders(order)).filter { !$0.hasPrefix(".") }
      try handle(.ordersListed(order, names))
      try forEach(names) { name throws(FileSystemError) in try take(order, name) }
    }
    return takeHandedOn()
  }

  private func take(_ order: SpoolOrder, _ name: String) throws(FileSystemError) {
    guard state.leftOrders[order]?.contains(name) != true else {
      return try perform(.removeOrder(order, name: name))
    }
    let meant = QueueState.Name(text: name, isExact: isIdentifier(name))
    var others: [JobState: [JobIdentifier]] = [:]
    for state in [JobState.held, .finished, .failed, .cancelled] where order.applies(to: state) {
      others[state] = try fileSystem.list(layout.folder(state)).compactMap { JobIdentifier($0) }
        .filter(meant.means)
    }
    try handle(.ordered(order, name: name, isExact: meant.isExact, others: others))
  }

  /// Returns whether some job has this identifier, in any state.
  private func isIdentifier(_ name: String) -> Bool {
    guard let id = JobIdentifier(name) else { return false }
    return fileSystem.exists(layout.claim(id))
      || JobState.allCases.contains { fileSystem.exists(layout.folder(id, in: $0)) }
  }

  /// Reports an order to a running job that could not be carried out.
  package func ignore(_ order: SpoolOrder, _ id: JobIdentifier, reason: String) {
    onEvent(.orderIgnored(order: order.rawValue, name: "\(id)", reason: reason))
  }
}
