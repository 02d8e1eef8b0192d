import DurableFiles
import FaultyDisks
import Foundation
import Glibc
import JobFiles
import Spooling
import Testing

/// Failing calls while orders are carried out.
extension FaultTests {
  @Test("orders are carried out whichever call fails, and never on another job", arguments: [ENOSPC, EIO])
  func everyCallOfAnOrder(_ code: Int32) async throws {
    // Far more calls than an undisturbed run makes; a number beyond its end fails nothing.
    for failing in 1...60 {
      let layout = SpoolLayout(root: NSTemporaryDirectory() + "faults-\(UUID().uuidString)")
      defer { try? FileSystem().removeTree(layout.root) }
      try SpoolDirectory(layout, fileSystem: FileSystem()).create()
      let faulty = FailingCall(failing, code: code).fileSystem
      let queue = queue(layout, faulty, Published())
      try? await queue.recoverSettled()
      for name in ["held.yaml", "cancelled.yaml"] {
        let text = TestSpool.job + "job: {not_before: 2035-01-01T00:00:00Z}\n"
        try FileSystem().write(text.utf8, to: "\(layout.incoming)/\(name)")
      }
      await run(queue, faulty)
      try FileSystem().write([], to: "\(layout.orders(.hold))/held")
      try FileSystem().write([], to: "\(layout.orders(.cancel))/cancelled")
      await run(queue, faulty)
      let listing = try SpoolListing.read(layout, fileSystem: FileSystem())
      let place = "call \(failing), \(String(cString: strerror(code)))"
      #expect((listing.jobs[.held] ?? []).map(\.name) == ["held"], "\(place): \(listing.jobs)")
      #expect((listing.jobs[.cancelled] ?? []).map(\.name) == ["cancelled"], "\(place): \(listing.jobs)")
      #expect(listing.rejected.isEmpty, "\(place): rejected \(listing.rejected)")
      for order in [SpoolOrder.hold, .cancel] {
        #expect(try FileSystem().list(layout.orders(order)).isEmpty, "\(place): the order to \(order) remains")
      }
      // The queue in memory has no jobs left either.
      #expect(await queue.queuedCount == 0, "\(place): still queued")
    }
  }

  @Test("each of several orders applies to a file in incoming that the first of them finds and takes")
  func fileOfSeveralOrders() async throws {
    let layout = SpoolLayout(root: NSTemporaryDirectory() + "faults-\(UUID().uuidString)")
    defer { try? FileSystem().removeTree(layout.root) }
    try SpoolDirectory(layout, fileSystem: FileSystem()).create()
    let queue = queue(layout, FileSystem(), Published())
    try await queue.recoverSettled()
    let text = TestSpool.job + "job: {not_before: 2035-01-01T00:00:00Z}\n"
    try FileSystem().write(text.utf8, to: "\(layout.incoming)/a.yaml")
    for order in [SpoolOrder.cancel, .retry] { try FileSystem().write([], to: "\(layout.orders(order))/a") }
    await run(queue, FileSystem())
    let listing = try SpoolListing.read(layout, fileSystem: FileSystem())
    #expect((listing.jobs[.queued] ?? []).map(\.name) == ["a"], "\(listing.jobs)")
    for order in [SpoolOrder.cancel, .retry] { #expect(try FileSystem().list(layout.orders(order)).isEmpty) }
  }

  @Test(
    "priority, removal, reruns and refusals happen once and to the right job, whichever call fails",
    .enabled(if: geteuid() == 0, "needs root"), arguments: FailingCalls.codes, [false, true])
  func everyCallOfJobOrders(_ code: Int32, _ daemonEnds: Bool) async throws {
    // Far more calls than an undisturbed run makes; a number beyond its end fails nothing.
    for failing in FailingCalls.numbers(of: 120, with: code, isOther: daemonEnds) {
      let layout = SpoolLayout(root: NSTemporaryDirectory() + "faults-\(UUID().uuidString)")
      defer { try? FileSystem().removeTree(layout.root) }
      try SpoolDirectory(layout, fileSystem: FileSystem()).create()
      let waits = TestSpool.job + "job: {not_before: 2035-01-01T00:00:00Z}\n"
      for name in ["again", "gone", "other", "raised"] {
        let text = ["raised", "other"].contains(name) ? waits : TestSpool.job
        try FileSystem().write(text.utf8, to: "\(layout.incoming)/\(name).yaml")
      }
      let prepared = self.queue(layout, FileSystem(), Published())
      try await prepared.recoverSettled()
      await run(prepared, FileSystem())
      let faulty = FailingCall(failing, code: code).fileSystem
      var queue = self.queue(layout, faulty, Published())
      // A daemon that cannot start is started again.
      if (try? await queue.recoverSettled()) == nil { try await queue.recoverSettled() }
      for (order, name, text) in [
        (SpoolOrder.priority, "raised", "7"), (.remove, "gone", ""), (.rerun, "again", ""), (.cancel, "3", ""),
      ] {
        let path = "\(layout.root)/.order"
        try FileSystem().write(text.utf8, to: path, mode: 0o644)
        // The last order is another user's.
        if order == .cancel { chown(path, 61_003, 61_003) }
        try FileSystem().rename(path, to: "\(layout.orders(order))/\(name)")
      }
      _ = try? await queue.takeOrdersSettled()
      if daemonEnds {
        queue = self.queue(layout, FileSystem(), Published())
        try await queue.recoverSettled()
      }
      await run(queue, daemonEnds ? FileSystem() : faulty)
      try await queue.removeExpired(Retention(resultsSeconds: 1e12))
      let place = "call \(failing), \(String(cString: strerror(code)))"
      let listing = try SpoolListing.read(layout, fileSystem: FileSystem())
      let finished = (listing.jobs[.finished] ?? []).map(\.description)
      #expect(finished.count == 2 && finished.allSatisfy { $0.hasSuffix("-again") }, "\(place): \(finished)")
      #expect(listing.results.map(\.description) == finished, "\(place): results \(listing.results)")
      #expect((listing.jobs[.queued] ?? []).map(\.name) == ["other", "raised"], "\(place): \(listing.jobs)")
      #expect(listing.claims.isEmpty && listing.rejected.isEmpty, "\(place): \(listing.claims) \(listing.rejected)")
      let raised = SpoolDirectory(layout, fileSystem: FileSystem())
        .orderedPriority(of: JobIdentifier(number: 4, name: "raised"), in: .queued)
      #expect(raised == OrderedPriority(7, isByOperator: false), "\(place): \(raised.map { "\($0)" } ?? "no priority")")
      for order in SpoolOrder.allCases {
        #expect(try FileSystem().list(layout.orders(order)).isEmpty, "\(place): \(order) remains")
      }
      for folder in [layout.results, layout.folder(.finished), layout.folder(.queued)] {
        let hidden = try FileSystem().list(folder).filter { $0.hasPrefix(".") }
        #expect(hidden.isEmpty, "\(place): \(hidden)")
      }
      #expect(await queue.contradictions.isEmpty)
    }
  }
}
