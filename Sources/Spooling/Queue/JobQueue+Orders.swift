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
      let left = leftOrders[order] ?? []
      leftOrders[order] = []
      for name in names {
        if !left.contains(name) {
          do throws(FileSystemError) {
            toRunning += try carryOut(order, name)
          } catch {
            failure = error
            continue
          }
        }
        do throws(FileSystemError) {
          try fileSystem.remove("\(folder)/\(name)")
        } catch {
          // It is carried out, and stays so; only its removal is tried again. Said once.
          leftOrders[order, default: []].insert(name)
          guard !left.contains(name) else { continue }
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
      try cancelWaiting(id, in: from, reason: "cancelled before it began")
      forget(id)
    case .hold:
      try move(id, from: from, event)
      forget(id)
      onEvent(.held(id))
    case .release:
      try move(id, from: from, event)
      onEvent(.released(id))
      try load(id)
    case .retry:
      // What is wrong with its data is told when it starts.
      let file = "\(layout.folder(id, in: from))/\(SpoolLayout.jobFile)"
      let submitter = UserAccess(ownerOf: try? fileSystem.status(file))
      let inputs = (try? directory.readJob(id, in: from).0).flatMap { try? checks.inputs($0, submitter) }
      try directory.forgetAttempts(id, in: from, inputs: inputs)
      try move(id, from: from, event)
      onEvent(.retried(id))
      try load(id)
    case .finish: break
    }
    blockedNeedLook = true
  }

  /// Cancels a job that does not run.
  func cancelWaiting(_ id: JobIdentifier, in from: JobState, reason: String) throws(FileSystemError) {
    // On a full disk the reason stands in the journal only.
    try? directory.explain(id, in: from, reason: reason)
    try move(id, from: from, .cancel)
    onEvent(.cancelled(id, reason: reason))
  }

  /// Moves a job to the state that `event` leads to; throws only if it is where it was.
  ///
  /// If only the sync failed the job has moved, and nothing is lost by going on from there.
  func move(_ id: JobIdentifier, from: JobState, _ event: JobState.Event) throws(FileSystemError) {
    do throws(FileSystemError) {
      try directory.transition(id, from: from, event)
    } catch {
      guard !fileSystem.exists(layout.folder(id, in: from)) else { throw error }
    }
  }

  func forget(_ id: JobIdentifier) {
    _ = state.remove(id)
    blocked[id] = nil
    needs[id] = nil
    if waiting?.id == id { waiting = nil }
  }

  /// An order to a running job that nobody could carry out.
  package func ignore(_ order: SpoolOrder, _ id: JobIdentifier, reason: String) {
    onEvent(.orderIgnored(order: order.rawValue, name: "\(id)", reason: reason))
  }
}
