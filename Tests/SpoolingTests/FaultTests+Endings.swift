import DurableFiles
import FaultyDisks
import Foundation
import Glibc
import Spooling
import Testing

/// Failing calls while jobs end in every way, and while the folders of jobs become private.
extension FaultTests {
  /// The endings of a job, with its state afterwards, if it may run again and then finishes; nil for a rejection.
  private static let endings: [(ending: JobQueue.Ending, state: JobState?)] = [
    (.putOff(reason: "no process"), .queued), (.crashed(reason: "a fault"), .finished),
    (.killed(reason: "a kill"), .finished), (.interrupted, .finished), (.failed(reason: "bad"), .failed),
    (.cancelled(reason: "enough"), .cancelled), (.rejected(reason: "unfit"), nil),
  ]

  @Test(
    "a job that could not be started, crashed, was killed, failed, was cancelled or rejected ends in one state, whichever call fails",
    arguments: FailingCalls.codes, [false, true])
  func everyCallOfAnEnding(_ code: Int32, _ daemonEnds: Bool) async throws {
    for (ending, state) in Self.endings {
      let counter = FailingCall()
      _ = try await end(ending, counter, code: code, daemonEnds: false)
      #expect(counter.count >= 4)
      for failing in FailingCalls.numbers(of: counter.count, with: code, isOther: daemonEnds) {
        let place = "\(ending), call \(failing), \(String(cString: strerror(code)))"
        let listing = try await end(ending, FailingCall(failing, code: code), code: code, daemonEnds: daemonEnds)
        let found = listing.jobs.flatMap { state, ids in ids.map { _ in state } }
        // A reason that was written before the daemon died may stay beside the job, which runs again.
        let isRejected = found.isEmpty && listing.rejected == ["a"]
        #expect(found.count + (isRejected ? 1 : 0) == 1, "\(place): \(found), rejected \(listing.rejected)")
        // An ending that died with its daemon is repeated; an order to cancel survives.
        let isForgotten = daemonEnds && found == [.finished]
        #expect(found.first == state || isForgotten && state != .cancelled, "\(place): \(found)")
        #expect(listing.results.isEmpty == (found != [.finished]), "\(place): \(listing.results)")
      }
    }
  }

  /// Starts a job, ends it and runs what may run; returns what is left.
  private func end(
    _ ending: JobQueue.Ending, _ calls: FailingCall, code: Int32, daemonEnds: Bool
  ) async throws -> SpoolListing {
    let layout = SpoolLayout(root: NSTemporaryDirectory() + "faults-\(UUID().uuidString)")
    defer { try? FileSystem().removeTree(layout.root) }
    try SpoolDirectory(layout, fileSystem: FileSystem()).create()
    try FileSystem().write(TestSpool.job.utf8, to: "\(layout.incoming)/a.yaml")
    let prepared = queue(layout, FileSystem(), Published())
    try await prepared.recoverSettled()
    try await prepared.takeSettled("a.yaml")
    let (faulty, published) = (calls.fileSystem, Published())
    var queue = queue(layout, faulty, published)
    if (try? await queue.recoverSettled()) == nil { try await queue.recoverSettled() }
    var started: JobQueue.StartedJob?
    for _ in 0..<2 where started == nil { started = try? await queue.startNextSettled() }
    let job = try #require(started)
    if case .cancelled = ending {
      try FileSystem().write([], to: "\(layout.orders(.cancel))/a")
      _ = try? await queue.takeOrdersSettled()
    }
    try? await queue.ended(job.id, ending)
    if daemonEnds {
      queue = self.queue(layout, FileSystem(), published)
      try await queue.recoverSettled()
    }
    await run(queue, daemonEnds ? FileSystem() : faulty)
    #expect(await queue.contradictions.isEmpty)
    #expect(published.counts.values.allSatisfy { $0 == 1 })
    #expect(try FileSystem().list(layout.orders(.cancel)).isEmpty, "the order to cancel remains")
    return try SpoolListing.read(layout, fileSystem: FileSystem())
  }

  @Test(
    "with results_group: submitter every job ends correctly, and nobody else can enter its folders, whichever call fails",
    arguments: FailingCalls.codes, [false, true])
  func everyCallOfPrivacy(_ code: Int32, _ daemonEnds: Bool) async throws {
    let counter = FailingCall()
    try await privateDay(counter, "undisturbed", daemonEnds: false)
    for failing in FailingCalls.numbers(of: counter.count, with: code, isOther: daemonEnds) {
      let place = "call \(failing), \(String(cString: strerror(code)))"
      try await privateDay(FailingCall(failing, code: code), place, daemonEnds: daemonEnds)
    }
  }

  private func privateDay(_ calls: FailingCall, _ place: String, daemonEnds: Bool) async throws {
    let layout = SpoolLayout(root: NSTemporaryDirectory() + "faults-\(UUID().uuidString)")
    defer { try? FileSystem().removeTree(layout.root) }
    try SpoolDirectory(layout, fileSystem: FileSystem()).create()
    try drop(layout)
    let published = Published()
    let first = queue(layout, calls.fileSystem, resultsGroup: .submitter, onEvent: published.note)
    try? await first.recoverSettled()
    await day(first, layout, calls.fileSystem)
    let last =
      daemonEnds ? queue(layout, FileSystem(), resultsGroup: .submitter, onEvent: published.note) : first
    if daemonEnds { try await last.recoverSettled() }
    await run(last, daemonEnds ? FileSystem() : calls.fileSystem)
    try check(layout, published, place)
    for id in try SpoolListing.read(layout, fileSystem: FileSystem()).results {
      for folder in [layout.result(id), layout.folder(id, in: .finished)] {
        let mode = try FileSystem().status(folder).mode
        #expect(mode & 0o077 == 0, "\(place): \(folder) has mode \(String(mode, radix: 8))")
      }
    }
  }

  @Test(
    "jobs are retried and released whichever call fails", arguments: FailingCalls.codes, [false, true])
  func everyCallOfARetry(_ code: Int32, _ daemonEnds: Bool) async throws {
    let counter = FailingCall()
    try await retry(counter, "undisturbed", daemonEnds: false)
    #expect(counter.count >= 10)
    for failing in FailingCalls.numbers(of: counter.count, with: code, isOther: daemonEnds) {
      let place = "call \(failing), \(String(cString: strerror(code)))"
      try await retry(FailingCall(failing, code: code), place, daemonEnds: daemonEnds)
    }
  }

  private func retry(_ calls: FailingCall, _ place: String, daemonEnds: Bool) async throws {
    let layout = SpoolLayout(root: NSTemporaryDirectory() + "faults-\(UUID().uuidString)")
    defer { try? FileSystem().removeTree(layout.root) }
    try SpoolDirectory(layout, fileSystem: FileSystem()).create()
    let prepared = queue(layout, FileSystem(), Published())
    try await prepared.recoverSettled()
    for (name, order) in [("again", SpoolOrder.cancel), ("kept", .hold)] {
      let text = TestSpool.job + "job: {not_before: 2035-01-01T00:00:00Z}\n"
      try FileSystem().write(text.utf8, to: "\(layout.incoming)/\(name).yaml")
      try FileSystem().write([], to: "\(layout.orders(order))/\(name)")
    }
    await run(prepared, FileSystem())
    #expect(try SpoolListing.read(layout, fileSystem: FileSystem()).jobs[.queued] == [])
    var queue = queue(layout, calls.fileSystem, Published())
    if (try? await queue.recoverSettled()) == nil { try await queue.recoverSettled() }
    try FileSystem().write([], to: "\(layout.orders(.retry))/again")
    try FileSystem().write([], to: "\(layout.orders(.release))/kept")
    _ = try? await queue.takeOrdersSettled()
    if daemonEnds {
      queue = self.queue(layout, FileSystem(), Published())
      try await queue.recoverSettled()
    }
    await run(queue, daemonEnds ? FileSystem() : calls.fileSystem)
    let listing = try SpoolListing.read(layout, fileSystem: FileSystem())
    #expect((listing.jobs[.queued] ?? []).map(\.name) == ["again", "kept"], "\(place): \(listing.jobs)")
    for order in [SpoolOrder.retry, .release] {
      #expect(try FileSystem().list(layout.orders(order)).isEmpty, "\(place): the order to \(order) remains")
    }
    #expect(!FileSystem().exists("\(layout.folder(.queued))/000001-again/\(JobFolderLayout.reasonFile)"), "\(place)")
    #expect(await queue.queuedCount == 2, "\(place)")
    #expect(await queue.contradictions.isEmpty)
  }
}
