import DurableFiles
import Foundation
import TestSupport
import Testing

/// `deepspool run --ranks` with real processes of MPI.
@Suite(
  "Ranks of MPI", .serialized,
  .enabled(if: RankProcesses.obstacle == nil, Comment(rawValue: RankProcesses.obstacle ?? "")))
struct RankTests {
  private let folder = TemporaryFolder()
  private let name = "ranks-\(UUID().uuidString.prefix(8))"
  private var result: String { "\(folder.path)/result" }

  /// Writes a table that two classes share in rings, and a job with four copies of the network.
  ///
  /// - `copies`: The settings of copies.
  private func writeJob(
    _ settings: String, copies: String = "training_shards: 4\ntrain_samples_per_iteration: 0\nstopping_rounds: 0\n"
  ) throws {
    var numbers = UniformNumbers(seed: 5)
    var table = "a,b,c,d,y\n"
    for _ in 0..<8000 {
      let values = (0..<4).map { _ in numbers.next() * 4 - 2 }
      let radius = values.reduce(0) { $0 + $1 * $1 }
      table +=
        values.map { "\($0)" }.joined(separator: ",")
        + (radius.truncatingRemainder(dividingBy: 4) < 2 ? ",in\n" : ",out\n")
    }
    try FileSystem().write(table.utf8, to: "\(folder.path)/rings.csv")
    let job = """
      training_frame: rings.csv
      response_column: y
      model_id: m
      hidden: [64, 32]
      seed: 7
      reproducible: true
      checkpoint_interval: 0.2
      explanations: none
      \(copies)
      \(settings)

      """
    try FileSystem().write(job.utf8, to: "\(folder.path)/\(name).yaml")
  }

  private func arguments(ranks: Int, to result: String? = nil) -> [String] {
    [
      "run", "\(folder.path)/\(name).yaml", "--ranks", "\(ranks)", "--threads", "1", "--output", result ?? self.result,
    ]
  }

  private func model(_ result: String) throws -> [UInt8] {
    try FileSystem().read("\(result)/\(ResultFolderLayout.modelFile)", limit: 1 << 26)
  }

  /// Starts a job on ranks and waits until it is in the middle of training.
  private func start(ranks: Int) async throws -> Programs.Run {
    let run = try Programs.Run("\(Programs.folder)/deepspool", arguments(ranks: ranks))
    let events = "\(folder.path)/.result.running/\(JobFolderLayout.eventsFile)"
    try await until {
      String(decoding: (try? FileSystem().read(events, limit: 1 << 24)) ?? [], as: UTF8.self).contains(
        "\"checkpointed\"")
    }
    return run
  }

  /// The names of the events of a model of the job.
  private func events(of part: String, in folder: String? = nil) -> [String] {
    let path = "\(folder ?? "\(self.folder.path)/.result.running")/\(JobFolderLayout.eventsFile)"
    let lines = String(decoding: (try? FileSystem().read(path, limit: 1 << 26)) ?? [], as: UTF8.self)
      .split(separator: "\n")
    return lines.compactMap { line -> String? in
      guard let fields = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
        fields["part"] as? String == part
      else { return nil }
      return fields["event"] as? String
    }
  }

  private func until(_ condition: () throws -> Bool) async throws {
    let deadline = ContinuousClock.now + Daemon.patience
    while try !condition() {
      try #require(ContinuousClock.now < deadline, "the condition was not met within \(Daemon.patience)")
      await pause(milliseconds: 20)
    }
  }

  @Test("two, three and four ranks give the bytes of one process")
  func identity() throws {
    try writeJob("epochs: 3\nnfolds: 2\n")
    try compareRuns(ranks: 2...4) { one, run in #expect(run == one) }
    for settings in [
      "elastic_averaging: true\n", "preset: tabular\n", "replicate_training_data: false\nscore_training_samples: 500\n",
    ] {
      try writeJob("epochs: 3\n" + settings)
      try compareRuns(ranks: 2...4)
    }
  }

  /// Checks that the model has the same bytes on one rank and on several.
  ///
  /// - `outputs`: Compares the output on one rank with that on several.
  private func compareRuns(ranks: ClosedRange<Int>, outputs: (_ one: String, _ several: String) -> Void = { _, _ in })
    throws
  {
    let one = try Programs.deepspool(arguments(ranks: 1))
    #expect(one.status == 0, "\(one.errors)")
    for ranks in ranks {
      let other = "\(folder.path)/result-\(ranks)"
      let run = try Programs.deepspool(arguments(ranks: ranks, to: other))
      #expect(run.status == 0, "\(run.errors)")
      #expect(try model(other) == model(result), "\(ranks) ranks")
      outputs(one.output, run.output.replacing(other, with: result))
      try FileSystem().removeTree(other)
    }
    try FileSystem().removeTree(result)
  }

  @Test("the folds and models of a search on two and three ranks have the bytes of one process")
  func spread() throws {
    for settings in [
      "epochs: 2\nnfolds: 3\nmini_batch_size: 8\n",
      "epochs: 2\npreset: tabular\ngrid:\n  hyper_params: {l2: [0, 0.01, 0.1]}\n  parallelism: 0\n",
    ] {
      try writeJob(settings, copies: "")
      try compareRuns(ranks: 2...3)
    }
  }

  @Test("if a rank is killed while ranks train folds, the next run trains the finished ones not again")
  func killedFolds() async throws {
    try writeJob("epochs: 120\nnfolds: 5\nstopping_rounds: 0\n", copies: "")
    let whole = "\(folder.path)/whole"
    #expect(try Programs.deepspool(arguments(ranks: 1, to: whole)).status == 0)
    let run = try Programs.Run("\(Programs.folder)/deepspool", arguments(ranks: 3))
    // A fourth fold is trained when another has ended.
    try await until { (1...5).count { events(of: "cv_\($0)").contains("scored") } == 4 }
    kill(try #require(RankProcesses(job: name).byRank()[2]), SIGKILL)
    let ended = try run.wait()
    #expect(ended.status == 75 && ended.errors.contains("the job lost a rank or its host"), "\(ended.errors)")
    try await until { RankProcesses(job: name).byRank().isEmpty }
    let before = (1...5).map { fold in events(of: "cv_\(fold)").count { $0 == "scored" } }
    let resumed = try Programs.deepspool(arguments(ranks: 2))
    #expect(resumed.status == 0, "\(resumed.errors)")
    #expect(try model(result) == model(whole))
    let after = (1...5).map { fold in events(of: "cv_\(fold)", in: result).count { $0 == "scored" } }
    #expect(zip(before, after).contains { $0 > 0 && $0 == $1 }, "\(before) \(after)")
  }

  @Test(
    "if a rank is killed in the middle of an iteration, all end, and the next run resumes from the checkpoint",
    arguments: ["", "elastic_averaging: true\n", "optimizer: Adam\nmini_batch_size: 8\n"])
  func killed(_ settings: String) async throws {
    try writeJob("epochs: 400\n" + settings)
    let whole = "\(folder.path)/whole"
    #expect(try Programs.deepspool(arguments(ranks: 1, to: whole)).status == 0)
    let run = try await start(ranks: 3)
    kill(try #require(RankProcesses(job: name).byRank()[2]), SIGKILL)
    let ended = try run.wait()
    #expect(ended.status == 75 && ended.errors.contains("the job lost a rank or its host"), "\(ended.errors)")
    try await until { RankProcesses(job: name).byRank().isEmpty }
    // Fewer ranks train the same copies.
    let resumed = try Programs.deepspool(arguments(ranks: 2))
    #expect(resumed.status == 0 && resumed.errors.contains("resuming from its checkpoint"), "\(resumed.errors)")
    #expect(try model(result) == model(whole))
  }

  @Test("an interruption writes a checkpoint and ends all ranks")
  func interrupted() async throws {
    try writeJob("epochs: 400\n")
    let whole = "\(folder.path)/whole"
    #expect(try Programs.deepspool(arguments(ranks: 1, to: whole)).status == 0)
    let run = try await start(ranks: 2)
    kill(run.processID, SIGINT)
    let ended = try run.wait()
    #expect(ended.status == 75 && ended.errors.contains("interrupted; run the same command again"), "\(ended.errors)")
    #expect(RankProcesses(job: name).byRank().isEmpty)
    #expect(try Programs.deepspool(arguments(ranks: 4)).status == 0)
    #expect(try model(result) == model(whole))
  }

  @Test("ranks end with the command that has started them")
  func orphans() async throws {
    try writeJob("epochs: 1000\n")
    let run = try await start(ranks: 2)
    kill(run.processID, SIGKILL)
    _ = try run.wait()
    try await until { RankProcesses(job: name).byRank().isEmpty }
  }

  /// Starts the command itself several times.
  private func launched(_ tasks: Int, _ arguments: [String]) throws -> (output: String, errors: String, status: Int32) {
    try Programs.run(
      "/usr/bin/env",
      ["mpirun", "-n", "\(tasks)", "--oversubscribe", "--bind-to", "none"]
        + (geteuid() == 0 ? ["--allow-run-as-root"] : []) + ["\(Programs.folder)/deepspool"] + arguments)
  }

  @Test("a command that mpirun has started three times trains the job once, on three ranks")
  func launchedTasks() throws {
    try writeJob("epochs: 3\n")
    let one = try Programs.deepspool(arguments(ranks: 1))
    let other = "\(folder.path)/result-3"
    let arguments = ["run", "\(folder.path)/\(name).yaml", "--threads", "1", "--output", other]
    let run = try launched(3, arguments)
    #expect(run.status == 0, "\(run.errors)")
    #expect(try model(other) == model(result))
    #expect(run.output.replacing(other, with: result) == one.output)
    let again = try launched(3, arguments)
    #expect(again.status == 73 && again.errors.components(separatedBy: "already exists").count == 2, "\(again.errors)")
    let fewer = try launched(3, arguments + ["--ranks", "2"])
    #expect(fewer.status == 64 && fewer.errors.components(separatedBy: "--ranks is 2").count == 2, "\(fewer.errors)")
    #expect(RankProcesses(job: "rank").byRank().isEmpty)
  }

  @Test("with single_node_mode one process trains, and the other tasks of a launcher end with it")
  func singleNode() throws {
    try writeJob("epochs: 2\n", copies: "")
    #expect(try Programs.deepspool(arguments(ranks: 1)).status == 0)
    try writeJob("epochs: 2\nsingle_node_mode: true\n", copies: "")
    let note = "single_node_mode: one process trains the job, not 3 ranks"
    let (ranked, launched) = ("\(folder.path)/ranked", "\(folder.path)/launched")
    let run = try Programs.deepspool(arguments(ranks: 3, to: ranked) + ["--launcher", "not-needed"])
    #expect(run.status == 0 && run.errors.contains(note), "\(run.errors)")
    let tasks = try self.launched(
      3, ["run", "\(folder.path)/\(name).yaml", "--threads", "1", "--output", launched])
    #expect(tasks.status == 0 && tasks.errors.contains(note), "\(tasks.errors)")
    #expect(try model(ranked) == model(result) && model(launched) == model(result))
    #expect(RankProcesses(job: "rank").byRank().isEmpty)
  }

  @Test("settings that ranks do not obey, and a missing launcher, are rejected before anything starts")
  func refused() throws {
    try writeJob("epochs: 1\ncompatibility: h2o-3.46\n")
    let run = try Programs.deepspool(arguments(ranks: 2))
    #expect(run.status == 65 && run.errors.contains("h2o-3.46 trains in one process"), "\(run.errors)")
    try writeJob("epochs: 1\n")
    let missing = try Programs.deepspool(arguments(ranks: 2) + ["--launcher", "no-mpirun"])
    #expect(
      missing.status == 66 && missing.errors.contains("cannot find the launcher 'no-mpirun'"), "\(missing.errors)")
  }
}
