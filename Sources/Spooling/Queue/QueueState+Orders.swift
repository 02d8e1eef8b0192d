/// The orders that users give to jobs.
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
        case .cancel: effects += cancel(id, from: from, reason: "cancelled before it started")
        case .hold, .release: effects.append(.move(.init(id, from: from, event)))
        case .retry:
          // The order's file is removed when the job is in the queue.
          isUnderWay = true
          guard line.purpose(id) == nil else { continue }
          line.add(id, .retry(from: from, order: name.text), groups: groups)
        case .finish: break
        }
      }
    }
    guard !isUnderWay else { return effects }
    if effects.isEmpty {
      // A job and its order may be dropped together, so an order waits for arriving jobs. It also
      // waits for jobs whose ending is not written yet.
      let early = jobs(name, where: \.isBetweenStates)
      guard early.isEmpty else {
        for id in early { line.hurry(id) }
        earlyOrders.insert(order)
        return []
      }
      effects.append(
        .tell(
          .orderIgnored(
            order: order.rawValue, name: name.text,
            reason: "no job of this name can be \(order.participle) in its current state")))
    }
    return effects + [.removeOrder(order, name: name.text)]
  }

  /// Returns the jobs of a state that a name means; of ended jobs only the latest.
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

  /// Cancels a job that is not running.
  func cancel(_ id: JobIdentifier, from: JobState, reason: String) -> [QueueEffect] {
    [.explain(id, in: from, reason: reason), .move(.init(id, from: from, .cancel, .reason(reason)))]
  }

  /// Runs a job again once its current data files are known.
  mutating func retry(
    _ id: JobIdentifier, from: JobState, order: String, _ finding: Inspection.Finding
  ) -> [QueueEffect] {
    // Errors in the data are reported when the job starts, errors in the file when it is read.
    let (brief, inputs): (JobBrief?, String?) =
      if case .sound(let brief, let content) = finding { (brief, content.inputs) } else { (nil, nil) }
    return [
      .forgetAttempts(id, in: from, inputs: inputs.map { Array($0.utf8) }),
      .move(.init(id, from: from, .retry, .retry(brief))),
      .removeOrder(.retry, name: order),
    ]
  }

  mutating func ordersListed(_ order: SpoolOrder, _ names: [String]) -> [QueueEffect] {
    leftOrders[order]?.formIntersection(names)
    earlyOrders.remove(order)
    return []
  }

  /// Records that an order was carried out but its file cannot be removed; only the removal is retried.
  ///
  /// Reported once.
  mutating func orderStuck(_ order: SpoolOrder, _ name: String, reason: String) -> [QueueEffect] {
    guard leftOrders[order, default: []].insert(name).inserted else { return [] }
    return [
      .tell(.orderIgnored(order: order.rawValue, name: name, reason: "cannot remove the order's file: \(reason)"))
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
