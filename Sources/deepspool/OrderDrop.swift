import ArgumentParser
internal import Documents
internal import DurableFiles
internal import Spooling

/// Gives orders to jobs, waits a moment for the daemon to obey them, and reports what it did.
///
/// Every job is told what happened to its order; a name that means no job does not keep the others from theirs.
struct OrderDrop {
  /// What happened to the order for one of the named jobs.
  fileprivate enum Outcome {
    /// The order lies in the spool.
    case dropped(DroppedOrder)
    /// The daemon has obeyed the order.
    ///
    /// - `created`: The new job of a `rerun` order.
    case obeyed(DroppedOrder, created: JobIdentifier? = nil)
    /// The daemon may still obey the order, for example when a running job ends.
    case pending(DroppedOrder)
    case failed(JobIdentifier?, CommandFailure)
  }

  /// The time for which the daemon may take to answer, and the pause between two looks.
  private static let (patience, pause) = (Duration.seconds(2), Duration.milliseconds(20))

  private let options: SpoolOptions
  private let fileSystem = FileSystem()

  init(_ options: SpoolOptions) { self.options = options }

  /// Gives an order to jobs.
  ///
  /// `priority`: The number of a `priority` order.
  func give(_ order: SpoolOrder, _ texts: [String], priority: Int? = nil) async throws {
    try await CommandFailure.reporting(options.form) {
      let lookup = JobLookup(try options.layout())
      let writer = try OrderWriter(order, priority: priority, lookup, fileSystem)
      var outcomes = texts.map { text -> Outcome in
        do {
          return .dropped(try writer.drop(text))
        } catch let refusal as OrderWriter.Refusal {
          return .failed(refusal.id, refusal.failure)
        } catch {
          return .failed(nil, CommandFailure(error))
        }
      }
      let hasDaemon = SpoolLock.isHeld(lookup.layout)
      outcomes = await answers(to: outcomes, order, lookup.layout, hasDaemon: hasDaemon)
      if order == .rerun { outcomes = await namingNewJobs(outcomes, lookup) }
      try report(zip(texts, outcomes).map { ($0, $1) }, order, priority, lookup.layout)
      if let failure = outcomes.compactMap(\.failure).first { throw ExitCode(failure.status.rawValue) }
      guard hasDaemon else {
        throw CommandFailure(
          .daemonNotRunning, "no daemon is running on '\(lookup.layout.root)'; the request waits until one starts")
      }
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
        outcomes[index] = answer(to: dropped, order, layout) ?? (isLate ? .pending(dropped) : outcome)
      }
      guard !isLate, outcomes.contains(where: \.isOpen) else { return outcomes }
      try? await Task.sleep(for: Self.pause)
    }
  }

  /// Returns what the daemon did with an order; nil if it has not decided yet.
  private func answer(to dropped: DroppedOrder, _ order: SpoolOrder, _ layout: SpoolLayout) -> Outcome? {
    // An order to a running job is recorded at once, but its file stays until the job ends.
    let isGone = !fileSystem.exists(dropped.path)
    if let stem = dropped.rejectedStem {
      guard fileSystem.exists("\(layout.rejected)/\(stem).why") else { return .obeyed(dropped) }
      let reason =
        dropped.isByEntitled
        ? Self.journalAdvice(dropped.id)
        : "nobody is known as its submitter, so that only root and the operators may remove it"
      return isGone ? failure(dropped, order, reason: reason) : nil
    }
    if let record = record(dropped, order, layout) {
      return record.refusal.map { failure(dropped, order, reason: $0) } ?? .obeyed(dropped)
    }
    guard isGone else { return nil }
    if dropped.isByEntitled, order == .remove || isFulfilled(order, dropped.id, layout) { return .obeyed(dropped) }
    return failure(dropped, order, reason: Self.journalAdvice(dropped.id))
  }

  /// Names the jobs that `rerun` orders have created.
  private func namingNewJobs(_ outcomes: [Outcome], _ lookup: JobLookup) async -> [Outcome] {
    var (named, known) = (outcomes, Set<JobIdentifier>())
    for (index, outcome) in outcomes.enumerated() {
      guard case .obeyed(let dropped, _) = outcome,
        let job = await RepeatedJob.find(of: dropped.id, above: dropped.highestNumber, except: known, lookup)
      else { continue }
      known.insert(job.id)
      guard job.state == nil else {
        named[index] = .obeyed(dropped, created: job.id)
        continue
      }
      let reason = JobReport(job, layout: lookup.layout, fileSystem: fileSystem).reason ?? "the reason is missing"
      named[index] = .failed(
        dropped.id,
        CommandFailure(.badData, "\(dropped.id) was submitted again and rejected as \(job.id):\n\(reason)"))
    }
    return named
  }

  private static func journalAdvice(_ id: JobIdentifier) -> String {
    "the journal has the reason: journalctl -u deepspoold DEEPSPOOL_JOB=\(id)"
  }

  private func failure(_ dropped: DroppedOrder, _ order: SpoolOrder, reason: String) -> Outcome {
    .failed(
      dropped.id,
      CommandFailure(.badData, "the daemon did not obey the order '\(order.rawValue)' for \(dropped.id): \(reason)"))
  }

  /// Returns whether an order has had its effect; on a full disk the job cannot record the order.
  private func isFulfilled(_ order: SpoolOrder, _ id: JobIdentifier, _ layout: SpoolLayout) -> Bool {
    SpoolDirectory(layout, fileSystem: fileSystem).state(of: id).map(order.isFulfilled) ?? false
  }

  /// Returns the caller's order as the daemon recorded it; nil if it has not yet.
  private func record(_ dropped: DroppedOrder, _ order: SpoolOrder, _ layout: SpoolLayout) -> RecordedOrder? {
    let directory = SpoolDirectory(layout, fileSystem: fileSystem)
    let orders = directory.state(of: dropped.id).map { directory.recordedOrders(in: layout.folder(dropped.id, in: $0)) }
    return orders?.dropFirst(dropped.earlierOrders).last {
      $0.giver.userID == UserAccess.ownUserID && $0.text.hasPrefix(order.rawValue)
    }
  }

  // MARK: Report

  private func report(
    _ outcomes: [(text: String, outcome: Outcome)], _ order: SpoolOrder, _ priority: Int?, _ layout: SpoolLayout
  ) throws {
    guard !options.json else {
      return try print(JSONValue.array(outcomes.map { json($0.text, $0.outcome, order) }).pretty())
    }
    let directory = SpoolDirectory(layout, fileSystem: fileSystem)
    func answer(_ dropped: DroppedOrder, created: JobIdentifier? = nil) -> OrderEffect {
      OrderEffect(
        order: order, id: dropped.id, earlier: dropped.job.state, now: directory.state(of: dropped.id),
        priority: priority.map { (dropped.earlierPriority, $0) }, created: created)
    }
    for (_, outcome) in outcomes {
      switch outcome {
      case .obeyed(let dropped, let created): try print(answer(dropped, created: created).obeyed)
      case .dropped(let dropped), .pending(let dropped): try print(answer(dropped).requested)
      case .failed(_, let failure): Terminal.note(failure.message)
      }
    }
  }

  private func json(_ text: String, _ outcome: Outcome, _ order: SpoolOrder) -> JSONValue {
    let (id, word, created, reason): (JobIdentifier?, String, JobIdentifier?, String?) =
      switch outcome {
      case .obeyed(let dropped, let created): (dropped.id, "done", created, nil)
      case .dropped(let dropped), .pending(let dropped): (dropped.id, "requested", nil, nil)
      case .failed(let id, let failure): (id, "failed", nil, failure.message)
      }
    return .object([
      ("order", .string(order.rawValue)), ("job", .string(text)), ("id", id.map { .string("\($0)") } ?? .null),
      ("outcome", .string(word)), ("created", created.map { .string("\($0)") } ?? .null),
      ("reason", reason.map(JSONValue.string) ?? .null),
    ])
  }
}

extension OrderDrop.Outcome {
  fileprivate var failure: CommandFailure? { if case .failed(_, let failure) = self { failure } else { nil } }
  fileprivate var isOpen: Bool { if case .dropped = self { true } else { false } }
}
