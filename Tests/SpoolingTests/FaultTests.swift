import DurableFiles
import FaultyDisks
import Foundation
import Glibc
import JobFiles
import Spooling
import Synchronization
import Testing

/// Tests in which the n-th call that changes the file system fails, for every n.
///
/// Whatever the moment, no job is lost and none is done twice. SQLite's tests use the same method.
@Suite("Failing system calls")
struct FaultTests {
  /// The published results, counted by their events.
  final class Published: Sendable {
    private let state = Mutex<[JobIdentifier: Int]>([:])
    var counts: [JobIdentifier: Int] { state.withLock { $0 } }
    func note(_ event: SpoolEvent) {
      if case .finished(let id, _) = event { state.withLock { $0[id, default: 0] += 1 } }
    }
  }

  func queue(_ layout: SpoolLayout, _ fileSystem: FileSystem, _ published: Published) -> JobQueue {
    queue(layout, fileSystem, onEvent: published.note)
  }

  func queue(
    _ layout: SpoolLayout, _ fileSystem: FileSystem, resultsGroup: ResultsGroup = .service,
    onEvent: @escaping @Sendable (SpoolEvent) -> Void
  ) -> JobQueue {
    let directory = SpoolDirectory(layout, fileSystem: fileSystem)
    let queue = JobQueue(
      directory, limits: QueueLimits(maximumRunning: 1), resultsGroup: resultsGroup, secondsNow: { 0 },
      // Every file has been unchanged for a while.
      wallSeconds: { Date.now.timeIntervalSince1970 + SettlingFiles.longQuietSeconds }, onEvent: onEvent)
    queue.doInspections(TestInspector(directory, inputs: { _ in "[]" }).inspect)
    return queue
  }

  /// Runs a typical day: two jobs, an invalid file and a file that is no job are dropped, and the jobs run.
  func day(_ queue: JobQueue, _ layout: SpoolLayout, _ fileSystem: FileSystem) async {
    for name in ["a.yaml", "b.yaml", "bad.yaml"] { try? await queue.takeSettled(name) }
    await run(queue, fileSystem)
  }

  /// Runs the waiting jobs as the daemon's loop does, with a scan after each failure.
  func run(_ queue: JobQueue, _ fileSystem: FileSystem) async {
    for _ in 0..<6 {
      try? await queue.retryEndings()
      _ = try? await queue.takeOrdersSettled()
      try? await queue.resumeAcceptancesSettled()
      try? await queue.scanSettled()
      guard let job = try? await queue.startNextSettled() else { continue }
      do {
        try fileSystem.makeFolder("\(job.folder)/result")
        try fileSystem.write("model".utf8, to: "\(job.folder)/result/metrics.json")
        try? await queue.ended(job.id, .finished)
      } catch {
        try? await queue.ended(job.id, .interrupted)
      }
    }
  }

  func drop(_ layout: SpoolLayout) throws {
    for (name, text) in [
      ("a.yaml", TestSpool.job), ("b.yaml", TestSpool.job + "job: {priority: 3}\n"), ("bad.yaml", "nonsense: 1\n"),
      ("notes.txt", "notes"),
    ] { try FileSystem().write(text.utf8, to: "\(layout.incoming)/\(name)") }
  }

  /// Returns the number of calls in a day without failures.
  private func callCount() async throws -> Int {
    let counter = FailingCall()
    let layout = SpoolLayout(root: NSTemporaryDirectory() + "faults-\(UUID().uuidString)")
    defer { try? FileSystem().removeTree(layout.root) }
    try SpoolDirectory(layout, fileSystem: FileSystem()).create()
    try drop(layout)
    let queue = queue(layout, counter.fileSystem, Published())
    try await queue.recoverSettled()
    await day(queue, layout, counter.fileSystem)
    return counter.count
  }

  @Test("every job ends correctly whichever call fails", arguments: FailingCalls.codes, [false, true])
  func everyCall(_ code: Int32, _ daemonEnds: Bool) async throws {
    let calls = try await callCount()
    #expect(calls >= 60)
    for failing in FailingCalls.numbers(of: calls, with: code, isOther: daemonEnds) {
      let layout = SpoolLayout(root: NSTemporaryDirectory() + "faults-\(UUID().uuidString)")
      defer { try? FileSystem().removeTree(layout.root) }
      try SpoolDirectory(layout, fileSystem: FileSystem()).create()
      try drop(layout)
      let faulty = FailingCall(failing, code: code).fileSystem
      let published = Published()
      let first = queue(layout, faulty, published)
      try? await first.recoverSettled()
      await day(first, layout, faulty)
      // The disk works again: the same daemon continues or another one starts.
      let last = daemonEnds ? queue(layout, FileSystem(), published) : first
      if daemonEnds { try await last.recoverSettled() }
      await run(last, daemonEnds ? FileSystem() : faulty)
      let place = "call \(failing), \(String(cString: strerror(code)))"
      try check(layout, published, place)
      // A surviving daemon reports every ending, including one whose last fsync failed.
      #expect(daemonEnds || published.counts.count == 2, "\(place): reported \(published.counts.count)")
    }
  }

  @Test(
    "results and history are removed whichever call fails, and no result is seen half removed",
    arguments: [ENOSPC, EIO])
  func everyCallOfARemoval(_ code: Int32) async throws {
    // More calls than an undisturbed removal makes.
    for failing in 1...30 {
      let layout = SpoolLayout(root: NSTemporaryDirectory() + "faults-\(UUID().uuidString)")
      defer { try? FileSystem().removeTree(layout.root) }
      try SpoolDirectory(layout, fileSystem: FileSystem()).create()
      let files = ["metrics.json", "model/model.deepspool", "report.html"]
      for number in 1...3 {
        let id = JobIdentifier(number: number, name: "a")
        try FileSystem().makeFolder("\(layout.result(id))/model")
        for file in files { try FileSystem().write("x".utf8, to: "\(layout.result(id))/\(file)") }
        try FileSystem().makeFolder(layout.folder(id, in: .finished))
        try FileSystem().write(TestSpool.job.utf8, to: "\(layout.folder(id, in: .finished))/job.yaml")
      }
      let faulty = FailingCall(failing, code: code).fileSystem
      let queue = queue(layout, faulty, Published())
      let place = "call \(failing), \(String(cString: strerror(code)))"
      for _ in 0..<2 {
        try? await queue.removeExpired(Retention(resultsSeconds: 1, historySeconds: 1))
        for id in try SpoolListing.read(layout, fileSystem: FileSystem()).results {
          for file in files { #expect(FileSystem().exists("\(layout.result(id))/\(file)"), "\(place): no \(file)") }
        }
      }
      // The job with the highest number stays.
      #expect(try FileSystem().list(layout.results) == ["000003-a"], "\(place)")
      #expect(try FileSystem().list(layout.folder(.finished)) == ["000003-a"], "\(place)")
    }
  }

  /// Events with the number of calls before each of them.
  private final class Told: Sendable {
    private let state = Mutex<[(event: SpoolEvent, calls: Int)]>([])
    func note(_ event: SpoolEvent, after calls: Int) { state.withLock { $0.append((event, calls)) } }

    func jobs(before call: Int, _ choose: (SpoolEvent) -> JobIdentifier?) -> [JobIdentifier] {
      state.withLock { $0 }.filter { $0.calls <= call }.compactMap { choose($0.event) }
    }
  }

  @Test(
    "after a power failure at any call, no job is lost and no job reported as finished runs again",
    arguments: [true, false])
  func everyPowerLoss(_ isSynced: Bool) async throws {
    let layout = SpoolLayout(root: NSTemporaryDirectory() + "power-\(UUID().uuidString)")
    defer { try? FileSystem().removeTree(layout.root) }
    try SpoolDirectory(layout, fileSystem: FileSystem()).create()
    try drop(layout)
    let disk = try PowerLoss(root: layout.root, isSynced: isSynced)
    let recording = FileSystem { call in
      disk.note(call)
      return nil
    }
    let told = Told()
    let queue = queue(layout, recording) { told.note($0, after: disk.moments.count - 1) }
    try await queue.recoverSettled()
    await day(queue, layout, recording)
    try check(layout, Published(), "without power loss")
    #expect(disk.moments.count >= 50)
    for (call, moment) in disk.moments.enumerated() {
      let after = SpoolLayout(root: layout.root + "-\(call)")
      defer { try? FileSystem().removeTree(after.root) }
      try PowerLoss.restore(moment, to: after.root)
      let published = Published()
      let next = self.queue(after, FileSystem(), published)
      try await next.recoverSettled()
      let left = try SpoolListing.read(after, fileSystem: FileSystem())
      let accepted = told.jobs(before: call) { if case .accepted(let id, _) = $0 { id } else { nil } }
      let toldFinished = told.jobs(before: call) { if case .finished(let id, _) = $0 { id } else { nil } }
      for id in accepted {
        #expect(left.state(of: id) != nil, "call \(call): \(id) was accepted and is lost")
      }
      await run(next, FileSystem())
      if isSynced {
        try check(after, published, "power lost after call \(call)")
      } else {
        // Before acceptance the content of a file is its owner's responsibility; afterwards it must
        // be durable.
        let finished = try SpoolListing.read(after, fileSystem: FileSystem()).jobs[.finished] ?? []
        for id in accepted {
          #expect(finished.contains(id), "call \(call): \(id) was accepted and did not finish")
        }
      }
      let again = published.counts.keys.map(\.name).filter(toldFinished.map(\.name).contains)
      #expect(again.isEmpty, "call \(call): \(again) ran again although they were reported as finished")
    }
  }

  func check(_ layout: SpoolLayout, _ published: Published, _ place: String) throws {
    let fileSystem = FileSystem()
    let listing = try SpoolListing.read(layout, fileSystem: fileSystem)
    let names = (listing.jobs[.finished] ?? []).map(\.name).sorted()
    #expect(names == ["a", "b"], "\(place): finished \(names), \(listing.jobs)")
    #expect(listing.results.map(\.name).sorted() == ["a", "b"], "\(place): results \(listing.results)")
    #expect(listing.claims.isEmpty, "\(place): claims \(listing.claims)")
    #expect(published.counts.values.allSatisfy { $0 == 1 }, "\(place): reported twice")
    for id in listing.results {
      #expect(try fileSystem.list(layout.result(id)).contains("metrics.json"), "\(place): \(id) is incomplete")
    }
    let rejected = try fileSystem.list(layout.rejected)
    // After a power failure between the reason and the move, a second reason has a number.
    for (name, ending) in [("bad", ".why"), ("bad", ".yaml"), ("notes", ".why"), ("notes", ".rejected")] {
      let isThere = rejected.contains { $0.hasPrefix(name) && $0.hasSuffix(ending) }
      #expect(isThere, "\(place): no '\(name)\(ending)' in \(rejected)")
    }
    #expect(try fileSystem.list(layout.incoming).filter { !$0.hasPrefix(".") }.isEmpty, "\(place): left in incoming")
    for state in JobState.allCases where state != .finished {
      #expect(listing.jobs[state]?.isEmpty ?? true, "\(place): \(state.rawValue) \(listing.jobs[state] ?? [])")
    }
  }
}
