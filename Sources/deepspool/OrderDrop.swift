import ArgumentParser
internal import Documents
internal import DurableFiles
internal import Glibc
internal import JobFiles
internal import Spooling

/// The writer of order files, which waits a moment for the daemon to obey them.
///
/// Every job is told what happened to its order; a name that means no job does not keep the others from theirs.
struct OrderDrop {
  fileprivate struct Dropped {
    let id: JobIdentifier
    let path: String
    /// The name of the rejected file, without extension; nil for a job.
    let rejectedStem: String?
    /// The number of orders that the job had been given before.
    let earlierOrders: Int
    /// Whether the daemon obeys the caller, as far as the caller can see.
    let isByEntitled: Bool
  }

  /// What happened to the order for one of the named jobs.
  fileprivate enum Outcome {
    /// The order lies in the spool.
    case dropped(Dropped)
    /// The daemon has obeyed the order.
    case obeyed(JobIdentifier)
    /// The daemon may still obey the order, for example when a running job ends.
    case pending(JobIdentifier)
    case failed(JobIdentifier?, CommandFailure)
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
    try await CommandFailure.reporting(options.form) {
      let lookup = JobLookup(try options.layout())
      let spool = try SpoolView(lookup, fileSystem)
      umask(~Self.mode & 0o777)
      var outcomes = texts.map { text -> Outcome in
        do {
          return .dropped(try drop(order, text, priority, spool))
        } catch let refusal as Refusal {
          return .failed(refusal.id, refusal.failure)
        } catch {
          return .failed(nil, CommandFailure(error))
        }
      }
      let hasDaemon = SpoolLock.isHeld(lookup.layout)
      outcomes = await answers(to: outcomes, order, lookup.layout, hasDaemon: hasDaemon)
      try report(zip(texts, outcomes).map { ($0, $1) }, order)
      if let failure = outcomes.compactMap(\.failure).first { throw ExitCode(failure.status.rawValue) }
      guard hasDaemon else {
        throw CommandFailure(
          .daemonNotRunning, "no daemon is running on '\(lookup.layout.root)'; the request waits until one starts")
      }
    }
  }

  // MARK: Giving orders

  /// The spool and the caller when the orders are given.
  private struct SpoolView {
    let lookup: JobLookup
    let listing: SpoolListing
    let rejected: RejectedFiles
    /// The group whose members may give orders for every job; nil for none.
    let operators: String?
    let caller: OrderGiver

    init(_ lookup: JobLookup, _ fileSystem: FileSystem) throws {
      self.lookup = lookup
      listing = try lookup.listing()
      rejected = lookup.rejected(in: listing)
      operators = QueueLimits.read(lookup.layout, fileSystem)?.operators
      caller = OrderGiver(
        userID: UserAccess.ownUserID, serviceID: lookup.directory.serviceID, operators: operators)
    }
  }

  /// An order that was not given to a job.
  private struct Refusal: Error {
    let id: JobIdentifier
    let failure: CommandFailure
  }

  /// Writes the order for the job that a text means.
  private func drop(_ order: SpoolOrder, _ text: String, _ priority: Int?, _ spool: SpoolView) throws -> Dropped {
    let job = try find(text, order, spool)
    do {
      let isEntitled = try check(job, order, spool)
      let stem: String? = if case .rejected(let stem) = job.standing { stem } else { nil }
      let (directory, layout) = (spool.lookup.directory, spool.lookup.layout)
      let folder = job.state.map { layout.folder(job.id, in: $0) }
      // Counted before the order is given: the daemon may obey at once.
      let earlierOrders = folder.map { directory.recordedOrders(in: $0).count } ?? 0
      return Dropped(
        id: job.id, path: try write(order, job.id, priority, layout), rejectedStem: stem,
        earlierOrders: earlierOrders, isByEntitled: isEntitled)
    } catch {
      throw Refusal(id: job.id, failure: CommandFailure(error))
    }
  }

  /// Returns the job or rejected file that a text means, if the order applies to it.
  private func find(_ text: String, _ order: SpoolOrder, _ spool: SpoolView) throws -> SpoolJob {
    // A file that is not accepted yet may be what the caller means.
    func early() -> CommandFailure? {
      spool.lookup.ownIncoming(text).map { file in
        CommandFailure(
          .badData, "'\(file.label)' is not accepted yet and cannot be \(order.participle); repeat the order once it is"
        )
      }
    }
    let job: SpoolJob
    do throws(CommandFailure) {
      job = try spool.lookup.find(text, in: spool.listing, rejected: spool.rejected, for: .order(order))
    } catch {
      throw early() ?? error
    }
    guard job.state.map(order.applies) ?? (order == .remove) else {
      let standing = job.state.map { "is \($0.rawValue)" } ?? "was rejected"
      throw Refusal(
        id: job.id,
        failure: early() ?? CommandFailure(.badData, "\(job.id) \(standing) and cannot be \(order.participle)"))
    }
    return job
  }

  /// Checks that the caller may give orders to a job; the daemon decides in any case.
  ///
  /// - Returns: Whether the caller is known to be entitled; others' private jobs hide their submitters.
  private func check(_ job: SpoolJob, _ order: SpoolOrder, _ spool: SpoolView) throws -> Bool {
    guard !spool.caller.isOperator else { return true }
    guard let submitter = JobReport.user(job, spool.lookup.directory) else { return false }
    guard !spool.caller.owns(submitter.userID) else { return true }
    throw CommandFailure(
      .cannotWrite,
      "\(job.id) was submitted by \(submitter.title) and cannot be \(order.participle) by you; only its submitter"
        + (spool.operators.map { ", root and members of the group '\($0)'" } ?? " and root") + " may give it orders")
  }

  /// Writes the file of an order and returns its path.
  private func write(
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

  // MARK: Answers

  /// Waits until the daemon has obeyed the orders, or until it has had enough time.
  private func answers(
    to outcomes: [Outcome], _ order: SpoolOrder, _ layout: SpoolLayout, hasDaemon: Bool
  ) async -> [Outcome] {
    let deadline = ContinuousClock.now + (hasDaemon ? Self.patience : .zero)
    var outcomes = outcomes
    while true {
      let isLate = ContinuousClock.now >= deadline
      for (index, outcome) in outcomes.enumerated() {
        guard case .dropped(let dropped) = outcome else { continue }
        outcomes[index] = answer(to: dropped, order, layout) ?? (isLate ? .pending(dropped.id) : outcome)
      }
      guard !isLate, outcomes.contains(where: \.isOpen) else { return outcomes }
      try? await Task.sleep(for: Self.pause)
    }
  }

  /// Returns what the daemon did with an order; nil if it has not decided yet.
  private func answer(to dropped: Dropped, _ order: SpoolOrder, _ layout: SpoolLayout) -> Outcome? {
    // An order to a running job is recorded at once, but its file stays until the job ends.
    let isGone = !fileSystem.exists(dropped.path)
    if let stem = dropped.rejectedStem {
      guard fileSystem.exists("\(layout.rejected)/\(stem).why") else { return .obeyed(dropped.id) }
      return isGone ? failure(dropped, order, reason: Self.journalAdvice(dropped.id)) : nil
    }
    if let record = record(dropped, order, layout) {
      return record.refusal.map { failure(dropped, order, reason: $0) } ?? .obeyed(dropped.id)
    }
    guard isGone else { return nil }
    if dropped.isByEntitled, order == .remove || isFulfilled(order, dropped.id, layout) { return .obeyed(dropped.id) }
    return failure(dropped, order, reason: Self.journalAdvice(dropped.id))
  }

  private static func journalAdvice(_ id: JobIdentifier) -> String {
    "the journal has the reason: journalctl -u deepspoold DEEPSPOOL_JOB=\(id)"
  }

  private func failure(_ dropped: Dropped, _ order: SpoolOrder, reason: String) -> Outcome {
    .failed(
      dropped.id,
      CommandFailure(.badData, "the daemon did not obey the order '\(order.rawValue)' for \(dropped.id): \(reason)"))
  }

  /// Returns whether an order has had its effect; on a full disk the job cannot record the order.
  private func isFulfilled(_ order: SpoolOrder, _ id: JobIdentifier, _ layout: SpoolLayout) -> Bool {
    SpoolDirectory(layout, fileSystem: fileSystem).state(of: id).map(order.isFulfilled) ?? false
  }

  /// Returns the caller's order as the daemon recorded it; nil if it has not yet.
  private func record(_ dropped: Dropped, _ order: SpoolOrder, _ layout: SpoolLayout) -> RecordedOrder? {
    let directory = SpoolDirectory(layout, fileSystem: fileSystem)
    let orders = directory.state(of: dropped.id).map { directory.recordedOrders(in: layout.folder(dropped.id, in: $0)) }
    return orders?.dropFirst(dropped.earlierOrders).last {
      $0.giver.userID == UserAccess.ownUserID && $0.text.hasPrefix(order.rawValue)
    }
  }

  // MARK: Report

  private func report(_ outcomes: [(text: String, outcome: Outcome)], _ order: SpoolOrder) throws {
    guard !options.json else {
      return try print(JSONValue.array(outcomes.map { json($0.text, $0.outcome, order) }).pretty())
    }
    for (_, outcome) in outcomes {
      switch outcome {
      case .obeyed(let id): try print("\(order.rawValue) ordered for \(id)")
      case .dropped(let dropped): try print("\(order.rawValue) requested for \(dropped.id)")
      case .pending(let id): try print("\(order.rawValue) requested for \(id)")
      case .failed(_, let failure): Terminal.note(failure.message)
      }
    }
  }

  private func json(_ text: String, _ outcome: Outcome, _ order: SpoolOrder) -> JSONValue {
    let (id, word, reason): (JobIdentifier?, String, String?) =
      switch outcome {
      case .obeyed(let id): (id, "done", nil)
      case .dropped(let dropped): (dropped.id, "requested", nil)
      case .pending(let id): (id, "requested", nil)
      case .failed(let id, let failure): (id, "failed", failure.message)
      }
    return .object([
      ("order", .string(order.rawValue)), ("job", .string(text)), ("id", id.map { .string("\($0)") } ?? .null),
      ("outcome", .string(word)), ("reason", reason.map(JSONValue.string) ?? .null),
    ])
  }
}

extension OrderDrop.Outcome {
  fileprivate var failure: CommandFailure? { if case .failed(_, let failure) = self { failure } else { nil } }
  fileprivate var isOpen: Bool { if case .dropped = self { true } else { false } }
}
