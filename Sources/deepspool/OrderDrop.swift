internal import Documents
internal import DurableFiles
internal import Glibc
internal import JobFiles
internal import Spooling

/// The writer of order files, which waits a moment for the daemon to obey them.
struct OrderDrop {
  private struct Dropped {
    let id: JobIdentifier
    let path: String
    /// The number of orders that the job had obeyed before.
    let earlierOrders: Int
  }

  /// The time for which the daemon may take to answer, and the pause between two looks.
  private static let (patience, pause) = (Duration.seconds(2), Duration.milliseconds(20))
  /// The daemon must be able to read the order, whatever the umask of the caller.
  private static let mode: UInt32 = 0o644

  private let options: SpoolOptions
  private let fileSystem = FileSystem()

  init(_ options: SpoolOptions) { self.options = options }

  /// Gives an order to jobs.
  ///
  /// `priority`: The number of a `priority` order.
  func give(_ order: SpoolOrder, _ texts: [String], priority: Int? = nil) async throws {
    try await CommandFailure.reporting {
      let layout = try options.layout()
      let listing = try SpoolListing.read(layout, fileSystem: fileSystem)
      umask(~Self.mode & 0o777)
      var dropped: [Dropped] = []
      for text in texts {
        let (id, state) = try options.find(text, in: listing, layout, for: .order)
        guard order.applies(to: state) else {
          throw CommandFailure(.badData, "\(id) is \(state.rawValue) and cannot be \(order.participle)")
        }
        try check(id, state, order, layout)
        let earlierOrders = report(id, state, layout).orders.count
        dropped.append(Dropped(id: id, path: try drop(order, id, priority, layout), earlierOrders: earlierOrders))
        print(
          options.json
            ? JSONValue.object([(order.rawValue, .string("\(id)"))]).line : "\(order.rawValue) requested for \(id)")
      }
      guard SpoolLock.isHeld(layout) else {
        throw CommandFailure(
          .daemonNotRunning, "no daemon is running on '\(layout.root)'; the request waits until one starts")
      }
      try await wait(for: dropped, order, layout)
    }
  }

  /// Checks that the caller may give orders to a job; the daemon decides in any case.
  private func check(_ id: JobIdentifier, _ state: JobState, _ order: SpoolOrder, _ layout: SpoolLayout) throws {
    let directory = SpoolDirectory(layout, fileSystem: fileSystem)
    guard let submitter = directory.submitter(in: layout.folder(id, in: state)) else { return }
    let operators = QueueLimits.read(layout, fileSystem)?.operators
    let caller = OrderGiver(
      userID: UserAccess.ownUserID, serviceID: directory.serviceID, operators: operators)
    guard !caller.isOperator, !caller.owns(submitter.userID) else { return }
    throw CommandFailure(
      .cannotWrite,
      "\(id) was submitted by \(submitter.title) and cannot be \(order.participle) by you; only its submitter, root"
        + (operators.map { " and members of the group '\($0)'" } ?? "") + " may give it orders")
  }

  /// Writes the file of an order and returns its path.
  private func drop(
    _ order: SpoolOrder, _ id: JobIdentifier, _ priority: Int?, _ layout: SpoolLayout
  ) throws(FileSystemError) -> String {
    func write(_ name: String) throws(FileSystemError) -> String {
      let path = "\(layout.orders(order))/\(name)"
      let content = priority.map { "\($0)\n" } ?? ""
      try fileSystem.write(content.utf8, to: path, mode: Self.mode, syncsFolder: false)
      return path
    }
    do throws(FileSystemError) {
      return try write("\(id)")
    } catch {
      guard error.isOfRename else { throw error }
      // Another user has taken the name, which must not prevent the order.
      return try write(OrderName.unique(id, FileSystem.randomText()))
    }
  }

  // MARK: The answer

  private func report(_ id: JobIdentifier, _ state: JobState, _ layout: SpoolLayout) -> JobReport {
    JobReport(id: id, state: state, layout: layout, fileSystem: fileSystem)
  }

  /// Waits until the daemon has obeyed the orders, or until it has had enough time.
  ///
  /// - Throws: ``CommandFailure`` if the daemon did not obey an order.
  private func wait(for orders: [Dropped], _ order: SpoolOrder, _ layout: SpoolLayout) async throws {
    let deadline = ContinuousClock.now + Self.patience
    var open = orders
    while let next = open.first, ContinuousClock.now < deadline {
      // An order to a running job is recorded at once, but its file stays until the job ends.
      let isGone = !fileSystem.exists(next.path)
      if isObeyed(next, layout) || (isGone && (order == .rerun || order == .remove)) {
        open.removeFirst()
        continue
      }
      guard !isGone else {
        throw CommandFailure(
          .badData,
          "the daemon did not obey the order to \(order.rawValue) \(next.id); the journal has the reason: "
            + "journalctl -u deepspoold DEEPSPOOL_JOB=\(next.id)")
      }
      try await Task.sleep(for: Self.pause)
    }
  }

  private func isObeyed(_ dropped: Dropped, _ layout: SpoolLayout) -> Bool {
    let state = JobState.allCases.first { fileSystem.exists(layout.folder(dropped.id, in: $0)) }
    return state.map { report(dropped.id, $0, layout).orders.count > dropped.earlierOrders } ?? false
  }
}
