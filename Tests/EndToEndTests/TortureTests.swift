import DurableFiles
import Foundation
import Glibc
import Spooling
import Testing

/// Tests that kill the daemon and its workers repeatedly while they accept, train, score, publish and cancel.
///
/// DEEPSPOOL_KILLS sets the number of kills, 60 by default; `make torture` uses a thousand.
@Suite("Repeated kills", .serialized)
struct TortureTests {
  private static let kills = ProcessInfo.processInfo.environment["DEEPSPOOL_KILLS"].flatMap { Int($0) } ?? 60
  /// All jobs train the same model, so each result must equal that of an undisturbed job.
  private static let job = """
    training_frame: iris.csv
    response_column: Species
    model_id: same
    hidden: [20]
    epochs: 60
    score_interval: 0
    reproducible: true
    seed: 5
    """

  @Test("no job is lost or done twice, no partial result is visible, and every model equals the undisturbed one")
  func torture() async throws {
    let daemon = Daemon()
    let files = FileSystem()
    try SpoolDirectory(daemon.layout, fileSystem: files).create()
    try await daemon.start()
    try daemon.drop("undisturbed.yaml", Self.job)
    try await daemon.until { daemon.names(.finished).count == 1 }
    let reference = try model(JobIdentifier(number: 1, name: "undisturbed"), daemon)

    var dropped = 1
    var random = SystemRandomNumberGenerator()
    for round in 0..<Self.kills {
      for _ in 0..<Int.random(in: 0...2, using: &random) {
        dropped += 1
        try daemon.drop("j\(dropped).yaml", Self.job)
      }
      if round % 7 == 3 { try? files.write([], to: "\(daemon.layout.orders(.cancel))/j\(dropped)") }
      try await Task.sleep(for: .milliseconds(Int.random(in: 1...220, using: &random)))
      // One of three kills hits only workers; two hit the daemon and its workers.
      if round % 3 == 1 {
        for worker in daemon.workers { kill(worker.processID, SIGKILL) }
      } else {
        _ = try await daemon.end(SIGKILL)
        try check(daemon, "after kill \(round + 1)")
        try await daemon.start()
      }
    }
    try await settle(daemon)
    #expect(daemon.names(.failed).isEmpty, "a kill from outside counted against a job")
    #expect(try FileSystem().list(daemon.layout.rejected).isEmpty)
    let finished = try daemon.listing().jobs[.finished] ?? []
    #expect(finished.count + daemon.names(.cancelled).count == dropped, "some of \(dropped) jobs are lost")
    for id in finished { #expect(try model(id, daemon) == reference, "\(id) has a different model") }
    for id in finished { #expect(daemon.count("\(id): finished, result") <= 1, "\(id) was finished twice") }
    try check(daemon, "at the end")
  }

  private func settle(_ daemon: Daemon) async throws {
    try await daemon.until {
      let incoming = try FileSystem().list(daemon.layout.incoming).filter { !$0.hasPrefix(".") }
      return incoming.isEmpty && daemon.names(.queued).isEmpty && daemon.names(.running).isEmpty
    }
  }

  private func model(_ id: JobIdentifier, _ daemon: Daemon) throws -> [UInt8] {
    try FileSystem().read("\(daemon.layout.result(id))/model/model.deepspool", limit: 1 << 24)
  }

  /// Checks that each job is in one state and that visible results are complete.
  private func check(_ daemon: Daemon, _ moment: String) throws {
    let listing = try daemon.listing()
    var places: [JobIdentifier: [JobState]] = [:]
    for (state, ids) in listing.jobs { for id in ids { places[id, default: []].append(state) } }
    for (id, states) in places { #expect(states.count == 1, "\(moment): \(id) is \(states)") }
    for id in listing.results {
      let names = Set(try FileSystem().list(daemon.layout.result(id)))
      #expect(
        names.isSuperset(of: ["job.yaml", "metrics.json", "model", "report.html", "events.jsonl"]),
        "\(moment): the result of \(id) is incomplete: \(names.sorted())")
      #expect([.finished, .running].contains(listing.state(of: id)), "\(moment): \(id) has a result")
    }
    for id in listing.jobs[.finished] ?? [] {
      #expect(listing.results.contains(id), "\(moment): \(id) is finished without a result")
    }
  }
}
