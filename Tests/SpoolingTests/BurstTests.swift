import DurableFiles
import Foundation
import Glibc
import Spooling
import Synchronization
import Testing

/// Many files at once: they are accepted together, and each is as durable as a single one.
@Suite("Bursts of files")
struct BurstTests {
  /// The calls that change the disk, and the accepted jobs between them.
  private final class Record: Sendable {
    enum Entry: Sendable, Equatable {
      case call(FileSystem.Call)
      case accepted(JobIdentifier)
    }

    private let state = Mutex<[Entry]>([])
    private let failing: @Sendable (FileSystem.Call) -> Bool
    var entries: [Entry] { state.withLock { $0 } }

    init(failing: @escaping @Sendable (FileSystem.Call) -> Bool = { _ in false }) { self.failing = failing }

    var fileSystem: FileSystem {
      FileSystem { call in
        self.state.withLock { $0.append(.call(call)) }
        return self.failing(call) ? EIO : nil
      }
    }

    func note(_ event: SpoolEvent) {
      if case .accepted(let id, _) = event { state.withLock { $0.append(.accepted(id)) } }
    }
  }

  private let layout = SpoolLayout(root: NSTemporaryDirectory() + "burst-\(UUID().uuidString)")

  private func queue(_ record: Record, _ limits: QueueLimits = QueueLimits(maximumRunning: 1)) async throws -> JobQueue
  {
    let directory = SpoolDirectory(layout, fileSystem: record.fileSystem)
    let queue = JobQueue(
      directory, limits: limits, secondsNow: { 0 }, wallSeconds: { 0 }, onEvent: record.note)
    queue.doInspections(TestInspector(directory, inputs: { _ in "[]" }).inspect)
    try await queue.recoverSettled()
    return queue
  }

  /// Drops files and takes them at once.
  private func drop(_ count: Int, _ queue: JobQueue) async throws {
    let names = (0..<count).map { "j\($0).yaml" }
    for name in names {
      try FileSystem().write(TestSpool.job.utf8, to: "\(layout.incoming)/\(name)", isDurable: false)
    }
    try await queue.take(names.map { JobQueue.Arrival(name: $0, occasion: .complete) })
    await queue.settled()
  }

  private func names(_ state: JobState) throws -> [String] {
    (try SpoolListing.read(layout, fileSystem: FileSystem()).jobs[state] ?? []).map(\.name)
  }

  @Test("the folders that jobs share are synced once for many, and before any of them is reported as accepted")
  func groups() async throws {
    defer { try? FileSystem().removeTree(layout.root) }
    let record = Record()
    try await drop(300, queue(record))
    let entries = record.entries
    #expect(try names(.queued).count == 300)
    func isSync(_ entry: Record.Entry, _ path: String) -> Bool {
      if case .call(let call) = entry { call.operation == .fsync && call.path == path } else { false }
    }
    for folder in [layout.folder(.queued), layout.incoming] {
      // One for the first file, which is alone, and one for each batch.
      let count = entries.count { isSync($0, folder) }
      #expect((1...10).contains(count), "\(folder): \(count)")
    }
    for (index, entry) in entries.enumerated() {
      guard case .accepted(let id) = entry else { continue }
      let claim = layout.claim(id)
      let visible = try #require(
        entries[..<index].lastIndex { other in
          if case .call(let call) = other { call.operation == .rename && call.path == claim } else { false }
        })
      for folder in [layout.folder(.queued), layout.incoming] {
        #expect(entries[visible..<index].contains { isSync($0, folder) }, "\(id) before \(folder) is synced")
      }
      // The files have their names before their folder is synced, and are synced before they have them.
      let synced = try #require(entries[..<visible].lastIndex { isSync($0, claim) })
      for file in ["job.yaml", "submitter.json", "inputs.json"] {
        let named = try #require(
          entries[..<synced].lastIndex { other in
            if case .call(let call) = other { call.target == "\(claim)/\(file)" } else { false }
          }, "\(id): \(file) has no name when its folder is synced")
        guard case .call(let rename) = entries[named] else { continue }
        #expect(entries[..<named].contains { isSync($0, rename.path) }, "\(id): \(file) is not synced")
      }
    }
    #expect(entries.count { if case .accepted = $0 { true } else { false } } == 300)
  }

  @Test("a job whose files cannot be written does not keep the others of its batch, and is accepted later")
  func oneFailure() async throws {
    defer { try? FileSystem().removeTree(layout.root) }
    let isBroken = Mutex(true)
    let bad = layout.claim(JobIdentifier(number: 17, name: "j16"))
    let record = Record { call in
      call.operation == .fsync && call.path.hasPrefix(bad) && isBroken.withLock { $0 }
    }
    let queue = try await queue(record)
    try await drop(60, queue)
    #expect(try names(.queued).count == 59 && !names(.queued).contains("j16"))
    isBroken.withLock { $0 = false }
    try await queue.resumeAcceptancesSettled()
    #expect(try names(.queued).count == 60)
    let accepted = record.entries.count { if case .accepted = $0 { true } else { false } }
    #expect(accepted == 60)
  }

  @Test("if a shared folder cannot be synced, no job of the batch is reported as accepted, and none is lost")
  func sharedFailure() async throws {
    defer { try? FileSystem().removeTree(layout.root) }
    let queued = layout.folder(.queued)
    let isBroken = Mutex(true)
    let record = Record { call in
      call.operation == .fsync && call.path == queued && isBroken.withLock { $0 }
    }
    let queue = try await queue(record)
    try await drop(40, queue)
    #expect(!record.entries.contains { if case .accepted = $0 { true } else { false } })
    isBroken.withLock { $0 = false }
    try await queue.resumeAcceptancesSettled()
    #expect(try names(.queued).count == 40)
    #expect(await queue.queuedCount == 40)
  }

  @Test("the quota counts the jobs that are accepted together")
  func quota() async throws {
    defer { try? FileSystem().removeTree(layout.root) }
    let record = Record()
    let queue = try await queue(record, QueueLimits(maximumRunning: 1, maximumQueuedPerSubmitter: 5))
    try await drop(40, queue)
    #expect(try names(.queued) == (0..<5).map { "j\($0)" })
    #expect(try FileSystem().list(layout.rejected).filter { $0.hasSuffix(".why") }.count == 35)
  }

  @Test("files wait in incoming while many inspections are pending")
  func room() async throws {
    defer { try? FileSystem().removeTree(layout.root) }
    let directory = SpoolDirectory(layout, fileSystem: FileSystem())
    let queue = JobQueue(
      directory, limits: QueueLimits(maximumRunning: 1), secondsNow: { 0 }, wallSeconds: { 0 }, onEvent: { _ in })
    // Nobody does the inspections.
    try await queue.recover()
    #expect(await queue.arrivals.haveRoom)
    for number in 0..<256 {
      try FileSystem().write(TestSpool.job.utf8, to: "\(layout.incoming)/j\(number).yaml", isDurable: false)
      try await queue.take("j\(number).yaml")
    }
    #expect(await !queue.arrivals.haveRoom)
  }
}
