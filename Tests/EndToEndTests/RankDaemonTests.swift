import DurableFiles
import Foundation
import Spooling
import TestSupport
import Testing

/// Jobs with `nodes` under a real daemon with real processes of MPI.
@Suite(
  "Jobs with nodes", .serialized,
  .enabled(if: RankProcesses.obstacle == nil, Comment(rawValue: RankProcesses.obstacle ?? "")))
struct RankDaemonTests {
  private let folder = TemporaryFolder()

  private static func job(_ settings: String) -> String {
    """
    training_frame: prostate.csv
    response_column: CAPSULE
    column_types: {CAPSULE: enum}
    hidden: [200, 200]
    model_id: m
    seed: 7
    reproducible: true
    training_shards: 4
    checkpoint_interval: 0.2
    stopping_rounds: 0
    explanations: none
    \(settings)

    """
  }

  private func model(_ result: String) throws -> [UInt8] {
    try FileSystem().read("\(result)/\(ResultFolderLayout.modelFile)", limit: 1 << 26)
  }

  /// Trains the job in one process and returns the bytes of its model.
  private func undisturbed(_ text: String) throws -> [UInt8] {
    try FileSystem().write(text.utf8, to: "\(folder.path)/one.yaml")
    let frame = "training_frame: \(Programs.samples)/prostate.csv"
    let job = text.replacing("training_frame: prostate.csv", with: frame)
    try FileSystem().write(job.utf8, to: "\(folder.path)/one.yaml")
    let run = try Programs.deepspool(
      ["run", "\(folder.path)/one.yaml", "--ranks", "1", "--output", "\(folder.path)/one"])
    #expect(run.status == 0, "\(run.errors)")
    return try model("\(folder.path)/one")
  }

  private func hasCheckpoint(_ daemon: Daemon, _ id: JobIdentifier) -> Bool {
    FileSystem().exists("\(daemon.layout.folder(id, in: .running))/\(JobFolderLayout.checkpointFile)")
  }

  @Test("a job that loses a rank continues from its checkpoint with one node less, and gives the same model")
  func lostRank() async throws {
    let text = Self.job("nodes: 3\nmin_nodes: 2\nepochs: 600\n")
    let expected = try undisturbed(text)
    let daemon = Daemon()
    try await daemon.start()
    let id = JobIdentifier(number: 1, name: "copies")
    let ranks = RankProcesses(job: "\(id)")
    try daemon.drop("copies.yaml", text)
    try await daemon.until { hasCheckpoint(daemon, id) }
    #expect(ranks.byRank().keys.sorted() == [0, 1, 2])
    kill(try #require(ranks.byRank()[1]), SIGKILL)
    try await daemon.until { ranks.byRank().keys.sorted() == [0, 1] }
    try await daemon.until { daemon.names(.finished) == ["\(id)"] }
    #expect(daemon.count("its process lost a rank or its host") > 0)
    #expect(daemon.count("\(id): resuming from") > 0)
    #expect(try model(daemon.layout.result(id)) == expected)
    #expect(ranks.byRank().isEmpty)
    #expect(try await daemon.end(SIGTERM) == 0)
  }

  @Test("a cancelled job and a stopped daemon leave no rank behind, and the next start resumes")
  func ended() async throws {
    let daemon = Daemon()
    try await daemon.start()
    let id = JobIdentifier(number: 1, name: "copies")
    let ranks = RankProcesses(job: "\(id)")
    try daemon.drop("copies.yaml", Self.job("nodes: 2\nepochs: 100000\n"))
    try await daemon.until { hasCheckpoint(daemon, id) }
    #expect(try await daemon.end(SIGTERM) == 0)
    #expect(ranks.byRank().isEmpty && daemon.names(.queued) == ["\(id)"])
    try await daemon.start()
    try await daemon.until { ranks.byRank().count == 2 && daemon.count("resum") > 0 }
    try Programs.deepspool(["cancel", "--spool", daemon.layout.root, "copies"])
    try await daemon.until { daemon.names(.cancelled) == ["\(id)"] }
    try await daemon.until { ranks.byRank().isEmpty }
    #expect(try await daemon.end(SIGTERM) == 0)
  }

  @Test("without the launcher, a job with nodes fails and says what to install")
  func noLauncher() async throws {
    let daemon = try Daemon.configured("mpi_launcher: no-mpirun --verbose\n")
    try await daemon.start()
    try daemon.drop("copies.yaml", Self.job("nodes: 2\n"))
    try await daemon.until { daemon.names(.failed) == ["000001-copies"] }
    try await daemon.until { daemon.count("cannot find the launcher 'no-mpirun'; install openmpi-bin") > 0 }
    #expect(try await daemon.end(SIGTERM) == 0)
  }
}
