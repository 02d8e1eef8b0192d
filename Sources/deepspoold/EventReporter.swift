internal import DurableFiles
internal import JobEvents
internal import Jobs
internal import ServiceManager
internal import Spooling
internal import Synchronization
internal import Wording

/// A reporter that writes every event to the journal.
///
/// The switches are exhaustive, so that the compiler finds events without an entry.
struct EventReporter: Sendable {
  /// The number of jobs that an entry about several names.
  private static let namedJobs = 10

  /// What has become an entry of each running job.
  private final class Told: Sendable {
    let paces = Mutex<[JobIdentifier: ProgressPace]>([:])
  }

  let journal: Journal
  private let told = Told()

  init(journal: Journal) { self.journal = journal }

  func report(_ event: SpoolEvent) {
    switch event {
    case .accepted(let id, let submitter):
      write(
        "\(id): accepted", .notice, MessageID.jobAccepted, id, state: .queued,
        [(name: "DEEPSPOOL_SUBMITTER_UID", value: String(submitter.userID))])
    case .rejected(let name, let id, let reason, let file):
      journal.write(
        JournalEntry(
          "\(id): rejected '\(name.replacingControls)': \(Self.firstLine(reason)); see '\(file)'", priority: .notice,
          messageID: MessageID.jobRejected,
          fields: [
            (name: "DEEPSPOOL_JOB", value: "\(id)"), (name: "DEEPSPOOL_STATE", value: "rejected"),
            (name: "DEEPSPOOL_REASON", value: reason),
          ]))
    case .recovered(let id):
      write("\(id): queued again after a restart", .notice, MessageID.jobRecovered, id, state: .queued)
    case .started(let id): write("\(id): started", .notice, MessageID.jobStarted, id, state: .running)
    case .finished(let id, let result):
      write(
        "\(id): finished, result in '\(result)'", .notice, MessageID.jobFinished, id, state: .finished,
        [(name: "DEEPSPOOL_RESULT", value: result)])
    case .failed(let id, let reason):
      write(
        "\(id): failed: \(Self.firstLine(reason))", .error, MessageID.jobFailed, id, state: .failed,
        [(name: "DEEPSPOOL_REASON", value: reason)])
    case .cancelled(let id, let reason):
      // Most reasons begin with the word already.
      let text = reason.hasPrefix("cancelled") ? reason : "cancelled: \(reason)"
      write("\(id): \(text)", .notice, MessageID.jobCancelled, id, state: .cancelled)
    case .interrupted(let id):
      write("\(id): interrupted; resumes after the next start", .notice, MessageID.jobInterrupted, id, state: .queued)
    case .resumes(let id, let reason, let seconds, let hasCheckpoint):
      let next = hasCheckpoint ? "resumes from its checkpoint" : "starts again from the beginning"
      let pause = seconds > 0 ? " in \(Int(seconds)) s" : ""
      write(
        "\(id): \(Self.firstLine(reason)); \(next)\(pause)", .warning, MessageID.jobResumes, id,
        state: .queued, [(name: "DEEPSPOOL_REASON", value: reason)])
    case .held(let id): write("\(id): held until released", .notice, MessageID.jobHeld, id, state: .held)
    case .released(let id): write("\(id): released", .notice, MessageID.jobReleased, id, state: .queued)
    case .retried(let id):
      write("\(id): queued again by a retry order", .notice, MessageID.jobRetried, id, state: .queued)
    case .putOff(let id, let reason, let seconds):
      write(
        "\(id): cannot run now: \(Self.firstLine(reason)); the next attempt is in \(Int(seconds)) s", .warning,
        MessageID.jobPutOff, id, state: .queued, [(name: "DEEPSPOOL_REASON", value: reason)])
    case .waits(let id, let reason):
      write(
        "\(id): \(reason)", .notice, MessageID.jobWaits, id, state: .queued, [(name: "DEEPSPOOL_REASON", value: reason)]
      )
    case .groupGone(let group, let waiting):
      let named = waiting.prefix(Self.namedJobs).map(\.description).joined(separator: ", ")
      let others = waiting.count > Self.namedJobs ? " and \(waiting.count - Self.namedJobs) more" : ""
      journal.write(
        JournalEntry(
          "group '\(group.replacingControls)' is no longer in the configuration (key 'groups'); its jobs wait until it is: "
            + "\(named)\(others)", priority: .warning, messageID: MessageID.groupGone))
    case .spaceShort(let freeBytes, let minimumBytes):
      journal.write(
        JournalEntry(
          "free space on the spool's disk is \(ByteText.of(freeBytes)), below the minimum of "
            + "\(ByteText.of(minimumBytes)) (min_free_bytes); files stay in incoming until there is more",
          priority: .warning,
          messageID: MessageID.spaceShort))
    case .spaceBack:
      journal.write(
        JournalEntry(
          "free space on the spool's disk is sufficient again; files are taken from incoming", priority: .notice,
          messageID: MessageID.spaceBack))
    case .notShared(let id, let reason):
      write(
        "\(id): only the service can read the job: \(reason); put the spool on a file system with access control lists, "
          + "or set results_group: service", .warning, MessageID.jobWarning, id, state: .running)
    case .expired(let title):
      journal.write(
        JournalEntry(
          "removed because of its age: \(title.replacingControls)", priority: .notice, messageID: MessageID.jobExpired))
    case .ordered(let id, let given, let state):
      write(
        "\(id): \(given.text) ordered by \(given.giver.title)", .notice, MessageID.jobOrdered, id, state: state,
        Self.fields(given.order, given.giver))
    case .removed(let id):
      journal.write(
        JournalEntry(
          "\(id): removed with its result", priority: .notice, messageID: MessageID.jobRemoved,
          fields: [(name: "DEEPSPOOL_JOB", value: "\(id)")]))
    case .rejectionRemoved(let id):
      journal.write(
        JournalEntry(
          "\(id): the rejected file was removed with its reason", priority: .notice, messageID: MessageID.jobRemoved,
          fields: [(name: "DEEPSPOOL_JOB", value: "\(id)")]))
    case .orderIgnored(let answer):
      journal.write(
        JournalEntry(
          "\(answer)".replacingControls, priority: .warning, messageID: MessageID.orderIgnored,
          fields: (answer.id.map { [(name: "DEEPSPOOL_JOB", value: "\($0)")] } ?? [])
            + Self.fields(answer.order, answer.giver) + [(name: "DEEPSPOOL_REASON", value: answer.reason)]))
    }
  }

  private static func fields(_ order: SpoolOrder, _ giver: OrderGiver?) -> [(name: String, value: String)] {
    var fields = [(name: "DEEPSPOOL_ORDER", value: order.rawValue)]
    guard let giver else { return fields }
    fields.append((name: "DEEPSPOOL_ORDERED_BY_UID", value: String(giver.userID)))
    if let name = giver.userName { fields.append((name: "DEEPSPOOL_ORDERED_BY", value: name)) }
    return fields
  }

  /// Reports an event of a running job, unless it repeats what was reported shortly before; see ``ProgressPace``.
  ///
  /// - Parameters:
  ///   - event: The event.
  ///   - id: The job.
  ///   - fraction: The completed share of the job; nil if it is unknown.
  ///   - progress: The progress of the job in words, such as `61 %, about 4 min left`; nil if it is unknown.
  ///   - isQuiet: Leaves out scores.
  func report(
    _ event: JobEvent, of id: JobIdentifier, fraction: Double? = nil, progress: @autoclosure () -> String? = nil,
    isQuiet: Bool
  ) {
    let isTold = told.paces.withLock { paces in
      guard case .processEnded = event else {
        return paces[id, default: ProgressPace()].tells(
          event, fraction: fraction ?? 0, seconds: Clocks.monotonicSeconds())
      }
      paces[id] = nil
      return true
    }
    if isTold { report(event, of: id, model: "", progress, isQuiet: isQuiet) }
  }

  /// `model`: The name of the model in the job, with a blank before it; empty for the job itself.
  private func report(
    _ event: JobEvent, of id: JobIdentifier, model: String, _ progress: () -> String?, isQuiet: Bool
  ) {
    let subject = "\(id)\(model)"
    switch event {
    case .ofPart(let part, let event): report(event, of: id, model: "\(model) \(part)", progress, isQuiet: isQuiet)
    case .crossValidated(let count, let headline):
      write(
        "\(subject): \(count) folds, cross-validation \(headline.name) \(NumberText.brief(headline.value))", .info,
        MessageID.jobStep, id, state: .running,
        [(name: "DEEPSPOOL_METRIC", value: headline.name), (name: "DEEPSPOOL_VALUE", value: String(headline.value))])
    case .modelFailed(let reason):
      write(
        "\(subject): failed, the search continues: \(Self.firstLine(reason))", .warning, MessageID.jobWarning, id,
        state: .running)
    case .tableRead(let table):
      write(
        "\(subject): read '\(table.name)', \(table.rowCount) rows, \(table.columnCount) columns, in "
          + "\(NumberText.brief(table.seconds)) s", .info, MessageID.jobStep, id, state: .running)
    case .heldOut(let summary):
      write("\(subject): \(summary.sentence)", .info, MessageID.jobStep, id, state: .running)
    case .planned(let plan):
      let units = plan.units.map(String.init).joined(separator: "-")
      write(
        "\(subject): \(plan.rowCount) rows, network \(units), seed \(plan.seed)", .info, MessageID.jobStep, id,
        state: .running)
    case .warning(let text): write("\(subject): \(text)", .warning, MessageID.jobWarning, id, state: .running)
    case .resumed(let samples, let epochs, let after):
      write(
        "\(subject): \(after.sentence(samples: samples))", .info, MessageID.jobStep, id, state: .running,
        [(name: "DEEPSPOOL_EPOCH", value: String(epochs))])
    case .scored(let score) where !isQuiet:
      write(
        "\(id): \(progress().map { "\($0), " } ?? "")\(model.isEmpty ? "" : "\(model.dropFirst()) ")\(score.sentence)",
        .info, MessageID.jobProgress, id, state: .running,
        [
          (name: "DEEPSPOOL_EPOCH", value: String(score.epochs)),
          (name: "DEEPSPOOL_METRIC", value: score.headline.name),
          (name: "DEEPSPOOL_VALUE", value: String(score.headline.value)),
        ])
    // The entries about the job itself tell that it started.
    case .scored, .checkpointed, .modelCount, .processStarted: break
    case .processEnded(let how, let usage):
      write(
        "\(subject): its process used \(NumberText.brief(usage.cpuSeconds)) s of processor time and at most "
          + "\(ByteText.of(usage.peakMemoryBytes)) of memory (\(how))", .info, MessageID.processUsage, id,
        state: .running,
        [
          (name: "DEEPSPOOL_CPU_SECONDS", value: String(usage.cpuSeconds)),
          (name: "DEEPSPOOL_PEAK_MEMORY_BYTES", value: String(usage.peakMemoryBytes)),
        ])
    case .finished(let summary):
      write(
        "\(subject): \(summary.sentence)" + (summary.verdict.map { ". \($0)" } ?? ""), .info,
        MessageID.jobStep, id, state: .running,
        [(name: "DEEPSPOOL_EPOCH", value: String(summary.epochs))])
    }
  }

  func report(problem: String, _ priority: JournalEntry.Priority = .error) {
    journal.write(JournalEntry(problem, priority: priority, messageID: MessageID.spoolProblem))
  }

  private func write(
    _ message: String, _ priority: JournalEntry.Priority, _ messageID: String, _ id: JobIdentifier, state: JobState?,
    _ fields: [(name: String, value: String)] = []
  ) {
    let common =
      [(name: "DEEPSPOOL_JOB", value: "\(id)")]
      + (state.map { [(name: "DEEPSPOOL_STATE", value: $0.rawValue)] } ?? [])
    journal.write(
      JournalEntry(message.replacingControls, priority: priority, messageID: messageID, fields: common + fields))
  }

  private static func firstLine(_ text: String) -> String {
    let lines = text.split(whereSeparator: \.isNewline)
    return (lines.first.map(String.init) ?? "").replacingControls
      + (lines.count > 1 ? " (and \(lines.count - 1) more)" : "")
  }
}
