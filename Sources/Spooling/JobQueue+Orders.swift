package import DurableFiles

extension JobQueue {
  /// Reads the orders in `control/cancel`.
  ///
  /// Waiting jobs are cancelled here; the identifiers of running ones are returned, because somebody else has to stop
  /// them. An order goes when it is carried out.
  package func takeCancelOrders() throws(FileSystemError) -> [JobIdentifier] {
    var toStop: [JobIdentifier] = []
    let names = try fileSystem.list(layout.cancelOrders).filter { !$0.hasPrefix(".") }
    leftOrders.formIntersection(names)
    for name in names where !leftOrders.contains(name) {
      toStop += state.running.filter { $0.matches(name) }
      do throws(FileSystemError) {
        try cancelWaiting(name)
        try fileSystem.remove("\(layout.cancelOrders)/\(name)")
      } catch {
        leftOrders.insert(name)
        onEvent(.orderIgnored(order: "cancel", name: name, reason: "the order cannot be removed (\(error.reason))"))
      }
    }
    return toStop
  }

  private func cancelWaiting(_ name: String) throws(FileSystemError) {
    let waiting = state.queued(matching: name)
    for id in waiting where state.remove(id) {
      let reason = "cancelled before it began"
      try? directory.explain(id, in: .queued, reason: reason)
      try directory.transition(id, from: .queued, .cancel)
      onEvent(.cancelled(id, reason: reason))
    }
    if waiting.isEmpty, !state.running.contains(where: { $0.matches(name) }) {
      onEvent(.orderIgnored(order: "cancel", name: name, reason: "no waiting or running job has this name"))
    }
  }
}
