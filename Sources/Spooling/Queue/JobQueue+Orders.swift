package import DurableFiles

extension JobQueue {
  /// Whether an order that came too early must be taken again; if so, call ``takeOrders()``.
  package var hasEarlyOrders: Bool { hasFailedOrders || state.orders.hasDue }

  /// Carries out the orders in `control`, in the order in which they were given.
  ///
  /// The file of an order is removed once the order is carried out; an order that fails because the
  /// disk is full is retried.
  ///
  /// - Returns: Orders for running jobs, which the caller must carry out.
  package func takeOrders() throws(FileSystemError) -> [(order: SpoolOrder, id: JobIdentifier)] {
    defer { lookOn() }
    try carryOutOrders()
    return takeHandedOn()
  }

  /// Carries out the orders in `control`; those that fail are taken again later.
  func carryOutOrdersQuietly() {
    do throws(FileSystemError) {
      try carryOutOrders()
    } catch {
      hasFailedOrders = true
    }
  }

  private func carryOutOrders() throws(FileSystemError) {
    hasFailedOrders = false
    try handle(.ordersExamined)
    var (found, failure) = ([(key: GivenOrder.Key, seconds: Double)](), FileSystemError?.none)
    for order in SpoolOrder.allCases {
      do throws(FileSystemError) {
        let names = try fileSystem.list(layout.orders(order)).filter { !$0.hasPrefix(".") }
        try handle(.ordersListed(order, names))
        for key in names.map({ GivenOrder.Key(order, $0) }) {
          found.append((key, (try? fileSystem.status(directory.orderPath(key)))?.changedSeconds ?? 0))
        }
      } catch {
        failure = error
      }
    }
    guard !found.isEmpty else {
      if let failure { throw failure }
      return
    }
    var (names, listedNumber) = (OrderNames(layout, fileSystem), state.nextNumber)
    let inOrder = found.enumerated().sorted { ($0.element.seconds, $0.offset) < ($1.element.seconds, $1.offset) }
    try forEach(inOrder.map(\.element.key)) { key throws(FileSystemError) in
      // An earlier order may have taken the file that this one means, or made a job.
      if state.nextNumber != listedNumber {
        (names, listedNumber) = (OrderNames(layout, fileSystem), state.nextNumber)
      }
      try take(key, &names)
    }
    if let failure { throw failure }
  }

  private func take(_ key: GivenOrder.Key, _ names: inout OrderNames) throws(FileSystemError) {
    let (file, version) = directory.readOrder(key, nowSeconds: wallSeconds())
    if file == .unspellable {
      return try handle(.orderStuck(key, reason: "its name is not UTF-8; remove it, and use the job's number"))
    }
    // The version that was carried out stays known, so that a later order in its place is not removed.
    guard !state.orders.isStuck(key) else { return try perform(.removeOrder(key)) }
    orderVersions[key] = version
    switch file {
    case .gone, .unspellable: return
    case .unfinished: try handle(.orderUnfinished(key))
    case .odd(let reason): try handle(.oddOrder(key, nil, reason: reason))
    case .invalid(let ownerID, let reason): try handle(.oddOrder(key, giver(ownerID), reason: reason))
    case .order(let ownerID, let priority, let seconds):
      let given = GivenOrder(key.order, key.name, by: giver(ownerID), priority: priority, at: seconds)
      let targets = targets(given, &names)
      try handle(.ordered(given, targets, isExpected: isExpected(given, targets)))
    }
  }

  private func giver(_ userID: UInt32) -> OrderGiver {
    OrderGiver(userID: userID, serviceID: UserAccess.ownUserID, operators: state.limits.operators)
  }

  // MARK: The meaning of names

  /// The jobs of the spool, listed at most once for many orders.
  private struct OrderNames {
    private let layout: SpoolLayout
    private let fileSystem: FileSystem

    init(_ layout: SpoolLayout, _ fileSystem: FileSystem) {
      self.layout = layout
      self.fileSystem = fileSystem
    }

    /// Folders that cannot be listed count as empty, so that orders to other jobs are carried out.
    private(set) lazy var ids: Set<JobIdentifier> = {
      let folders = JobState.allCases.map(layout.folder) + [layout.results]
      let names = folders.flatMap { (try? fileSystem.list($0)) ?? [] }
      // Claims begin with a dot.
      return Set(names.compactMap { JobIdentifier($0.hasPrefix(".") ? String($0.dropFirst()) : $0) })
    }()
  }

  /// Returns the jobs that the name of an order means.
  private func targets(_ given: GivenOrder, _ names: inout OrderNames) -> [OrderTarget] {
    func placed(_ ids: [JobIdentifier]) -> [(id: JobIdentifier, place: OrderTarget.Place)] {
      ids.compactMap { id in place(of: id).map { (id, $0) } }
    }
    // The command line writes identifiers, for which the spool need not be listed.
    var meant = placed([JobIdentifier(given.key.name), OrderName.job(given.key.name)].compactMap { $0 })
    if meant.isEmpty {
      let reference = JobReference(given.key.name)
      meant = placed(reference.meant(among: names.ids, id: { $0 }, isOwn: { isOwn($0, given.giver) }))
      // Only `remove` applies to rejected files; other orders mean them if nothing else has the name.
      if meant.isEmpty || given.order == .remove {
        let rejected = reference.meant(
          among: Set(rejections.values.map(\.id)), id: { $0 },
          isOwn: { given.giver.owns(submitterID(of: $0, .rejected)) })
        meant += placed(rejected.filter { !names.ids.contains($0) })
      }
    }
    return meant.map { id, place in
      let (folder, isFinish) = (layout.folder(id, in: .queued), given.order == .finish)
      return OrderTarget(
        id, place, submitterID: submitterID(of: id, place),
        hasCheckpoint: isFinish && fileSystem.exists("\(folder)/\(JobFolderLayout.checkpointFolder)"),
        hasObeyed: isFinish && directory.hasNoted(given, in: folder))
    }
  }

  private func isOwn(_ id: JobIdentifier, _ giver: OrderGiver) -> Bool {
    place(of: id).map { giver.owns(submitterID(of: id, $0)) } ?? false
  }

  /// Records in the folder of a job that it does not obey an order, for the user who gave it.
  ///
  /// The orders of users who may give none leave no trace there.
  func noteAnswer(_ answer: OrderAnswer) {
    guard answer.kind == .ignored, let id = answer.id, case .state(let state) = place(of: id) else { return }
    directory.noteAnswer(answer, nowSeconds: wallSeconds(), in: layout.folder(id, in: state))
  }

  private func place(of id: JobIdentifier) -> OrderTarget.Place? {
    if fileSystem.exists(layout.claim(id)) { return .claim }
    if let state = directory.state(of: id) { return .state(state) }
    if fileSystem.exists(layout.result(id)) { return .result }
    return rejectedStems(of: id).isEmpty ? nil : .rejected
  }

  private func submitterID(of id: JobIdentifier, _ place: OrderTarget.Place) -> UInt32? {
    if let known = submitterIDs[id] { return known }
    let folder: String
    switch place {
    case .claim: folder = layout.claim(id)
    case .state(let state): folder = layout.folder(id, in: state)
    case .result: folder = layout.result(id)
    case .rejected: return rejectedStems(of: id).compactMap { rejections[$0]?.submitterID }.first
    }
    let found = directory.submitter(in: folder)?.userID
    submitterIDs[id] = found
    return found
  }

  /// Returns the submitter of a job that another job names.
  func submitterID(of entry: JobIndex.Entry) -> UInt32? {
    switch entry.standing {
    case .arriving: submitterID(of: entry.id, .claim)
    case .state(let state): submitterID(of: entry.id, .state(state))
    case .published: submitterID(of: entry.id, .result)
    case .rejected: entry.submitterID
    }
  }

  /// Returns whether `incoming` holds a file that a name means, and takes the file if it is complete.
  ///
  /// Called only for orders that apply to no known job.
  private func isExpected(_ given: GivenOrder, _ targets: [OrderTarget]) -> Bool {
    if let target = OrderTarget.chosen(targets) {
      switch target.place {
      case .claim, .result: return false
      case .state(let state): if given.order.applies(to: state) { return false }
      case .rejected: if given.order == .remove { return false }
      }
    }
    let reference = JobReference(given.key.name)
    let names = ((try? fileSystem.list(layout.incoming)) ?? []).filter { name in
      guard !name.hasPrefix("."), reference.isName(of: JobIdentifier(number: 0, name: Paths.stem(of: name))) else {
        return false
      }
      return given.giver.owns((try? fileSystem.status("\(layout.incoming)/\(name)"))?.ownerID)
    }
    for name in names { try? look(name, .scan) }
    return !names.isEmpty
  }

  // MARK: Effects

  /// Submits the file of a job again.
  func rerun(_ given: GivenOrder, of id: JobIdentifier, as new: JobIdentifier) throws(FileSystemError) {
    guard try directory.claimRerun(given.key, of: id, as: new) else { return }
    try handle(.numberTaken(new))
    try gone(given.key, isRemoved: true)
    try directory.completeRerun(new)
    directory.noteOrder(given, in: layout.claim(new))
    try handle(.claimed(new, name: new.fileName))
  }

  func removeOrder(_ key: GivenOrder.Key) throws(FileSystemError) {
    do throws(FileSystemError) {
      try gone(key, isRemoved: directory.removeOrder(key, orderVersions[key]))
    } catch {
      try handle(.orderStuck(key, reason: "cannot remove the order's file: \(error.reason)"))
    }
  }

  func clearOrder(_ key: GivenOrder.Key) throws(FileSystemError) {
    do throws(FileSystemError) {
      try gone(key, isRemoved: directory.clearOrder(key, orderVersions[key]))
    } catch {
      try handle(.orderStuck(key, reason: "cannot remove it: \(error.reason)"))
    }
  }

  /// Forgets an order; a later one in its place is taken soon.
  private func gone(_ key: GivenOrder.Key, isRemoved: Bool) throws(FileSystemError) {
    orderVersions[key] = nil
    try handle(.orderGone(key))
    if !isRemoved { hasFailedOrders = true }
  }

  /// Records that a running job has no model yet that could be its result.
  package func cannotFinish(_ id: JobIdentifier) throws(FileSystemError) {
    try handle(.notFinished(id, hasCheckpoint: directory.hasCheckpoint(id)))
  }

  // MARK: Rejections

  /// Returns the names, without extension, of the files that were rejected with this number and name.
  private func rejectedStems(of id: JobIdentifier) -> [String] {
    rejections.filter { $0.value.id == id && fileSystem.exists("\(layout.rejected)/\($0.key).why") }.keys.sorted()
  }

  /// Removes a rejected file with its reason.
  func removeRejection(_ id: JobIdentifier) throws(FileSystemError) {
    for stem in rejectedStems(of: id) {
      try directory.removeRejection(stem, highestNumber: state.nextNumber - 1)
      rejections[stem] = nil
    }
    submitterIDs[id] = nil
    onEvent(.rejectionRemoved(id))
  }

  func noteRejection(_ stem: String) { rejections[stem] = directory.rejection(stem) }

  func loadRejections(_ listing: SpoolListing) { for stem in listing.rejected { noteRejection(stem) } }
}
