import DurableFiles
import Foundation
import JobEvents
import JobFiles
import Jobs
import Synchronization
import TestSupport
import Testing
import Training

/// Cross-validation and grids whose models are spread over ranks, without MPI; `RankTests` start real processes.
@Suite("Models spread over ranks")
struct SpreadModelsTests {
  private static let iris = """
    training_frame: iris.csv
    response_column: Species
    model_id: m
    hidden: [8, 6]
    seed: 3
    epochs: 12
    reproducible: true
    explanations: none

    """

  /// The job of a grid that varies the layers.
  private static let search = iris.replacing("hidden: [8, 6]\n", with: "")

  private static let prostate = """
    training_frame: prostate.csv
    response_column: CAPSULE
    column_types: {CAPSULE: enum, RACE: enum}
    ignored_columns: [ID]
    model_id: m
    hidden: [8]
    seed: 5
    epochs: 5
    reproducible: true
    explanations: none

    """

  /// Compares the results of one process with those of several ranks.
  private func compare(_ text: String, ranks: ClosedRange<Int>, threads: Int = 2) async throws {
    let folder = TemporaryFolder()
    defer { withExtendedLifetime(folder) {} }
    let alone = try RankedRun.content(try await RankedRun.run(text, ThreadRanks(count: 1), folder))
    #expect(!alone.isEmpty)
    for count in ranks {
      let (folder, group) = (TemporaryFolder(), ThreadRanks(count: count))
      defer { withExtendedLifetime(folder) {} }
      let spread = try RankedRun.content(try await RankedRun.run(text, group, folder, threads: threads))
      #expect(group.exchanges > 0, "no letter was exchanged")
      #expect(Set(spread.keys) == Set(alone.keys))
      for (name, bytes) in alone { #expect(spread[name] == bytes, "\(name) on \(count) ranks") }
    }
  }

  @Test(
    "the folds of one, two, three and four ranks have the same bytes",
    arguments: [
      "nfolds: 4\nkeep_cross_validation_predictions: true\n",
      "nfolds: 3\nmini_batch_size: 16\noptimizer: Adam\n",
      "nfolds: 3\ntraining_shards: 4\n",
    ])
  func folds(_ settings: String) async throws {
    try await compare(Self.iris + settings, ranks: 2...4)
  }

  @Test(
    "settings that ranks reject for copies train whole models",
    arguments: [
      "preset: tabular\nnfolds: 3\n", "compatibility: h2o-3.46\nnfolds: 3\n",
      "nfolds: 2\nstopping_rounds: 2\nvariable_importances: true\nelastic_averaging: true\n",
    ])
  func engines(_ settings: String) async throws {
    try await compare(Self.iris + settings, ranks: 3...3, threads: 1)
  }

  @Test(
    "weights, offsets, fold columns, text and sparse tables reach the ranks",
    arguments: [
      prostate + "nfolds: 3\nweights_column: AGE\nkeep_cross_validation_predictions: true\n",
      prostate.replacing("response_column: CAPSULE", with: "response_column: VOL") + "offset_column: PSA\nnfolds: 2\n",
      prostate + "fold_column: RACE\n", prostate + "nfolds: 3\nsparse: true\nbalance_classes: true\n",
      prostate + "nfolds: 2\nmax_categorical_features: 4\n",
    ])
  func tables(_ text: String) async throws { try await compare(text, ranks: 3...3) }

  @Test(
    "the models of grids have the same bytes, in every strategy",
    arguments: [
      "  hyper_params: {hidden: [[2], [9], [9, 5]], l1: [0, 0.01]}\n  parallelism: 0\n",
      "  hyper_params: {hidden: [[2], [5], [9]], rate: {from: 0.001, to: 0.1, log: true}}\n  parallelism: 0\n"
        + "  search_criteria: {strategy: RandomDiscrete, max_models: 5, seed: 4}\n",
      "  hyper_params: {l2: [0, 0.2, 0.4, 0.6], hidden: [[6], [8]]}\n  parallelism: 0\n"
        + "  search_criteria: {strategy: SuccessiveHalving, reduction_factor: 2, rungs: 3}\n",
      "  hyper_params: {mini_batch_size: [1, 8], optimizer: [Auto, Adam]}\n  parallelism: 3\n  ensemble: 3\n",
    ])
  func grids(_ grid: String) async throws {
    try await compare(Self.search + "validation_fraction: 0.3\ngrid:\n\(grid)", ranks: 2...3)
  }

  @Test("a grid with cross-validation spreads the models of all folds")
  func crossValidatedGrid() async throws {
    let text = Self.search + "nfolds: 3\ngrid:\n  hyper_params: {hidden: [[2], [7]]}\n  parallelism: "
    try await compare(text + "0\n", ranks: 4...4)
    try await compare(text + "1\n", ranks: 2...2)
  }

  @Test("a search with preset: best has the same bytes")
  func best() async throws {
    let text = """
      training_frame: iris.csv
      response_column: Species
      model_id: m
      preset: best
      seed: 3
      epochs: 8
      hidden: [12]
      reproducible: true
      explanations: none
      grid:
        search_criteria: {max_models: 5}

      """
    try await compare(text, ranks: 3...3)
  }

  @Test("an unstable training is repeated, and a model that fails is listed with the same reason")
  func unstable() async throws {
    let rates = "adaptive_rate: false\nvalidation_fraction: 0.2\nunstable_retries: 1\n"
    try await compare(
      Self.search + rates + "grid:\n  hyper_params: {rate: [0.01, 1e9], hidden: [[3], [4]]}\n  parallelism: 0\n",
      ranks: 2...2)
  }

  @Test("models that start from another model train on rank 0, with the same bytes")
  func pretrained() async throws {
    let (folder, folders) = (TemporaryFolder(), (TemporaryFolder(), TemporaryFolder()))
    defer { withExtendedLifetime((folder, folders)) {} }
    let lender = try await RankedRun.run(
      "training_frame: iris.csv\nautoencoder: true\nignored_columns: [Species]\nhidden: [8, 6]\nseed: 1\nepochs: 2\n",
      ThreadRanks(count: 1), folder)
    let text = Self.iris + "pretrained_autoencoder: \(lender)\nnfolds: 3\nuse_all_factor_levels: true\n"
    let alone = try await RankedRun.run(text, ThreadRanks(count: 1), folders.0)
    let ranked = try await RankedRun.run(text, ThreadRanks(count: 2), folders.1)
    #expect(try RankedRun.content(alone) == RankedRun.content(ranked))
  }

  @Test("an interrupted run writes the checkpoints of all ranks, and trains no finished fold again", arguments: [2, 3])
  func resumed(_ ranks: Int) async throws {
    let folders = (TemporaryFolder(), TemporaryFolder())
    defer { withExtendedLifetime(folders) {} }
    let text = Self.iris.replacing("epochs: 12", with: "epochs: 150") + "nfolds: 6\n"
    let whole = try await RankedRun.run(text, ThreadRanks(count: 1), folders.0)
    let control = TrainingControl()
    let (first, second) = (Progress(), Progress())
    let (outcome, _) = try await RankedRun.outcome(
      text, ThreadRanks(count: ranks), folders.1, control, threads: 1,
      onEvent: { event in
        // A fourth fold is trained when another has ended.
        if first.note(event) == 4 { control.stop(.suspend) }
      })
    guard case .suspended = outcome else {
      Issue.record("the outcome is \(outcome)")
      return
    }
    let finished = (1...6).filter { fold in
      let path = "\(folders.1.path)/\(JobFolderLayout.foldFolder(fold))/\(JobFolderLayout.checkpointFile)"
      return (try? FileSystem().read(path, limit: 1 << 26)).map(CheckpointFile.hasEnded) == true
    }
    #expect(!finished.isEmpty)
    let resumed = try await RankedRun.run(
      text, ThreadRanks(count: ranks), folders.1, threads: 1, onEvent: { _ = second.note($0) })
    #expect(try RankedRun.content(resumed) == RankedRun.content(whole))
    let again = second.scored.intersection(finished.map { "cv_\($0)" })
    #expect(again.isEmpty, "trained again: \(again)")
    #expect(!second.scored.isEmpty)
  }

  @Test("a cancelled run ends the models on all ranks")
  func cancelled() async throws {
    let folder = TemporaryFolder()
    defer { withExtendedLifetime(folder) {} }
    let control = TrainingControl()
    let progress = Progress()
    let (outcome, _) = try await RankedRun.outcome(
      Self.iris.replacing("epochs: 12", with: "epochs: 1e6") + "nfolds: 3\n", ThreadRanks(count: 3), folder, control,
      onEvent: { if progress.note($0) == 2 { control.stop(.cancel) } })
    if case .cancelled = outcome {} else { Issue.record("the outcome is \(outcome)") }
  }

  @Test("a request to finish ends the models of a search, which has a result")
  func finished() async throws {
    let folder = TemporaryFolder()
    defer { withExtendedLifetime(folder) {} }
    let control = TrainingControl()
    let progress = Progress()
    let text =
      Self.search.replacing("epochs: 12", with: "epochs: 1e6")
      + "grid:\n  hyper_params: {hidden: [[4], [5], [6], [7]]}\n  parallelism: 0\n"
    let (outcome, result) = try await RankedRun.outcome(
      text, ThreadRanks(count: 2), folder, control, threads: 1,
      onEvent: { if progress.note($0) == 2 { _ = control.finish() } })
    if case .finished = outcome {} else { Issue.record("the outcome is \(outcome)") }
    #expect(try Project.text(result, "leaderboard.csv").split(separator: "\n").count == 3)
  }
}

/// The models of a job that have been scored.
private final class Progress: Sendable {
  private let parts = Mutex<Set<String>>([])

  var scored: Set<String> { parts.withLock { $0 } }

  /// Returns the number of models with a score, if the event is the first score of one.
  func note(_ event: JobEvent) -> Int? {
    guard case .ofPart(let name, .scored) = event else { return nil }
    return parts.withLock { $0.insert(name).inserted ? $0.count : nil }
  }
}
