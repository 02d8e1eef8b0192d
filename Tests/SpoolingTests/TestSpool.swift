import DurableFiles
import Foundation
import Glibc
import JobFiles
import Spooling
import Synchronization
import Testing

/// A spool in a temporary folder, with the events that its queue reported.
final class TestSpool: Sendable {
  static let job = "training_frame: a.csv\nresponse_column: y\n"

  let layout: SpoolLayout
  let directory: SpoolDirectory
  let queue: JobQueue
  private let log = EventLog()
  private let clock = TestClock()

  convenience init(maximumRunning: Int = 1, needs: @escaping @Sendable (JobFile) -> JobNeeds? = { _ in nil }) {
    self.init(QueueLimits(maximumRunning: maximumRunning), needs: needs)
  }

  init(
    _ limits: QueueLimits, resultsGroup: ResultsGroup = .service,
    needs: @escaping @Sendable (JobFile) -> JobNeeds? = { _ in nil }
  ) {
    layout = SpoolLayout(root: NSTemporaryDirectory() + "spool-\(UUID().uuidString)")
    directory = SpoolDirectory(layout, fileSystem: FileSystem())
    let inspector = TestInspector(directory, needs: needs) { [clock] _ in "at \(clock.now)" }
    queue = JobQueue(
      directory, limits: limits, resultsGroup: resultsGroup,
      secondsNow: { [clock] in clock.now },
      wallSeconds: { [clock] in 1_000_000 + clock.now + clock.jumped },
      onEvent: { [log] in log.append($0) })
    queue.doInspections(inspector.inspect)
  }

  deinit { try? FileSystem().removeTree(layout.root) }

  var events: [String] { log.lines }

  func advance(_ seconds: Double) { clock.advance(seconds) }

  /// Sets the wall clock of the test.
  func setClock(by seconds: Double) { clock.jump(seconds) }

  func drop(_ name: String, _ text: String = job) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: "\(layout.incoming)/\(name)"))
  }

  func order(_ order: SpoolOrder, _ name: String, _ text: String = "", by userID: UInt32? = nil) throws {
    let path = "\(layout.orders(order))/\(name)"
    let other = "\(layout.root)/.order"
    try FileSystem().write(text.utf8, to: other, mode: 0o644)
    if let userID { chown(other, userID, userID) }
    try FileSystem().rename(other, to: path)
  }

  /// Drops a job file of another user; works for root only.
  func drop(_ name: String, _ text: String = job, by userID: UInt32) throws {
    let other = "\(layout.root)/.dropped"
    try FileSystem().write(text.utf8, to: other, mode: 0o644)
    chown(other, userID, userID)
    try FileSystem().rename(other, to: "\(layout.incoming)/\(name)")
  }

  /// Drops a job file and takes it.
  @discardableResult
  func submit(_ name: String, _ job: String = "", by userID: UInt32? = nil) async throws -> JobIdentifier? {
    let text = Self.job + job
    if let userID { try drop("\(name).yaml", text, by: userID) } else { try drop("\(name).yaml", text) }
    try await queue.takeSettled("\(name).yaml")
    return try listing().jobs.values.joined().max()
  }

  /// Runs the next job; returns nil if none may start.
  @discardableResult
  func run(_ ending: JobQueue.Ending = .finished) async throws -> JobIdentifier? {
    guard let started = try await queue.startNextSettled() else { return nil }
    if ending == .finished { try FileSystem().makeFolder("\(started.folder)/\(JobFolderLayout.resultFolder)") }
    try await queue.ended(started.id, ending)
    return started.id
  }

  /// The names of the orders that are still there.
  func orders() throws -> [String] {
    try SpoolOrder.allCases.flatMap { order in
      try FileSystem().list(layout.orders(order)).filter { !$0.hasPrefix(".") }.map { "\(order.rawValue)/\($0)" }
    }
  }

  func names(_ state: JobState) throws -> [String] { (try listing().jobs[state] ?? []).map(\.description) }

  func listing() throws -> SpoolListing { try SpoolListing.read(layout, fileSystem: FileSystem()) }

  func why(_ name: String) throws -> String {
    String(decoding: try FileSystem().read("\(layout.rejected)/\(name).why", limit: 1 << 20), as: UTF8.self)
  }
}

private final class EventLog: Sendable {
  private let state = Mutex<[String]>([])
  var lines: [String] { state.withLock { $0 } }

  func append(_ event: SpoolEvent) {
    let line =
      switch event {
      case .accepted(let id, _): "accepted \(id)"
      case .rejected(let name, _, _, _): "rejected \(name)"
      case .recovered(let id): "recovered \(id)"
      case .started(let id): "started \(id)"
      case .finished(let id, _): "finished \(id)"
      case .failed(let id, _): "failed \(id)"
      case .cancelled(let id, _): "cancelled \(id)"
      case .interrupted(let id): "interrupted \(id)"
      case .resumes(let id, _, let seconds, let hasCheckpoint):
        "resumes \(id) in \(Int(seconds)) s" + (hasCheckpoint ? " from its checkpoint" : "")
      case .held(let id): "held \(id)"
      case .released(let id): "released \(id)"
      case .retried(let id): "retried \(id)"
      case .putOff(let id, _, let seconds): "put off \(id) for \(Int(seconds)) s"
      case .waits(let id, let reason): "waits \(id): \(reason)"
      case .groupGone(let group, let waiting):
        "group \(group) gone: \(waiting.map(\.description).joined(separator: " "))"
      case .spaceShort: "space short"
      case .spaceBack: "space back"
      case .notShared(let id, _): "not shared \(id)"
      case .expired(let title): "expired \(title)"
      case .ordered(let id, let given, _): "ordered \(id): \(given.text)"
      case .removed(let id): "removed \(id)"
      case .rejectionRemoved(let id): "removed the rejected \(id)"
      case .orderIgnored(let answer): "\(answer.kind.rawValue) \(answer.name)"
      }
    state.withLock { $0.append(line) }
  }
}

private final class TestClock: Sendable {
  private let state = Mutex(0.0)
  private let jumps = Mutex(0.0)
  var now: Double { state.withLock { $0 } }
  var jumped: Double { jumps.withLock { $0 } }
  func jump(_ seconds: Double) { jumps.withLock { $0 += seconds } }
  func advance(_ seconds: Double) { state.withLock { $0 += seconds } }
}

/// Steps of the daemon's loop that wait until the inspections they start have ended.
extension JobQueue {
  /// Does the inspections of this queue as long as it exists.
  nonisolated func doInspections(_ inspect: @escaping @Sendable (Inspection) async -> Inspection.Finding) {
    Task { [inspections, weak self] in
      for await batch in inspections {
        var findings: [Inspection.Finding] = []
        for inspection in batch { findings.append(await inspect(inspection)) }
        try? await self?.inspected(batch, findings)
      }
    }
  }

  /// Takes a file that was moved in.
  func take(_ name: String) throws { try take([Arrival(name: name, occasion: .complete)]) }

  /// Examines a name that has just appeared.
  func appeared(_ name: String) throws { try take([Arrival(name: name, occasion: .appeared)]) }

  func recoverSettled() async throws {
    defer { assertSound() }
    try recover()
    await settled()
  }

  func takeSettled(_ name: String) async throws {
    try take(name)
    await settled()
    assertSound()
  }

  func scanSettled() async throws {
    try scan()
    while isScanning { try scanOn() }
    await settled()
    assertSound()
  }

  func resumeAcceptancesSettled() async throws {
    try resumeAcceptances()
    await settled()
    assertSound()
  }

  func lookAgainSettled() async throws -> Bool {
    let isWaiting = try lookAgain()
    await settled()
    assertSound()
    return isWaiting
  }

  func takeOrdersSettled() async throws -> [(order: SpoolOrder, id: JobIdentifier)] {
    let toRunning = try takeOrders()
    await settled()
    assertSound()
    return toRunning
  }

  func startNextSettled() async throws -> StartedJob? {
    while true {
      if let started = try startNext() { return started }
      guard !isSettled else { return nil }
      await settled()
      assertSound()
    }
  }

  private func assertSound() { #expect(contradictions.isEmpty) }
}
