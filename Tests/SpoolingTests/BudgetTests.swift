import DurableFiles
internal import JobFiles
import Spooling
import Testing

@Suite("Budgets of the queue")
struct BudgetTests {
  private static func job(_ extra: String = "") -> String { TestSpool.job + extra }

  private func startAll(_ spool: TestSpool) async throws -> [String] {
    var names: [String] = []
    while let started = try await spool.queue.startNextSettled() { names.append(started.id.name) }
    return names
  }

  @Test("a group has its own limit, and jobs of other groups overtake it")
  func groups() async throws {
    let spool = TestSpool(QueueLimits(maximumRunning: 3, groups: ["night": 1]))
    try await spool.queue.recoverSettled()
    for (name, extra) in [
      ("a", "job: {group: night, priority: 5}\n"), ("b", "job: {group: night}\n"), ("c", ""), ("d", ""),
    ] {
      try spool.drop("\(name).yaml", Self.job(extra))
      try await spool.queue.takeSettled("\(name).yaml")
    }
    #expect(try await startAll(spool) == ["a", "c", "d"])
    try await spool.queue.ended(JobIdentifier(number: 3, name: "c"), .failed(reason: "x"))
    #expect(try await startAll(spool) == [])
    try await spool.queue.ended(JobIdentifier(number: 1, name: "a"), .failed(reason: "x"))
    #expect(try await startAll(spool) == ["b"])
  }

  @Test("jobs of a group that a reload removes are named and wait; a running one finishes")
  func removedGroup() async throws {
    let spool = TestSpool(QueueLimits(maximumRunning: 3, groups: ["day": 1, "night": 1]))
    try await spool.queue.recoverSettled()
    for (name, extra) in [
      ("a", "job: {group: night}\n"), ("b", "job: {group: night}\n"),
      ("c", "job: {group: night, after: [a]}\n"), ("d", "job: {group: day}\n"),
    ] {
      try spool.drop("\(name).yaml", Self.job(extra))
      try await spool.queue.takeSettled("\(name).yaml")
    }
    #expect(try await startAll(spool) == ["a", "d"])
    await spool.queue.setLimits(QueueLimits(maximumRunning: 3, groups: ["day": 1]), resultsGroup: .service)
    #expect(spool.events.last == "group night gone: 000002-b 000003-c")
    try await spool.queue.ended(JobIdentifier(number: 1, name: "a"), .finished)
    #expect(try await startAll(spool) == [])
    await spool.queue.setLimits(QueueLimits(maximumRunning: 3, groups: ["night": 2]), resultsGroup: .service)
    #expect(try await startAll(spool) == ["b", "c"])
  }

  @Test("an unknown group is an error with its location")
  func unknownGroup() async throws {
    let spool = TestSpool(QueueLimits(maximumRunning: 1, groups: ["night": 1]))
    try await spool.queue.recoverSettled()
    try spool.drop("a.yaml", Self.job("job: {group: nite}\n"))
    try await spool.queue.takeSettled("a.yaml")
    #expect(spool.events == ["rejected a.yaml"])
    #expect(
      try spool.why("a").contains("a.yaml:3:14: error: job.group names the unknown group 'nite'; the daemon has night"))
  }

  @Test("a job that can never fit is rejected with the figures, and the next one starts")
  func neverFits() async throws {
    let spool = TestSpool(QueueLimits(maximumRunning: 1, memoryBytes: 1_000_000)) { job in
      let isLarge = job.epochs == 99
      return JobNeeds(
        memoryBytes: isLarge ? 2_500_000 : 1000, diskBytes: 0, explanation: "a network of 9 weights",
        smallerForms: [(7, 1_500_000), (5, 900_000), (3, 200_000)].map { units, bytes in
          .init(text: "hidden: [\(units)]", memoryBytes: bytes)
        })
    }
    try await spool.queue.recoverSettled()
    try spool.drop("large.yaml", Self.job("epochs: 99\n"))
    try spool.drop("small.yaml")
    for name in ["large.yaml", "small.yaml"] { try await spool.queue.takeSettled(name) }
    #expect(try await startAll(spool) == ["small"])
    let why = try spool.why("large")
    #expect(
      why.contains(
        "about 2.5 MB of memory; the limit for all jobs is 1.0 MB (max_memory_bytes): a network of 9 weights; with "
          + "hidden: [5] it would need about 900 kB. Use a smaller table"))
    #expect(why.contains("Resolve this, then drop the file into incoming again."), "\(why)")
  }

  @Test("a job that does not fit beside the others waits, is reported once, and is not overtaken")
  func waitsForMemory() async throws {
    let spool = TestSpool(QueueLimits(maximumRunning: 9, memoryBytes: 1000)) { job in
      JobNeeds(memoryBytes: job.priority == 1 ? 600 : 300, diskBytes: 0, explanation: "")
    }
    try await spool.queue.recoverSettled()
    for (name, extra) in [("a", "job: {priority: 1}\n"), ("b", "job: {priority: 1}\n"), ("c", "")] {
      try spool.drop("\(name).yaml", Self.job(extra))
      try await spool.queue.takeSettled("\(name).yaml")
    }
    #expect(try await startAll(spool) == ["a"])
    #expect(try await startAll(spool) == [])
    let b = JobIdentifier(number: 2, name: "b")
    #expect(spool.events.filter { $0.hasPrefix("waits") }.count == 1)
    let waits = "\(spool.layout.folder(b, in: .queued))/waits"
    #expect(String(decoding: try FileSystem().read(waits, limit: 1000), as: UTF8.self).hasPrefix("waits for memory: "))
    try await spool.queue.ended(JobIdentifier(number: 1, name: "a"), .failed(reason: "x"))
    #expect(try await startAll(spool) == ["b", "c"])
    #expect(!FileSystem().exists("\(spool.layout.folder(b, in: .running))/waits"))
  }

  @Test("free space, reserved space and running jobs decide whether a job fits")
  func verdicts() {
    let limits = QueueLimits(maximumRunning: 1, memoryBytes: 100, minimumFreeBytes: 50)
    let space = FileSystem.Space(freeBytes: 80, totalBytes: 200)
    func verdict(memory: Int, disk: Int, running: Int = 0) -> String {
      let needs = JobNeeds(memoryBytes: memory, diskBytes: disk, explanation: "")
      switch needs.verdict(limits, runningBytes: running, space: space) {
      case .fits: return "fits"
      case .waits(let reason): return String(reason.prefix { $0 != ":" })
      case .never: return "never"
      }
    }
    #expect(verdict(memory: 100, disk: 30) == "fits")
    #expect(verdict(memory: 101, disk: 0) == "never")
    #expect(verdict(memory: 60, disk: 0, running: 40) == "fits")
    #expect(verdict(memory: 60, disk: 0, running: 41) == "waits for memory")
    #expect(verdict(memory: 60, disk: 0, running: .max) == "waits for memory")
    #expect(verdict(memory: 1, disk: 31) == "waits for disk space")
    #expect(verdict(memory: 1, disk: 150) == "waits for disk space")
    #expect(verdict(memory: 1, disk: 151) == "never")
  }

  @Test("with too little free space files stay in incoming until there is enough")
  func shortOfSpace() async throws {
    let spool = TestSpool(QueueLimits(maximumRunning: 1, minimumFreeBytes: .max))
    try await spool.queue.recoverSettled()
    for name in ["a.yaml", "b.yaml"] {
      try spool.drop(name)
      try await spool.queue.takeSettled(name)
    }
    _ = try await spool.queue.lookAgainSettled()
    #expect(spool.events == ["space short"])
    #expect(try FileSystem().list(spool.layout.incoming) == ["a.yaml", "b.yaml"])
    await spool.queue.setLimits(QueueLimits(maximumRunning: 1), resultsGroup: .service)
    // A file that arrives now waits behind those that arrived before.
    try spool.drop("c.yaml")
    try await spool.queue.takeSettled("c.yaml")
    _ = try await spool.queue.lookAgainSettled()
    // What a scan finds is taken once it has not changed for two seconds.
    spool.advance(2)
    _ = try await spool.queue.lookAgainSettled()
    #expect(
      spool.events == ["space short", "space back", "accepted 000001-a", "accepted 000002-b", "accepted 000003-c"])
  }
}
