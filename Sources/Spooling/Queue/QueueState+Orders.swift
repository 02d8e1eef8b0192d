/// The orders that users give to jobs.
extension QueueState {
  /// Decides about an order.
  ///
  /// - `targets`: The jobs that its name means.
  /// - `isExpected`: Whether `incoming` holds a file that the name may mean.
  mutating func ordered(_ given: GivenOrder, _ targets: [OrderTarget], isExpected: Bool) -> [QueueEffect] {
    orders[given.key].giver = given.giver
    orders[given.key].repetition = .never
    let known = orders[given.key].job
    let target = known.map { id in targets.first { $0.id == id } } ?? OrderTarget.chosen(targets)
    guard let target else {
      if let known { return answer(.ignored, given, known, "\(known) was rejected or removed meanwhile") }
      if isExpected { return wait(given, for: nil) }
      return answer(
        .ignored, given, nil,
        JobReference(given.key.name).isNumber
          ? "there is no job of this number"
          : "\(given.giver.title) has no job of this name; use the number for the job of another user")
    }
    guard given.giver.mayOrder(target.submitterID) else {
      return answer(
        .refused, given, target.id,
        "the job belongs to another user; only its submitter, root and operators may give it orders")
    }
    switch phase(target.id) {
    // A job and its order may be dropped together, so an order waits for an arriving job. It also
    // waits for a job whose ending is not written yet.
    case .arriving, .ending: return wait(given, for: target.id)
    case .running: return orderRunning(given, target.id, isExpected: isExpected)
    case .unread, .waiting, .blocked: return order(given, target, in: .queued, isExpected: isExpected)
    case nil: break
    }
    switch target.place {
    case .state(.queued), .state(.running), .claim: return wait(given, for: target.id)
    case .state(let state): return order(given, target, in: state, isExpected: isExpected)
    case .result:
      guard given.order == .remove else {
        return answer(.ignored, given, target.id, "only the result of this job is left")
      }
      return told(given, target.id, in: nil) + [.removeJob(target.id, in: nil)] + finish(given.key)
    case .rejected:
      guard given.order == .remove else {
        if isExpected { return wait(given, for: nil) }
        return answer(
          .ignored, given, target.id, "\(target.id) was rejected and cannot be \(given.order.participle)")
      }
      return told(given, target.id, in: nil) + [.removeRejection(target.id)] + finish(given.key)
    }
  }

  private mutating func orderRunning(
    _ given: GivenOrder, _ id: JobIdentifier, isExpected: Bool
  ) -> [QueueEffect] {
    guard given.order.applies(to: .running) else {
      return isExpected ? wait(given, for: nil) : cannot(given, id, in: .running)
    }
    guard !orders[given.key].isHandedOn else { return [] }
    let told = told(given, id, in: .running)
    // The file stays until the job has ended, so that the order survives the death of the daemon.
    orders[given.key].job = id
    orders[given.key].isHandedOn = true
    return told + [.handOn(given.order, id)]
  }

  /// Carries out an order to a job that is not running.
  private mutating func order(
    _ given: GivenOrder, _ target: OrderTarget, in state: JobState, isExpected: Bool
  ) -> [QueueEffect] {
    let id = target.id
    if case .retry = line.purpose(id) {
      // The order's file is removed when the job is in the queue.
      return given.order == .retry ? [] : wait(given, for: id)
    }
    guard given.order.applies(to: state) else {
      if isExpected { return wait(given, for: nil) }
      // The order was given while the job ran, or it will run soon and has something to finish with.
      if target.hasObeyed { orders[given.key].wasInterrupted = true }
      if given.order == .finish, state == .queued, target.hasCheckpoint || orders[given.key].wasInterrupted {
        return wait(given, for: id)
      }
      return cannot(given, id, in: state)
    }
    if [.rerun, .retry].contains(given.order), let fault = quotaFault(given, target) {
      return answer(.ignored, given, id, fault)
    }
    let told = told(given, id, in: state)
    orders[given.key].job = id
    switch given.order {
    case .cancel:
      let reason = "cancelled by \(given.giver.title) while it waited"
      return told + cancel(id, from: state, reason: reason) + finish(given.key)
    case .hold: return told + [.move(.init(id, from: state, .hold))] + finish(given.key)
    case .release: return told + [.move(.init(id, from: state, .release))] + finish(given.key)
    case .retry:
      // Counts at once, because several jobs may be retried together.
      if let userID = target.submitterID { queuedBySubmitter.set(id, userID) }
      line.add(id, .retry(from: state, order: given.key.name), groups: groups)
      return told
    case .priority:
      guard let value = given.priority else { preconditionFailure("order \(given.key) has no number") }
      let priority = OrderedPriority(value, isByOperator: !given.giver.owns(target.submitterID))
      return told + [.prioritise(id, in: state, priority)] + finish(given.key)
    case .remove: return told + [.removeJob(id, in: state)] + finish(given.key)
    case .rerun:
      return told + [.rerun(given, of: id, as: JobIdentifier(number: nextNumber, name: id.name))]
    case .finish: preconditionFailure("order \(given.key) applies to running jobs only")
    }
  }

  /// Cancels a job that is not running.
  func cancel(_ id: JobIdentifier, from: JobState, reason: String) -> [QueueEffect] {
    [.explain(id, in: from, reason: reason), .move(.init(id, from: from, .cancel, .reason(reason)))]
  }

  /// Runs a job again once its current data files are known.
  func retry(
    _ id: JobIdentifier, from: JobState, order: String, _ finding: Inspection.Finding
  ) -> [QueueEffect] {
    let key = GivenOrder.Key(.retry, order)
    // Errors in the data are reported when the job starts, errors in the file when it is read.
    let (brief, inputs): (JobBrief?, String?) =
      if case .sound(let brief, let content) = finding { (brief, content.inputs) } else { (nil, nil) }
    return [
      .forgetAttempts(id, in: from, inputs: inputs.map { Array($0.utf8) }),
      .move(.init(id, from: from, .retry, .retry(brief))),
    ] + finish(key)
  }

  mutating func prioritised(_ id: JobIdentifier, _ priority: OrderedPriority) -> [QueueEffect] {
    switch phase(id) {
    case .waiting(let brief): set(id, .waiting(brief.with(priority)))
    case .blocked(let brief, let conditions): set(id, .blocked(brief.with(priority), conditions))
    case .unread: set(id, .unread)
    case .arriving, .running, .ending, nil: break
    }
    return []
  }

  /// Reserves the number of a job that an order to run another job again has made.
  mutating func numberTaken(_ id: JobIdentifier) -> [QueueEffect] {
    nextNumber = max(nextNumber, id.number + 1)
    return []
  }

  // MARK: Orders to running jobs

  /// Returns the user who ordered a running job to be cancelled; nil if nobody did.
  func canceller(of id: JobIdentifier) -> OrderGiver? {
    orders.handedOn(to: id).first { $0.order == .cancel }.flatMap { orders[$0].giver }
  }

  /// Ends the orders to a job that runs no more.
  mutating func settleOrders(_ id: JobIdentifier, after event: JobState.Event?) -> [QueueEffect] {
    var effects: [QueueEffect] = []
    for key in orders.handedOn(to: id) {
      if event == .interrupt {
        orders[key].isHandedOn = false
        orders[key].repetition = .soon
        orders[key].wasInterrupted = true
        continue
      }
      if key.order == .cancel, event != .cancel {
        let answer = OrderAnswer(
          .ignored, .cancel, key.name, id, by: orders[key].giver, reason: "the job had ended before")
        effects.append(.tell(.orderIgnored(answer)))
      }
      effects += finish(key)
    }
    return effects
  }

  /// Answers an order to finish that came too early.
  ///
  /// A job that continues from a checkpoint soon has a model, so the order is repeated; so is an order that the job had
  /// received before it was interrupted.
  mutating func notFinished(_ id: JobIdentifier, hasCheckpoint: Bool) -> [QueueEffect] {
    var effects: [QueueEffect] = []
    for key in orders.handedOn(to: id) where key.order == .finish {
      if hasCheckpoint || orders[key].wasInterrupted {
        orders[key].isHandedOn = false
        orders[key].repetition = .soon
        continue
      }
      let answer = OrderAnswer(
        .ignored, .finish, key.name, id, by: orders[key].giver,
        reason: "the job has no model yet that could be its result; cancel it, or wait until it trains")
      effects += [.tell(.orderIgnored(answer))] + finish(key)
    }
    return effects
  }

  // MARK: Files of orders

  mutating func ordersExamined() -> [QueueEffect] {
    orders.beginLook()
    return []
  }

  mutating func ordersListed(_ order: SpoolOrder, _ names: [String]) -> [QueueEffect] {
    orders.keep(order, names)
    return []
  }

  mutating func orderGone(_ key: GivenOrder.Key) -> [QueueEffect] {
    orders.forget(key)
    return []
  }

  /// Waits with an order whose number is not written yet.
  mutating func orderUnfinished(_ key: GivenOrder.Key) -> [QueueEffect] {
    orders[key].repetition = .soon
    return []
  }

  /// Answers and removes something in `control` that cannot be obeyed.
  func oddOrder(_ key: GivenOrder.Key, _ giver: OrderGiver?, reason: String) -> [QueueEffect] {
    [.tell(.orderIgnored(OrderAnswer(.ignored, key.order, key.name, by: giver, reason: reason))), .clearOrder(key)]
  }

  /// Records that an order was carried out but its file cannot be removed; only the removal is retried.
  ///
  /// Reported once.
  mutating func orderStuck(_ key: GivenOrder.Key, reason: String) -> [QueueEffect] {
    guard !orders[key].isStuck else { return [] }
    orders[key].isStuck = true
    return [.tell(.orderIgnored(OrderAnswer(.ignored, key.order, key.name, reason: reason)))]
  }

  private mutating func wait(_ given: GivenOrder, for id: JobIdentifier?) -> [QueueEffect] {
    orders[given.key].job = id
    orders[given.key].repetition = .afterChange
    if let id { line.hurry(id) }
    return []
  }

  private func finish(_ key: GivenOrder.Key) -> [QueueEffect] { [.removeOrder(key)] }

  private func answer(
    _ kind: OrderAnswer.Kind, _ given: GivenOrder, _ id: JobIdentifier?, _ reason: String
  ) -> [QueueEffect] {
    [.tell(.orderIgnored(OrderAnswer(kind, given.order, given.key.name, id, by: given.giver, reason: reason)))]
      + finish(given.key)
  }

  private func cannot(_ given: GivenOrder, _ id: JobIdentifier, in state: JobState) -> [QueueEffect] {
    answer(.ignored, given, id, "\(id) is \(state.rawValue) and cannot be \(given.order.participle)")
  }

  /// Reports an order once, however often it is repeated because the disk is full.
  private mutating func told(_ given: GivenOrder, _ id: JobIdentifier, in state: JobState?) -> [QueueEffect] {
    guard !orders[given.key].isTold else { return [] }
    orders[given.key].isTold = true
    let note = state.map { [QueueEffect.noteOrder(given, id, in: $0)] } ?? []
    return note + [.tell(.ordered(id, given, in: state))]
  }
}
