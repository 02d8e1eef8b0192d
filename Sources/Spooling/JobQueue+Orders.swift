package import DurableFiles

extension JobQueue {
  /// Carries out the orders in `control`.
  ///
  /// Orders to running jobs are returned, because somebody else has to stop those. An order goes when it is carried out;
  /// one that could not be, because the disk is full, is tried again.
  package func takeOrders() throws(FileSystemError) -> [(order: SpoolOrder, id: JobIdentifier)] {
    var toRunning: [(SpoolOrder, JobIdentifier)] = []
    var failure: FileSystemError?
    for order in SpoolOrder.allCases {
      let folder = layout.orders(order)
      let names = try fileSystem.list(folder).filter { !$0.hasPrefix(".") }
      let known = leftOrders[order] ?? []
      leftOrders[order] = known.intersection(names)
      for name in names where !known.contains(name) {
        do throws(FileSystemError) {
          toRunning += try carryOut(order, name)
        } catch {
          failure = error
          continue
        }
        do throws(FileSystemError) {
          try fileSystem.remove("\(folder)/\(name)")
        } catch {
          leftOrders[order, default: []].insert(name)
          onEvent(
            .orderIgnored(
              order: order.rawValue, name: name, reason: "the order cannot be removed (\(error.reason))"))
        }
      }
    }
    if let failure { throw failure }
    return toRunning.map { (order: $0.0, id: $0.1) }
  }

  private func carryOut(
    _ order: SpoolOrder, _ name: String
  ) throws(FileSystemError) -> [(SpoolOrder, JobIdentifier)] {
    let running = order.isForRunningJobs ? state.running.filter { $0.matches(name) }.sorted() : []
    var count = running.count
    for from in JobState.allCases where from != .running {
      guard let event = order.event, (try? from.applying(event)) != nil else { continue }
      for id in try candidates(name, in: from) {
        try apply(order, to: id, in: from)
        count += 1
      }
    }
    if count == 0 {
      onEvent(
        .orderIgnored(
          order: order.rawValue, name: name,
          reason: "no job of this name is in a state in which it can be "
            + order.participle))
    }
    return running.map { (order, $0) }
  }

  /// The jobs of a state that a name means; of those that are over, the latest.
  private func candidates(_ name: String, in from: JobState) throws(FileSystemError) -> [JobIdentifier] {
    if from == .queued { return state.queued(matching: name) }
    let matches = try fileSystem.list(layout.folder(from)).compactMap { JobIdentifier($0) }.filter { $0.matches(name) }
    return from == .held ? matches : matches.max().map { [$0] } ?? []
  }

  private func apply(_ order: SpoolOrder, to id: JobIdentifier, in from: JobState) throws(FileSystemError) {
    guard let event = order.event else { return }
    switch order {
    case .cancel:
      let reason = "cancelled before it began"
      try? directory.explain(id, in: from, reason: reason)
      try directory.transition(id, from: from, event)
      forget(id)
      onEvent(.cancelled(id, reason: reason))
    case .hold:
      try directory.transition(id, from: from, event)
      forget(id)
      onEvent(.held(id))
    case .release:
      try directory.transition(id, from: from, event)
      onEvent(.released(id))
      try load(id)
    case .retry:
      try directory.forgetAttempts(id, in: from)
      try directory.transition(id, from: from, event)
      onEvent(.retried(id))
      try load(id)
    case .finish: break
    }
    blockedNeedLook = true
  }

  private func forget(_ id: JobIdentifier) {
    _ = state.remove(id)
    blocked[id] = nil
  }

  /// An order to a running job that nobody could carry out.
  package func ignore(_ order: SpoolOrder, _ id: JobIdentifier, reason: String) {
    onEvent(.orderIgnored(order: order.rawValue, name: "\(id)", reason: reason))
  }
}
