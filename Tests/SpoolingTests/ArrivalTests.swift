import DurableFiles
import Foundation
import Glibc
import Spooling
import Testing

/// Tests of names and files as editors, download tools and copying programs leave them in `incoming`.
@Suite("Arrivals")
struct ArrivalTests {
  @Test(
    "files of editors and download tools are temporary",
    arguments: [
      ".a.yaml", ".a.yaml.swp", ".goutputstream-8UXD71", ".~lock.a.yaml#", ".#a.yaml", ".a.yaml.Xb3f9Q", "#a.yaml#",
      "a.yaml~", "a.yaml.~1~", "4913", "a.yaml.part", "a.yaml.PART", "a.yaml.crdownload", "a.yaml.filepart",
      "a.yaml.tmp", "a.yaml.download", "a.yaml.partial", "a.yaml.bak", "a.yaml.swp", "~$a.yaml",
      "~syncthing~a.yaml.tmp", "a.yaml___jb_tmp___", "a.yaml.sb-1f2e3d-AbCdEf", "#a#", ".yaml",
    ])
  func temporary(_ name: String) { #expect(IncomingName(name) == .temporary) }

  @Test(
    "job files are known by their extension", arguments: ["a.yaml", "a.YML", "a.json", "a.part.yaml", "größe.yaml"])
  func jobs(_ name: String) { #expect(IncomingName(name) == .job) }

  @Test(
    "other names may become job files",
    arguments: ["a", "a.csv", "a.yaml.k3Xq9Z", "a.yaml.1f2e3d4c", "#a", "part"])
  func foreign(_ name: String) { #expect(IncomingName(name) == .foreign) }

  @Test(
    "a document is complete if it ends with a line break or closes all its brackets",
    arguments: [
      ("a: 1\n", true), ("a: 1", false), ("a: {b: 1}", false), ("", false), (#"{"a": [1, "}"]}"#, true),
      (#" {"a": [1, "}"]"#, false), (#"{"a": "b\"}"#, false), ("[1]", true), ("[1]]", false), ("[1", false),
    ])
  func ends(_ example: (text: String, isComplete: Bool)) {
    #expect(DocumentEnd.isComplete(Array(example.text.utf8)) == example.isComplete, "\(example.text)")
  }

  @Test("a download under a temporary name is taken after its rename, a foreign name is rejected after a minute")
  func names() async throws {
    let spool = TestSpool()
    try await spool.queue.recoverSettled()
    for name in ["a.yaml.part", "b.yaml.x7Fq2p", "notes.txt"] {
      try spool.drop(name)
      try await spool.queue.takeSettled(name)
    }
    try FileSystem().rename("\(spool.layout.incoming)/a.yaml.part", to: "\(spool.layout.incoming)/a.yaml")
    try FileSystem().rename("\(spool.layout.incoming)/b.yaml.x7Fq2p", to: "\(spool.layout.incoming)/b.yaml")
    for name in ["a.yaml", "b.yaml"] { try await spool.queue.takeSettled(name) }
    try spool.drop("old.yaml.part")
    spool.advance(60)
    _ = try await spool.queue.lookAgainSettled()
    try await spool.queue.scanSettled()
    #expect(spool.events == ["accepted 000001-a", "accepted 000002-b", "rejected notes.txt"])
    #expect(try FileSystem().list(spool.layout.incoming) == ["old.yaml.part"])
    #expect(try FileSystem().list(spool.layout.rejected) == ["notes.rejected", "notes.why"])
  }

  @Test("a hard link without a writer is taken after two seconds, also when its other name is removed")
  func links() async throws {
    let spool = TestSpool()
    try await spool.queue.recoverSettled()
    let path = "\(spool.layout.root)/a"
    try FileSystem().write(TestSpool.job.utf8, to: path)
    try #require(link(path, "\(spool.layout.incoming)/a.yaml") == 0)
    try await spool.queue.appeared("a.yaml")
    try FileSystem().remove(path)
    spool.advance(2)
    _ = try await spool.queue.lookAgainSettled()
    // The removal of the other name was a change.
    spool.advance(2)
    _ = try await spool.queue.lookAgainSettled()
    #expect(spool.events == ["accepted 000001-a"])
  }

  @Test("a folder stays where it is, is explained once, even across restarts, and does not stop the removal of results")
  func folders() async throws {
    let spool = TestSpool()
    try await spool.queue.recoverSettled()
    try FileSystem().makeFolder("\(spool.layout.incoming)/a.yaml/sub")
    try await spool.queue.appeared("a.yaml")
    for _ in 0..<3 {
      try await spool.queue.scanSettled()
      try await spool.queue.lookAtStrays()
    }
    #expect(spool.events == ["rejected a.yaml"])
    let next = JobQueue(
      spool.directory, limits: .init(maximumRunning: 1), secondsNow: { 0 }, wallSeconds: { 0 }, onEvent: { _ in })
    try await next.recover()
    try await next.scan()
    #expect(try FileSystem().list(spool.layout.rejected) == ["a.why"])
    #expect(try spool.why("a").contains("this is a folder; drop the job file itself. Remove it from incoming"))
    #expect(try FileSystem().list(spool.layout.incoming) == ["a.yaml"])
  }

  @Test("many files are examined in parts, and each of them is taken")
  func parts() async throws {
    let spool = TestSpool()
    try await spool.queue.recoverSettled()
    for number in 0..<250 { try FileSystem().write(TestSpool.job.utf8, to: "\(spool.layout.incoming)/.\(number)") }
    for number in 0..<250 {
      try FileSystem().rename("\(spool.layout.incoming)/.\(number)", to: "\(spool.layout.incoming)/\(number).yaml")
    }
    try await spool.queue.scan()
    #expect(await spool.queue.isScanning)
    var count = 1
    while await spool.queue.isScanning {
      try await spool.queue.scanOn()
      count += 1
    }
    #expect(count == 3)
    spool.advance(2)
    _ = try await spool.queue.lookAgainSettled()
    #expect(await spool.queue.queuedCount == 250)
  }

  @Test("files that orders may mean are examined before the rest of a scan")
  func ordered() async throws {
    let spool = TestSpool()
    try await spool.queue.recoverSettled()
    for number in 0..<250 { try spool.drop("\(number + 1000).yaml") }
    try spool.drop("übung.yaml")
    try spool.order(.hold, "übung.yaml")
    try spool.order(.cancel, "1249")
    try await spool.queue.scan()
    let names = await spool.queue.orderedNames
    #expect(["übung.yaml", "übung.yml", "1249.yaml"].allSatisfy(names.contains(file:)))
    #expect(!names.contains(file: "1001.yaml"))
    try await spool.queue.look(at: names)
    spool.advance(2)
    _ = try await spool.queue.lookAgainSettled()
    #expect(spool.events.count == 102)
    #expect(spool.events.contains { $0.hasSuffix("-1249") } && spool.events.contains { $0.hasSuffix("-ubung") })
    #expect(await spool.queue.isScanning)
  }

  @Test("the inspection of a job for which an order waits goes first, and is done once")
  func urgent() {
    func id(_ number: Int) -> JobIdentifier { JobIdentifier(number: number, name: "j") }
    var line = InspectionLine()
    let count = InspectionLine.batchCount
    for number in 1...count + 3 { line.add(id(number), .acceptance(name: "j.yaml"), groups: []) }
    var batch = line.next(nowSeconds: 0)
    #expect(batch.map(\.id.number) == Array(1...count))
    line.hurry(id(1))
    line.hurry(id(2))
    for _ in 1...2 { line.hurry(id(count + 3)) }
    line.hurry(id(1000))
    // The batch ended before its last two inspections.
    let reached = batch.dropFirst().dropLast(2)
    for inspection in reached {
      let isWanted = line.finish(inspection)
      #expect(isWanted)
      line.remove(inspection.id)
    }
    #expect(line.next(nowSeconds: 0).isEmpty)
    for inspection in [batch[0]] + batch.suffix(2) { line.putBack(inspection) }
    batch = line.next(nowSeconds: 0)
    #expect(batch.map(\.id.number) == [1, count + 3, count - 1, count, count + 1, count + 2])
    for inspection in batch {
      _ = line.finish(inspection)
      line.remove(inspection.id)
    }
    #expect(line.next(nowSeconds: 0).isEmpty && line.isIdle)
  }

  @Test("a spool whose folders lie on different file systems is refused, and both folders are named")
  func split() throws {
    let other = "/dev/shm/split-\(UUID().uuidString)"
    guard (try? FileSystem().makeFolder(other)) != nil, Self.device(other) != Self.device(NSTemporaryDirectory()) else {
      return print("skipped: needs a second file system in /dev/shm")
    }
    defer { try? FileSystem().removeTree(other) }
    for folder in ["incoming", "results", "running", "rejected", "finished"] {
      let root = NSTemporaryDirectory() + "split-\(UUID().uuidString)"
      defer { try? FileSystem().removeTree(root) }
      try FileSystem().makeFolder(root)
      symlink(other, "\(root)/\(folder)")
      let directory = SpoolDirectory(SpoolLayout(root: root), fileSystem: FileSystem())
      try directory.create()
      let problem = #expect(throws: SplitSpool.self) { try directory.checkRenames() }
      #expect(problem?.description.contains("'\(root)/\(folder)' (a link to '\(other)')") == true)
      #expect(try FileSystem().list(root).allSatisfy { !$0.hasPrefix(".rename") })
    }
    #expect(try FileSystem().list(other).isEmpty)
  }

  private static func device(_ path: String) -> UInt {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_dev : 0
  }
}
