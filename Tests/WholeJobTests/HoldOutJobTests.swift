import DataFrames
import DeepLearning
import DurableFiles
import Foundation
import JobEvents
import JobFiles
import Jobs
import Models
import Reports
import Synchronization
import TestSupport
import Testing
import Training

/// `validation_fraction` in whole jobs.
@Suite("Jobs with held-out rows")
struct HoldOutJobTests {
  private static let golden = "\(Project.root)/Tests/Support/golden"
  private static let samples = "\(Project.root)/Spool/samples"
  private static let prostate =
    "training_frame: prostate.csv\nresponse_column: CAPSULE\nignored_columns: [ID]\ncolumn_types: {CAPSULE: enum}\n"
    + "hidden: [6]\nreproducible: true\n"

  private func run(
    _ text: String, _ work: TemporaryFolder, frames: String = samples, told: ToldSentences = ToldSentences()
  ) async throws -> String {
    try await Project.run(Array(text.utf8), frames: frames, work: work.path, onEvent: told.hear)
  }

  private func heldOut(_ result: String) throws -> HeldOutRows {
    try #require(HeldOutRows.read(result, fileSystem: FileSystem()))
  }

  private func bytes(_ result: String) throws -> [UInt8] {
    try FileSystem().read("\(result)/\(ResultFolderLayout.modelFile)", limit: 1 << 26)
  }

  @Test(
    "model and metrics equal those of a job on the two parts as tables",
    arguments: [
      "response_column: y2\nvalidation_fraction: 0.25",
      "response_column: y3\nvalidation_fraction: 0.4\nbalance_classes: true",
      "response_column: yr\nvalidation_fraction: 0.2\nvalidation_split: last\nweights_column: w\noffset_column: o",
      "response_column: y2\nvalidation_fraction: 0.25\ncompatibility: h2o-3.46",
      "response_column: y3\nvalidation_fraction: 0.2\ngroup_column: f\nmini_batch_size: 8",
      "autoencoder: true\nactivation: Tanh\nvalidation_fraction: 0.3",
      "response_column: y3\nvalidation_fraction: 0.3\nclass_weight: balanced\nmissing_indicators: true",
    ])
  func sameAsTwoTables(_ settings: String) async throws {
    let (work, other, data) = (TemporaryFolder(), TemporaryFolder(), TemporaryFolder())
    defer { withExtendedLifetime(data) {} }
    let roles = settings.split(separator: "\n").map { $0.split(separator: " ").last.map(String.init) ?? "" }
    let ignored = ["y2", "y3", "yr", "yc", "yp", "w", "w01", "o", "f"].filter { !roles.contains($0) }
    let common =
      "hidden: [6]\nepochs: 3\nseed: 7\nreproducible: true\nstopping_rounds: 2\nmodel_id: m\n"
      + "column_types: {c1: enum, c2: enum, y2: enum, y3: enum}\nignored_columns: [\(ignored.joined(separator: ", "))]\n"
    let whole = try await run("training_frame: train.csv\n\(common)\(settings)\n", work, frames: Self.golden)
    let held = try heldOut(whole)
    #expect(held.rowCount == 240)
    let lines = try Project.text(Self.golden, "train.csv").split(separator: "\n")
    func table(_ isHeldOut: Bool) -> String {
      let rows = Set(held.rows)
      return
        ([lines[0]] + lines.dropFirst().enumerated().filter { rows.contains($0.offset) == isHeldOut }.map(\.element))
        .joined(separator: "\n") + "\n"
    }
    try FileSystem().write(table(false).utf8, to: "\(data.path)/train.csv")
    try FileSystem().write(table(true).utf8, to: "\(data.path)/valid.csv")
    let rest = settings.split(separator: "\n").filter { !$0.hasPrefix("validation_") && !$0.hasPrefix("group_column") }
    let without = settings.contains("group_column") ? common.replacing("y2, ", with: "f, y2, ") : common
    let parts = try await run(
      "training_frame: train.csv\nvalidation_frame: valid.csv\n\(without)\(rest.joined(separator: "\n"))\n", other,
      frames: data.path)
    #expect(try bytes(whole) == bytes(parts))
    for part in ["training", "validation"] {
      let metrics = try [whole, parts].map { try Project.metrics($0, part) as NSDictionary }
      #expect(metrics[0] == metrics[1])
    }
  }

  @Test("plan, report and log state how many rows were held out, and how")
  func told() async throws {
    let (work, told) = (TemporaryFolder(), ToldSentences())
    let result = try await run(Self.prostate + "validation_fraction: 0.2\nepochs: 1\nseed: 1\n", work, told: told)
    let sentence = "76 of 380 rows held out for validation: stratified, seed 1"
    #expect(told.aboutTheJob.first == sentence)
    #expect(try Project.text(result, "plan.yaml").contains("# validation: \(sentence)\n"))
    #expect(try Project.text(result, "report.html").contains(sentence))
    #expect(
      try Project.text(result, "events.jsonl").contains("\"event\": \"held_out\", \"rows\": 380, \"held_out\": 76"))
    #expect(try Project.metrics(result, "validation")["nobs"] as? Int == 76)
    #expect(try Project.metrics(result, "training")["nobs"] as? Int == 304)
  }

  @Test("levels and columns come from the training rows; other levels count as missing, as in a validation table")
  func levels() async throws {
    let (work, data, told) = (TemporaryFolder(), TemporaryFolder(), ToldSentences())
    let rows = (0..<50).map {
      "\($0 % 7),\($0 < 45 ? "p\($0 % 2)" : "late"),\($0 < 45 ? 3 : $0),\($0 % 3 == 0 ? "a" : "b")"
    }
    try FileSystem().write(("x,l,k,y\n" + rows.joined(separator: "\n")).utf8, to: "\(data.path)/t.csv")
    let result = try await run(
      "training_frame: t.csv\nresponse_column: y\nhidden: [3]\nepochs: 1\nvalidation_fraction: 0.1\nvalidation_split: last\n",
      work, frames: data.path, told: told)
    let encoding = try Project.model(result).encoding
    #expect(encoding.inputNames == ["l.p0", "l.p1", "l.missing(NA)", "x"])
    #expect(encoding.numerics[0].mean == Double((0..<45).reduce(0) { $0 + $1 % 7 }) / 45)
    #expect(told.all.contains("5 of 50 rows held out for validation: the last rows of the table"))
    #expect(
      told.all.contains { $0.contains("'t.csv (rows held out)' has 1 level that the model does not know ('late')") })
    #expect(told.all.contains { $0.contains("'k' is not used: it holds a single value") })
  }

  @Test("the number of threads does not matter")
  func threads() async throws {
    let text = Array((Self.prostate + "validation_fraction: 0.2\nepochs: 2\nseed: 1\n").utf8)
    var models: [[UInt8]] = []
    for threads in [1, 3] {
      let work = TemporaryFolder()
      let request = try Project.request(text, frames: Self.samples, work: work.path, threads: threads)
      _ = try await JobRunner(request, fileSystem: FileSystem(), onEvent: { _ in }).run(TrainingControl())
      models.append(try bytes(request.resultFolder))
    }
    #expect(models[0] == models[1])
  }

  @Test(
    "a job that was interrupted finds its rows again, whether or not it gives a seed", arguments: ["seed: 4\n", ""])
  func resumed(_ seed: String) async throws {
    let (work, whole) = (TemporaryFolder(), TemporaryFolder())
    let text = Self.prostate + "validation_fraction: 0.2\nepochs: 20\n\(seed)"
    let request = try Project.request(Array(text.utf8), frames: Self.samples, work: work.path)
    let sentences = Mutex<Set<String>>([])
    var suspensions = 0
    while suspensions < 100 {
      let control = TrainingControl()
      let scores = Atomic(0)
      let runner = JobRunner(request, fileSystem: FileSystem()) { event in
        if case .heldOut(let summary) = event { sentences.withLock { _ = $0.insert(summary.sentence) } }
        guard case .scored = event else { return }
        if scores.wrappingAdd(1, ordering: .relaxed).newValue == 5 { control.stop(.suspend) }
      }
      guard case .suspended = try await runner.run(control) else { break }
      suspensions += 1
    }
    #expect(suspensions >= 2 && sentences.withLock { $0.count } == 1)
    let drawn = try Project.text(request.resultFolder, "plan.yaml").split(separator: "\n").first {
      $0.hasPrefix("seed: ")
    }
    let undisturbed = try await run(
      text.replacing(
        seed.isEmpty ? "hidden:" : seed, with: seed.isEmpty ? "\(drawn?.prefix { $0 != "#" } ?? "")\nhidden:" : seed),
      whole)
    #expect(try bytes(request.resultFolder) == bytes(undisturbed))
    #expect(try heldOut(request.resultFolder) == heldOut(undisturbed))
  }

  @Test("all models of a grid share one split, determined by the job's seed or that of the search")
  func grid() async throws {
    var seen: [HeldOutRows] = []
    for seed in ["seed: 3\n", "", ""] {
      let work = TemporaryFolder()
      let search = seed.isEmpty ? ", search_criteria: {seed: 3}" : ""
      let result = try await run(
        Self.prostate + seed + "validation_fraction: 0.2\nepochs: 1\n"
          + "grid: {hyper_params: {l1: [0, 1e-3], class_weight: [balanced, {\"1\": 4}]}\(search)}\n", work)
      let models = try (1...4).map { try heldOut("\(result)/models/model_\($0)") }
      #expect(Set(models.map(\.rows)).count == 1)
      #expect(try Set((1...4).map { try bytes("\(result)/models/model_\($0)") }).count == 4)
      seen.append(models[0])
    }
    #expect(seen[0] == seen[1] && seen[1] == seen[2])
  }
}
