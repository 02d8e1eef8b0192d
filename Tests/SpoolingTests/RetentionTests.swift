import DurableFiles
import Foundation
import Glibc
import Spooling
import Testing

@Suite("Retention and ownership of results")
struct RetentionTests {
  private static let day = 86_400.0

  /// A spool with three finished jobs, a rejected file and a job that waits for the second.
  private func spool() async throws -> TestSpool {
    let spool = TestSpool(maximumRunning: 3)
    try await spool.queue.recoverSettled()
    for name in ["a", "b", "c"] {
      try spool.drop("\(name).yaml")
      try await spool.queue.takeSettled("\(name).yaml")
      let started = try await spool.queue.startNextSettled()
      let id = try #require(started).id
      try FileSystem().makeFolder("\(spool.layout.folder(id, in: .running))/result")
      try await spool.queue.ended(id, .finished)
    }
    try spool.drop("bad.yaml", "nonsense: 1\n")
    try await spool.queue.takeSettled("bad.yaml")
    try spool.drop("d.yaml", TestSpool.job + "job: {after: [b], not_before: 2100-01-01T00:00:00Z}\n")
    try await spool.queue.takeSettled("d.yaml")
    return spool
  }

  private func age(_ path: String, days: Double, in spool: TestSpool) throws {
    let seconds = 1_000_000 - days * Self.day
    try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSince1970: seconds)], ofItemAtPath: path)
  }

  @Test("an entry that cannot be removed does not keep the others")
  func stuck() async throws {
    let spool = try await spool()
    let layout = spool.layout
    try FileSystem().makeFolder("\(layout.results)/.expired-000000-old")
    try FileSystem().write([], to: "\(layout.results)/.expired-000000-old/file")
    try age("\(layout.results)/000001-a", days: 9, in: spool)
    let failing = FileSystem { call in call.path.contains(".expired-000000-old") ? EACCES : nil }
    let queue = JobQueue(
      SpoolDirectory(layout, fileSystem: failing), limits: QueueLimits(maximumRunning: 1), secondsNow: { 0 },
      wallSeconds: { 1_000_000 }, onEvent: { _ in })
    await #expect(throws: FileSystemError.self) {
      try await queue.removeExpired(Retention(resultsSeconds: 7 * Self.day, historySeconds: 7 * Self.day))
    }
    #expect(try FileSystem().list(layout.results) == [".expired-000000-old", "000002-b", "000003-c"])
  }

  @Test("old results and history are removed; younger ones and those that jobs wait for stay")
  func expiry() async throws {
    let spool = try await spool()
    let layout = spool.layout
    let (a, b, c) = ("000001-a", "000002-b", "000003-c")
    for id in [a, b, c] {
      try age("\(layout.results)/\(id)", days: id == c ? 1 : 9, in: spool)
      try age("\(layout.folder(.finished))/\(id)", days: id == c ? 1 : 9, in: spool)
    }
    for name in try FileSystem().list(layout.rejected) { try age("\(layout.rejected)/\(name)", days: 20, in: spool) }
    try FileSystem().makeFolder("\(layout.results)/.expired-000000-old")
    try await spool.queue.removeExpired(Retention(resultsSeconds: 7 * Self.day))
    #expect(try FileSystem().list(layout.results) == [b, c])
    #expect(try FileSystem().list(layout.folder(.finished)) == [a, b, c])
    try await spool.queue.removeExpired(Retention(historySeconds: 7 * Self.day))
    #expect(try FileSystem().list(layout.folder(.finished)) == [b, c])
    #expect(try FileSystem().list(layout.rejected).isEmpty)
    #expect(try FileSystem().list(layout.results) == [b, c])
    let expired = spool.events.filter { $0.hasPrefix("expired") }
    #expect(
      expired == [
        "expired result of 000001-a", "expired job 000001-a, finished", "expired rejected 'bad.why'",
        "expired rejected 'bad.yaml'",
      ])
  }

  @Test("setting the clock forward by years removes nothing; after setting it back, removal continues")
  func clock() async throws {
    let spool = try await spool()
    for name in ["000001-a", "000002-b"] { try age("\(spool.layout.results)/\(name)", days: 1, in: spool) }
    let retention = Retention(resultsSeconds: 7 * Self.day, historySeconds: 7 * Self.day)
    spool.setClock(by: 1000 * Self.day)
    try await spool.queue.removeExpired(retention)
    #expect(try spool.listing().results.count == 3)
    spool.setClock(by: -1000 * Self.day)
    try age("\(spool.layout.results)/000001-a", days: 8, in: spool)
    try await spool.queue.removeExpired(retention)
    #expect(try spool.listing().results.count == 2)
  }

  @Test("the highest number stays, so that no number is used twice; without limits nothing is removed")
  func numbers() async throws {
    let spool = TestSpool()
    try await spool.queue.recoverSettled()
    try spool.drop("a.yaml")
    try await spool.queue.takeSettled("a.yaml")
    _ = try await spool.queue.startNextSettled()
    try await spool.queue.ended(JobIdentifier(number: 1, name: "a"), .failed(reason: "test"))
    try age("\(spool.layout.folder(.failed))/000001-a", days: 900, in: spool)
    try await spool.queue.removeExpired(Retention())
    try await spool.queue.removeExpired(Retention(resultsSeconds: 1, historySeconds: 1))
    #expect(try FileSystem().list(spool.layout.folder(.failed)) == ["000001-a"])
  }
}
