import DurableFiles
import Foundation
import Glibc
import Spooling
import Testing

@Suite("Submitters")
struct SubmitterTests {
  /// User and group numbers that no system assigns.
  private static let (alice, lent): (UInt32, UInt32) = (61_030, 61_031)
  private static let isRoot = geteuid() == 0

  /// Makes `alice` the owner of a dropped file, in a group that she is not a member of.
  private func give(_ path: String, mode: UInt32 = 0o640) throws {
    chown(path, Self.alice, Self.lent)
    try FileSystem().setMode(path, mode)
  }

  private func submitter(_ id: JobIdentifier, _ state: JobState, _ spool: TestSpool) throws -> Submitter {
    try spool.directory.submitter(of: id, in: state)
  }

  @Test(
    "the submitter is the owner of the dropped file with the groups of the user database, in every state",
    .enabled(if: isRoot, "needs root"))
  func owner() async throws {
    let spool = TestSpool()
    try await spool.queue.recoverSettled()
    try spool.drop("a.yaml")
    try give("\(spool.layout.incoming)/a.yaml")
    try await spool.queue.takeSettled("a.yaml")
    let id = JobIdentifier(number: 1, name: "a")
    let expected = Submitter(userID: Self.alice)
    #expect(try submitter(id, .queued, spool) == expected)
    let stored = try FileSystem().read("\(spool.layout.folder(id, in: .queued))/submitter.json", limit: 1 << 10)
    #expect(String(decoding: stored, as: UTF8.self) == "{\"uid\": 61030, \"user\": null, \"groups\": []}\n")
    let started = try #require(try await spool.queue.startNextSettled())
    #expect(started.submitter == expected)
    try await spool.queue.ended(id, .failed(reason: "test"))
    #expect(try submitter(id, .failed, spool) == expected)
    // Names mean one's own jobs; the identifier means the job of any user.
    try spool.order(.retry, "\(id)")
    _ = try await spool.queue.takeOrdersSettled()
    #expect(try #require(try await spool.queue.startNextSettled()).submitter == expected)
  }

  @Test("with results_group: submitter, nobody else reads a folder of the job", .enabled(if: isRoot, "needs root"))
  func privacy() async throws {
    let spool = TestSpool(QueueLimits(maximumRunning: 1), resultsGroup: .submitter)
    try await spool.queue.recoverSettled()
    try spool.drop("a.yaml")
    try give("\(spool.layout.incoming)/a.yaml")
    try await spool.queue.takeSettled("a.yaml")
    let id = JobIdentifier(number: 1, name: "a")
    func check(_ folder: String, _ names: [String]) throws {
      let real = try #require(Paths.resolved(folder))
      for (userID, mayRead) in [(Self.alice, true), (Self.lent, false)] {
        // A member of the service's group.
        let user = UserAccess(userID: userID, groupIDs: [getegid()])
        let opener = FileOpener.user(user, below: real)
        for name in names { #expect(opener.finds("\(real)/\(name)") == mayRead, "\(name) by \(userID)") }
      }
    }
    try check(spool.layout.folder(id, in: .queued), ["", "job.yaml", "submitter.json"])
    let started = try #require(try await spool.queue.startNextSettled())
    for name in ["result/model", "checkpoint"] { try FileSystem().makeFolder("\(started.folder)/\(name)") }
    for name in ["result/model/x", "checkpoint/y", "report.html"] {
      try FileSystem().write([1], to: "\(started.folder)/\(name)")
    }
    try check(started.folder, ["checkpoint/y", "report.html", "result/model/x", "job.yaml"])
    try await spool.queue.ended(id, .finished)
    try check(spool.layout.folder(id, in: .finished), ["", "report.html", "job.yaml"])
    try check(spool.layout.result(id), ["", "model", "model/x"])
    #expect(spool.events == ["accepted 000001-a", "started 000001-a", "finished 000001-a"])
  }

  @Test("a user of the database has a name and groups; files of root run as the service unless configured")
  func names() throws {
    #expect(Submitter(ownerID: 1, root: .service) == Submitter(userID: 1, userName: "daemon", groupIDs: [1]))
    #expect(Submitter(ownerID: 0, root: .service).userID == geteuid())
    #expect(Submitter(ownerID: 0, root: .root) == Submitter(userID: 0, userName: "root", groupIDs: [0]))
    #expect(Submitter(ownerID: Self.alice, root: .service).title == "uid 61030")
  }

  @Test("a job runs from a copy: changes through a descriptor that stays open have no effect")
  func copy() async throws {
    let spool = TestSpool()
    try await spool.queue.recoverSettled()
    try spool.drop("a.yaml")
    let path = "\(spool.layout.incoming)/a.yaml"
    let descriptor = open(path, O_WRONLY)
    defer { close(descriptor) }
    try await spool.queue.takeSettled("a.yaml")
    #expect(pwrite(descriptor, "epochs: 77\n", 11, 0) == 11)
    let started = try #require(try await spool.queue.startNextSettled())
    #expect(started.jobText == Array(TestSpool.job.utf8))
    #expect(try FileSystem().list(started.folder) == ["inputs.json", "job.yaml", "run_time", "submitter.json"])
    let copy = try FileSystem().status("\(started.folder)/job.yaml")
    #expect(copy.ownerID == geteuid() && copy.mode == 0o640)
  }

  @Test(
    "a file that others may write to is rejected",
    arguments: [(0o666, "chmod o-w"), (0o642, "chmod o-w"), (0o660, "chmod g-w"), (0o664, "chmod g-w")]
      as [(UInt32, String)])
  func writable(mode: UInt32, advice: String) async throws {
    let spool = TestSpool()
    try await spool.queue.recoverSettled()
    try spool.drop("a.yaml")
    if Self.isRoot {
      try give("\(spool.layout.incoming)/a.yaml", mode: mode)
    } else {
      // A group that is not the user's own.
      try FileSystem().setMode("\(spool.layout.incoming)/a.yaml", mode | 0o002)
    }
    try await spool.queue.takeSettled("a.yaml")
    #expect(spool.events == ["rejected a.yaml"])
    #expect(try spool.why("a").contains(Self.isRoot ? advice : "chmod o-w"))
    #expect(try FileSystem().list(spool.layout.rejected) == ["a.why", "a.yaml"])
  }

  @Test("a group-writable file is accepted if the group is the owner's own", .enabled(if: isRoot, "needs root"))
  func ownGroup() async throws {
    let spool = TestSpool()
    try await spool.queue.recoverSettled()
    try spool.drop("a.yaml")
    // Every system has the user daemon (1), in the group of the same number and name.
    chown("\(spool.layout.incoming)/a.yaml", 1, 1)
    try FileSystem().setMode("\(spool.layout.incoming)/a.yaml", 0o660)
    try await spool.queue.takeSettled("a.yaml")
    #expect(spool.events == ["accepted 000001-a"])
  }

  @Test("a file with a second name waits a minute for that name to go, then it is rejected", arguments: [true, false])
  func linked(goes: Bool) async throws {
    let spool = TestSpool()
    try await spool.queue.recoverSettled()
    try spool.drop("a.yaml")
    let other = "\(spool.layout.root)/other"
    #expect(link("\(spool.layout.incoming)/a.yaml", other) == 0)
    try await spool.queue.takeSettled("a.yaml")
    #expect(spool.events.count == 1)
    #expect(spool.events[0].hasPrefix("waits 000001-a: waits for a file: the file has 2 names"))
    spool.advance(59)
    _ = try await spool.queue.lookAgainSettled()
    #expect(spool.events.count == 1)
    if goes { unlink(other) }
    for _ in 0..<InspectionLine.linkPauses.count {
      spool.advance(30)
      _ = try await spool.queue.lookAgainSettled()
    }
    #expect(spool.events.dropFirst() == [goes ? "accepted 000001-a" : "rejected a.yaml"])
    if !goes { #expect(try spool.why("a").contains("hard links")) }
    #expect(InspectionLine.linkPauses.reduce(0, +) == 60)
  }

  @Test(
    "a job of an earlier version belongs to the owner of its file; a damaged submitter.json gives no rights",
    .enabled(if: isRoot, "needs root"))
  func earlier() async throws {
    let spool = TestSpool()
    try spool.directory.create()
    for (number, name) in ["old", "damaged"].enumerated() {
      let folder = spool.layout.folder(JobIdentifier(number: number + 1, name: name), in: .queued)
      try FileSystem().makeFolder(folder)
      try FileSystem().write(TestSpool.job.utf8, to: "\(folder)/job.yaml")
      try give("\(folder)/job.yaml")
      if name == "damaged" { try FileSystem().write("{\"user\": \"root\"}".utf8, to: "\(folder)/submitter.json") }
    }
    try await spool.queue.recoverSettled()
    #expect(spool.events == ["rejected damaged.yaml"])
    #expect(try #require(try await spool.queue.startNextSettled()).submitter == Submitter(userID: Self.alice))
  }

  @Test(
    "an acceptance that was interrupted after the copy keeps the submitter of the dropped file",
    .enabled(if: isRoot, "needs root"))
  func interrupted() async throws {
    let spool = TestSpool()
    try spool.directory.create()
    let id = JobIdentifier(number: 1, name: "a")
    let claim = spool.layout.claim(id)
    try FileSystem().makeFolder(claim)
    try FileSystem().write(TestSpool.job.utf8, to: "\(claim)/job.yaml")
    let stored = "{\"uid\": 61030, \"user\": \"x: \\\"y\\\"\", \"groups\": [7, 8]}"
    try FileSystem().write(stored.utf8, to: "\(claim)/submitter.json")
    try await spool.queue.recoverSettled()
    #expect(
      try submitter(id, .queued, spool) == Submitter(userID: Self.alice, userName: "x: \"y\"", groupIDs: [7, 8]))
    #expect(spool.events == ["accepted 000001-a"])
  }
}
