import DurableFiles
import Foundation
import Glibc
import Spooling
import Testing

/// Tests that kill the daemon and its processes repeatedly while it accepts, trains, scores, publishes and obeys.
///
/// DEEPSPOOL_KILLS sets the number of kills, 60 by default; `make torture` uses a thousand. DEEPSPOOL_SEED repeats
/// the choices of a run, which prints its seed; the moments of the machine differ.
@Suite("Repeated kills", .serialized)
struct TortureTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let kills = environment["DEEPSPOOL_KILLS"].flatMap { Int($0) } ?? 60
  private static let seed = environment["DEEPSPOOL_SEED"].flatMap { UInt64($0) } ?? .random(in: 1...999_999)

  @Test("no job of three users is lost, done twice, touched by another user or blamed for a kill; all models are equal")
  func torture() async throws {
    print("torture: DEEPSPOOL_KILLS=\(Self.kills) DEEPSPOOL_SEED=\(Self.seed)")
    let stage = try TortureStage(seed: Self.seed)
    try await stage.daemon.start()
    for _ in 0..<Self.kills { try await stage.round() }
    try await stage.settle()
    try stage.checkSpool()
    try checkJobs(stage)
    try checkModels(stage)
    try checkJournal(stage)
    try checkReaders(stage)
    #expect(try await stage.daemon.end(SIGTERM) == 0)
  }

  /// Checks that each dropped job exists, once, in a state that its owner's orders explain.
  private func checkJobs(_ stage: TortureStage) throws {
    let listing = try stage.daemon.listing()
    #expect(listing.jobs[.failed] == [], "a kill from outside counted against a job")
    #expect(try FileSystem().list(stage.layout.rejected).isEmpty)
    var found: [String: [(id: JobIdentifier, state: JobState)]] = [:]
    for (state, ids) in listing.jobs {
      for id in ids { found["\(stage.owner(id, in: state) ?? 0) \(id.name)", default: []].append((id, state)) }
    }
    for user in stage.users {
      for job in user.jobs {
        let own = found.removeValue(forKey: "\(stage.userID(user)) \(job.name)") ?? []
        #expect(own.count == job.copies, "\(user.name): \(job) is \(own)")
        for (id, state) in own {
          switch job.kind {
          case .trains:
            #expect(state == .finished || (state == .cancelled && job.mayBeCancelled), "\(id) is \(state): \(job)")
          case .waits(let orders):
            #expect(state == orders.state, "\(id) is \(state): \(job)")
            let priority = stage.priority(of: id, in: state)
            #expect((priority != nil) == (orders == .priority), "\(id): \(job)")
          }
          guard let priority = stage.priority(of: id, in: state) else { continue }
          #expect(
            priority.value % TortureUser.count == user.index && !priority.isByOperator,
            "\(id): another user's priority \(priority)")
        }
      }
    }
    #expect(found.isEmpty, "nobody has dropped these jobs")
    #expect(Set(listing.results) == Set(listing.jobs[.finished] ?? []))
  }

  private func checkModels(_ stage: TortureStage) throws {
    var models: Set<[UInt8]> = []
    for id in try stage.daemon.listing().jobs[.finished] ?? [] where stage.job(id, in: .finished)?.mayEndEarly == false
    {
      models.insert(try FileSystem().read("\(stage.layout.result(id))/model/model.deepspool", limit: 1 << 24))
    }
    #expect(models.count <= 1, "the models of interrupted jobs differ")
  }

  private func checkJournal(_ stage: TortureStage) throws {
    let lines = stage.daemon.lines
    var finished: [Substring: Int] = [:]
    for line in lines where line.contains(": finished, result in") {
      finished[line.prefix { $0 != ":" }, default: 0] += 1
    }
    #expect(finished.filter { $0.value > 1 }.isEmpty, "jobs were finished twice")
    for sign in ["quarantined", "crashed (", "made no progress", "exited with status", "invalid report"] {
      #expect(!lines.contains { $0.contains(sign) }, "\(lines.first { $0.contains(sign) } ?? "")")
    }
    let listing = try stage.daemon.listing()
    var owners: [Substring: UInt32] = [:]
    for (state, ids) in listing.jobs { for id in ids { owners["\(id)"] = stage.owner(id, in: state) } }
    for line in lines {
      guard let end = line.range(of: " ordered by "), let owner = owners[line.prefix { $0 != ":" }] else { continue }
      let title = line[end.upperBound...]
      #expect(title == "uid \(owner)" || title.hasSuffix("(uid \(owner))"), "\(line)")
    }
    if stage.foreignOrders > 20 {
      #expect(lines.contains { $0.contains("refused: the job belongs to another user") })
    }
  }

  /// Checks that each user reads the results of their own jobs and of no others.
  private func checkReaders(_ stage: TortureStage) throws {
    let finished = try stage.daemon.listing().jobs[.finished] ?? []
    for user in stage.users where user.userID != nil {
      let paths = finished.map { "\(stage.layout.result($0))/metrics.json" }
      let run = try user.run(TortureStage.reading, paths)
      let read = Set(try run.wait().output.split(separator: "\n").map(String.init))
      let own = zip(finished, paths).filter { stage.owner($0.0, in: .finished) == user.userID }.map(\.1)
      #expect(read == Set(own), "\(user.name) reads \(read.symmetricDifference(own))")
    }
  }
}
