/// What is asked of jobs.
extension QueueState {
  mutating func ordered(
    _ order: SpoolOrder, _ name: Name, others: [JobState: [JobIdentifier]]
  ) -> [QueueEffect] {
    let running = order.isForRunningJobs ? jobs(name, where: \.isRunning) : []
    var effects = running.map { QueueEffect.handOn(order, $0) }
    var isUnderWay = false
    for from in JobState.allCases where from != .running {
      guard let event = order.event, order.applies(to: from) else { continue }
      for id in meant(name, in: from, others: others) {
        switch order {
        case .cancel: effects += cancel(id, from: from, reason: "cancelled before it began")
        case .hold, .release: effects.append(.move(.init(id, from: from, event)))
        case .retry:
          // The order goes when the job lies in the queue.
          isUnderWay = true
          guard line.purpose(id) == nil else { continue }
          line.add(id, .retry(from: from, order: name.text), groups: groups)
        case .finish: break
        }
      }
    }
    guard !isUnderWay else { return effects }
    if effects.isEmpty {
      // Whoever drops a job and an order for it means that job; and one whose ending waits for a disk with room is
      // somewhere soon.
      guard jobs(name, where: \.isBetweenStates).isEmpty else {
        earlyOrders.insert(order)
        return []
      }
      effects.append(
        .tell(
          .orderIgnored(
            order: order.rawValue, name: name.text,
            reason: "no job of this name is in a state in which it can be \(order.participle)")))
    }
    return effects + [.removeOrder(order, name: name.text)]
  }

  /// The jobs of a state that a name means; of those that are over, the latest.
  private func meant(
    _ name: Name, in from: JobState, others: [JobState: [JobIdentifier]]
  ) -> [JobIdentifier] {
    switch from {
    case .queued: jobs(name, where: \.isQueued)
    case .held: others[.held] ?? []
    case .running: []
    case .finished, .failed, .cancelled: (others[from] ?? []).max().map { [$0] } ?? []
    }
  }

  /// Cancels a job that does not run.
  func cancel(_ id: JobIdentifier, from: JobState, reason: String) -> [QueueEffect] {
    [.explain(id, in: from, reason: reason), .move(.init(id, from: from, .cancel, .reason(reason)))]
  }

  /// The data of a job that shall run again are known as they are now.
  mutating func retry(
    _ id: JobIdentifier, from: JobState, order: String, _ finding: Inspection.Finding
  ) -> [QueueEffect] {
    // What is wrong with its data is told when it starts, and with its file when it is read.
    let (brief, inputs): (JobBrief?, [UInt8]?) =
      if case .sound(let brief, let inputs, _) = finding { (brief, inputs) } else { (nil, nil) }
    return [
      .forgetAttempts(id, in: from, inputs: inputs), .move(.init(id, from: from, .retry, .retry(brief))),
      .removeOrder(.retry, name: order),
    ]
  }

  mutating func ordersListed(_ order: SpoolOrder, _ names: [String]) -> [QueueEffect] {
    leftOrders[order]?.formIntersection(names)
    earlyOrders.remove(order)
    return []
  }

  /// The order is carried out, and stays so; only its removal is tried again.
  ///
  /// Said once.
  mutating func orderStuck(_ order: SpoolOrder, _ name: String, reason: String) -> [QueueEffect] {
    guard leftOrders[order, default: []].insert(name).inserted else { return [] }
    return [
      .tell(.orderIgnored(order: order.rawValue, name: name, reason: "the order cannot be removed (\(reason))"))
    ]
  }
}

extension QueueState.Phase {
  fileprivate var isBetweenStates: Bool {
    switch self {
    case .arriving, .ending: true
    case .unread, .waiting, .blocked, .running: false
    }
  }

  fileprivate var isRunning: Bool {
    switch self {
    case .running: true
    case .arriving, .unread, .waiting, .blocked, .ending: false
    }
  }

  fileprivate var isQueued: Bool {
    switch self {
    case .unread, .waiting, .blocked: true
    case .arriving, .running, .ending: false
    }
  }
}
