import Documents
import DurableFiles
import JobEvents
import JobFiles
import Jobs
import Synchronization
import TestSupport
import Testing
import Training

/// `strategy: SuccessiveHalving`, in whole jobs.
@Suite("Search by successive halving")
struct HalvingTests {
  private static let samples = "\(Project.root)/Spool/samples"

  private func job(_ grid: String, _ rest: String = "") -> [UInt8] {
    Array(
      """
      training_frame: iris.csv
      response_column: Species
      model_id: g
      epochs: 9
      seed: 1
      validation_fraction: 0.3
      reproducible: true
      explanations: none
      \(rest)
      grid:
      \(grid)
      """.utf8)
  }

  /// Eight models, of which the penalty spoils all but two.
  private static let planted = """
      hyper_params: {l2: [0, 0.2, 0.4, 0.6], hidden: [[6], [8]]}
      search_criteria: {strategy: SuccessiveHalving, reduction_factor: 2, rungs: 3}
    """

  private func board(_ result: String) throws -> [[Substring]] {
    try Project.text(result, "leaderboard.csv").split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
  }

  /// Returns the leaderboard without the column of seconds.
  private func timeless(_ result: String) throws -> [[Substring]] {
    let board = try board(result)
    let seconds = try #require(board[0].firstIndex(of: "seconds"))
    return board.map { row in row.indices.filter { $0 != seconds }.map { row[$0] } }
  }

  private func bytes(_ result: String) throws -> [UInt8] {
    try FileSystem().read("\(result)/\(ResultFolderLayout.modelFile)", limit: 1 << 26)
  }

  @Test("the planted points win, and the winner has the bytes of the same job trained through")
  func planted() async throws {
    let (work, single) = (TemporaryFolder(), TemporaryFolder())
    defer { withExtendedLifetime((work, single)) {} }
    let counts = Mutex<[String: Int]>([:])
    let result = try await Project.run(job(Self.planted), frames: Self.samples, work: work.path) { event in
      if case .ofPart(let part, .finished) = event { counts.withLock { $0[part, default: 0] += 1 } }
    }
    let board = try board(result)
    let rung = try #require(board[0].firstIndex(of: "rung"))
    #expect(board.count == 9)
    let best = board[1]
    #expect(best[2] == "0" && best[rung] == "3")
    // 8 models in the first rung, 4 in the second, 2 in the third, and more if early ones were promoted for others.
    let rungs = board.dropFirst().compactMap { Int($0[rung]) }
    #expect(rungs.count { $0 >= 2 } >= 4 && rungs.count { $0 == 3 } >= 2 && rungs.count { $0 == 1 } >= 2)
    for row in board.dropFirst() {
      let part = try #require(row[1].split(separator: "_", maxSplits: 1).last)
      #expect(counts.withLock { $0[String(part)] } == Int(row[rung]), "\(row)")
    }
    let loser = try #require(board.last)
    #expect(loser[rung] == "1" && loser.last?.hasPrefix("stopped by the search after 2 epochs") == true, "\(loser)")
    let page = try Project.text(result, "report.html")
    let chosen = "The chosen model \(best[1].dropFirst(2)):"
    #expect(page.contains("Successive halving over l2, hidden") && page.contains(chosen))

    let text = String(decoding: job(""), as: UTF8.self).replacing("grid:\n", with: "").replacing(
      "model_id: g", with: "model_id: \(best[1])\nl2: 0\nhidden: \(best[3])")
    let through = try await Project.run(Array(text.utf8), frames: Self.samples, work: single.path)
    #expect(try bytes(result) == bytes(through))
    let histories = try [result, through].map { result in
      try Project.text(result, "scoring_history.csv").split(separator: "\n").map { row in
        row.split(separator: ",", omittingEmptySubsequences: false).dropFirst(3)
      }
    }
    #expect(histories[0] == histories[1])
  }

  @Test("a preset with cycles of the learning rate: the winner equals the model trained through")
  func cycles() async throws {
    let (work, single) = (TemporaryFolder(), TemporaryFolder())
    defer { withExtendedLifetime((work, single)) {} }
    let settings = "preset: tabular\nhidden: [8]\nmini_batch_size: 16"
    let grid = """
        hyper_params:
          rate: {from: 1e-4, to: 0.1, log: true}
        search_criteria: {strategy: SuccessiveHalving, max_models: 6, seed: 5}
      """
    let text = job(grid, settings)
    let changed = String(decoding: text, as: UTF8.self).replacing("epochs: 9", with: "epochs: 15")
    let result = try await Project.run(Array(changed.utf8), frames: Self.samples, work: work.path)
    let board = try board(result)
    let rung = try #require(board[0].firstIndex(of: "rung"))
    #expect(board.count == 7 && board[1][rung] == "3")
    let through = String(decoding: job("", settings), as: UTF8.self).replacing("grid:\n", with: "")
      .replacing("epochs: 9", with: "epochs: 15")
      .replacing("model_id: g", with: "model_id: \(board[1][1])\nrate: \(board[1][2])")
    #expect(
      try bytes(result)
        == bytes(try await Project.run(Array(through.utf8), frames: Self.samples, work: single.path)))
  }

  @Test(
    "killed and resumed at any scoring, and for any number of models at a time, the leaderboard is the same, and no part is trained twice",
    arguments: [1, 2])
  func resume(_ parallelism: Int) async throws {
    let text = job(Self.planted + "\n  parallelism: \(parallelism)")
    let (undisturbed, disturbed) = (TemporaryFolder(), TemporaryFolder())
    defer { withExtendedLifetime((undisturbed, disturbed)) {} }
    let whole = try await Project.run(job(Self.planted), frames: Self.samples, work: undisturbed.path)
    let request = try Project.request(text, frames: Self.samples, work: disturbed.path)
    let finished = Mutex<[String]>([])
    var suspensions = 0
    while suspensions < 100 {
      let control = TrainingControl()
      let scores = Atomic(0)
      let runner = JobRunner(request, fileSystem: FileSystem()) { event in
        if case .ofPart(let part, .finished(let summary)) = event {
          finished.withLock { $0.append("\(part) \(summary.epochs)") }
        }
        guard event.score != nil else { return }
        if scores.wrappingAdd(1, ordering: .relaxed).newValue == 5 { control.stop(.suspend) }
      }
      guard case .suspended = try await runner.run(control) else { break }
      suspensions += 1
    }
    #expect(suspensions > 3 && suspensions < 100)
    #expect(try timeless(whole) == timeless(request.resultFolder))
    #expect(try bytes(whole) == bytes(request.resultFolder))
    #expect(finished.withLock { Set($0).count == $0.count }, "\(finished.withLock { $0.sorted() })")
  }

  @Test("models that a rung lets go on are promoted, and nothing is resumed without an interruption")
  func promotions() async throws {
    let work = TemporaryFolder()
    defer { withExtendedLifetime(work) {} }
    let request = try Project.request(job(Self.planted), frames: Self.samples, work: work.path)
    let causes = Mutex<[Resumption]>([])
    let outcome = try await JobRunner(request, fileSystem: FileSystem()) { event in
      if case .ofPart(_, .resumed(_, _, let after)) = event { causes.withLock { $0.append(after) } }
    }.run(TrainingControl())
    guard case .finished = outcome else { return #expect(Bool(false), "\(outcome)") }
    let found = causes.withLock { $0 }
    #expect(!found.isEmpty && found.allSatisfy { $0 == .promotion }, "\(found)")
  }

  @Test("a search of limited time ends with a model, and trains nothing twice after a suspension")
  func time() async throws {
    let grid = """
        hyper_params:
          l2: {from: 1e-6, to: 1e-2, log: true}
        search_criteria: {strategy: SuccessiveHalving, max_runtime_secs: 1.5}
      """
    let work = TemporaryFolder()
    defer { withExtendedLifetime(work) {} }
    let request = try Project.request(job(grid, "hidden: [8]"), frames: Self.samples, work: work.path)
    let finished = Mutex<[String]>([])
    for attempt in 0..<2 {
      let control = TrainingControl()
      let outcome = try await JobRunner(request, fileSystem: FileSystem()) { event in
        guard case .ofPart(let part, .finished(let summary)) = event else { return }
        finished.withLock {
          $0.append("\(part) \(summary.epochs)")
          if attempt == 0, $0.count == 5 { control.stop(.suspend) }
        }
      }.run(control)
      if case .finished = outcome { break }
    }
    let board = try board(request.resultFolder)
    // A busy machine may train few models in so short a time.
    #expect(board.count > 1)
    // A model whose end is told just before the suspension may not be recorded yet.
    #expect(finished.withLock { $0.count - Set($0).count <= 1 })
    #expect(FileSystem().exists("\(request.resultFolder)/\(ResultFolderLayout.modelFile)"))
  }

  @Test("a model that fails is listed, and the others go on")
  func failures() async throws {
    let work = TemporaryFolder()
    defer { withExtendedLifetime(work) {} }
    let grid = """
        hyper_params: {loss: [CrossEntropy, Quantile], hidden: [[3], [4]]}
        search_criteria: {strategy: SuccessiveHalving, reduction_factor: 2}
      """
    let result = try await Project.run(job(grid), frames: Self.samples, work: work.path)
    #expect(try board(result).count == 3)
    #expect(try Project.text(result, "grid_failures.csv").split(separator: "\n").count == 3)
  }

  @Test(
    "what does not work is refused with its reason",
    arguments: [
      ("nfolds: 3", "strategy: SuccessiveHalving", "nfolds cannot be combined with strategy: SuccessiveHalving"),
      ("fold_column: f", "strategy: SuccessiveHalving", "fold_column cannot be combined with strategy"),
      ("compatibility: h2o-3.46", "strategy: SuccessiveHalving", "SuccessiveHalving is unsupported in H2O 3.46"),
      ("checkpoint: m", "strategy: SuccessiveHalving", "checkpoint cannot be combined with a grid"),
      ("", "strategy: SuccessiveHalving, stopping_rounds: 2", "stopping_rounds cannot be combined"),
      ("", "strategy: RandomDiscrete, rungs: 2", "rungs needs strategy: SuccessiveHalving"),
      ("", "reduction_factor: 2", "reduction_factor needs strategy: SuccessiveHalving"),
      (
        "optimizer: Adam\nrate_schedule: CosLog4", "strategy: SuccessiveHalving, rungs: 5",
        "rungs must be at most 4 with rate_schedule: CosLog4"
      ),
      ("", "strategy: halving", "did you mean 'SuccessiveHalving'?"),
    ])
  func refused(_ keys: String, _ criteria: String, _ expected: String) {
    let text = "training_frame: t\nresponse_column: y\n\(keys)\ngrid:\n  hyper_params: {l1: [0, 1]}\n"
    faults(text + "  search_criteria: {\(criteria)}", expected)
  }

  @Test(
    "ranges that have no end or no meaning are refused",
    arguments: [
      ("l1: {from: 0, to: 1}", "", "is a range, whose values Cartesian cannot list"),
      ("l1: {from: 0, to: 1}", "strategy: RandomDiscrete", "is a range, so the search has no end"),
      ("l1: {from: 0, to: 1, log: true}", "max_models: 3", "from must be above 0 with log: true"),
      ("l1: {from: 1, to: 1}", "max_models: 3", "to must be above from"),
      ("l1: {from: -1, to: 1}", "max_models: 3", "must be between 0 and 1000"),
      ("l1: {from: 0}", "max_models: 3", "a range needs from and to"),
      ("l1: {from: 0, max: 1}", "max_models: 3", "did you mean 'to'?"),
      ("mini_batch_size: {from: 1, to: 9, int: false}", "max_models: 3", "int must be true"),
      ("l1: {from: 0.5, to: 2, int: true}", "max_models: 3", "must be whole numbers"),
      ("hidden: {from: 1, to: 9}", "max_models: 3", "a range is for parameters that are one number"),
      ("epochs: [1, 2]", "strategy: SuccessiveHalving", "epochs cannot vary with strategy: SuccessiveHalving"),
    ])
  func refusedRanges(_ dimension: String, _ criteria: String, _ expected: String) {
    faults(
      "training_frame: t\nresponse_column: y\ngrid:\n  hyper_params: {\(dimension)}\n  search_criteria: {\(criteria)}",
      expected)
  }

  private func faults(_ text: String, _ expected: String) {
    let error = #expect(throws: DocumentError.self) { try JobFileReader.read(Array(text.utf8), file: "job.yaml") }
    #expect(error?.description.contains(expected) == true, "\(error?.description ?? "")")
  }
}
