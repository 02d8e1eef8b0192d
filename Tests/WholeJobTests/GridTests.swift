import Documents
import DurableFiles
import Foundation
import JobEvents
import JobFiles
import Jobs
import Models
import Synchronization
import TestSupport
import Testing
import Training

@Suite("Grid search")
struct GridTests {
  private static let samples = "\(Project.root)/Spool/samples"

  private func job(_ grid: String, _ rest: String = "") -> [UInt8] {
    Array(
      """
      training_frame: iris.csv
      response_column: Species
      model_id: g
      epochs: 3
      seed: 1
      \(rest)
      grid:
      \(grid)
      """.utf8)
  }

  private func run(_ bytes: [UInt8], _ work: TemporaryFolder) async throws -> String {
    try await Project.run(bytes, frames: Self.samples, work: work.path)
  }

  private func table(_ result: String, _ name: String) throws -> [[Substring]] {
    try Project.text(result, name).split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
  }

  @Test("all combinations are tried, with the first parameter varying fastest, and the best model comes first")
  func cartesian() async throws {
    let work = TemporaryFolder()
    defer { withExtendedLifetime(work) {} }
    let result = try await run(job("  hyper_params: {hidden: [[2], [9], [9, 5]], l1: [0, 0.5]}"), work)
    let board = try table(result, "leaderboard.csv")
    #expect(board[0].prefix(5) == ["rank", "model_id", "hidden", "l1", "logloss"])
    #expect(board.count == 7)
    let losses = board.dropFirst().compactMap { Double($0[$0.count > 5 && $0[2].hasPrefix("\"") ? 5 : 4]) }
    #expect(losses == losses.sorted())
    for number in 1...6 {
      #expect(FileSystem().exists("\(result)/models/model_\(number)/\(ResultFolderLayout.modelFile)"))
    }
    // The result folder is that of the best model.
    let best = try #require(board[1][1].split(separator: "_").last)
    #expect(
      try FileSystem().read("\(result)/\(ResultFolderLayout.modelFile)", limit: 1 << 24)
        == FileSystem().read("\(result)/models/model_\(best)/\(ResultFolderLayout.modelFile)", limit: 1 << 24))
    func plan(_ number: Int) throws -> String { try Project.text(result, "models/model_\(number)/plan.yaml") }
    #expect(try plan(2).contains("hidden: [9]") && plan(2).contains("l1: 0 "))
    #expect(try plan(4).contains("hidden: [2]") && plan(4).contains("l1: 0.5 "))
    #expect(try !plan(1).contains("hyper_params"))
  }

  @Test(
    "while a grid with cross-validation runs, its page shows the leaderboard so far, and each model and fold has one")
  func livePages() async throws {
    let work = TemporaryFolder()
    let pages = Mutex<[String: String]>([:])
    let path = work.path
    _ = try await Project.run(
      job("  parallelism: 1\n  hyper_params: {hidden: [[2], [3]]}", "nfolds: 2\nscore_each_iteration: true"),
      frames: Self.samples, work: work.path
    ) { event in
      guard case .ofPart("model_2", .finished) = event else { return }
      for name in ["report.html", "grid/2/report.html", "grid/2/cv_1/report.html"] {
        let text = try? String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
        pages.withLock { $0[name] = text }
      }
    }
    let seen = pages.withLock { $0 }
    let grid = try #require(seen["report.html"])
    #expect(grid.contains("Searching: 1 model tried") && grid.contains("http-equiv=\"refresh\""))
    #expect(grid.contains("href=\"grid/1/result/report.html\"") && grid.contains("href=\"grid/2/report.html\""))
    #expect(seen["grid/2/report.html"]?.contains("g_model_2") == true)
    #expect(seen["grid/2/cv_1/report.html"]?.contains("Training: ") == true)
    withExtendedLifetime(work) {}
  }

  @Test("the page of a grid judges the best model, and has only what distinguishes models, with the metric first")
  func page() async throws {
    let work = TemporaryFolder()
    defer { withExtendedLifetime(work) {} }
    let result = try await run(
      job("  parallelism: 1\n  hyper_params: {hidden: [[2], [3]]}", "validation_fraction: 0.3"), work)
    let page = try Project.text(result, "report.html")
    #expect(page.contains(/<p class="verdict">On the validation rows the log loss is [^<]* of always predicting/))
    #expect(page.contains(/<p class="assessment">The best model, model_[12], has hidden \[[23]\]: its log loss is/))
    #expect(page.contains(/<p class="assessment">It (does not overfit|overfits)/))
    let board = try #require(page.firstMatch(of: /All models, the best first[\s\S]*?<\/table>/)).output
    let header = board.matches(of: /<th scope="col"[^>]*>([^<]*)</).map { String($0.1) }
    #expect(header.prefix(4) == ["rank", "model", "log loss", "hidden"])
    #expect(!header.contains("rows") && !header.contains("epochs") && !header.contains("ending"))
    #expect(board.contains("href=\"models/model_1/report.html\">model_1</a>") && !board.contains("g_model_1<"))
    #expect(try table(result, "leaderboard.csv")[0].contains("nobs"))
    #expect(try Project.text(result, "events.jsonl").contains("2 models tried, 0 failed; the best is model_"))
  }

  @Test("failed models are listed and do not end the search; if all fail, the job fails")
  func failures() async throws {
    let work = TemporaryFolder()
    defer { withExtendedLifetime(work) {} }
    let result = try await run(
      job("  hyper_params: {loss: [CrossEntropy, Quantile], hidden: [[3]]}"), work)
    #expect(try table(result, "leaderboard.csv").count == 2)
    let failed = try Project.text(result, "grid_failures.csv")
    #expect(failed.contains("g_model_2,Quantile,[3]") && failed.contains("needs a numeric response"))
    let other = TemporaryFolder()
    let failure = await #expect(throws: JobFailure.self) {
      try await run(job("  hyper_params: {loss: [Quantile]}"), other)
    }
    #expect(failure?.description.contains("all 1 models of the grid failed") == true)
  }

  @Test("random search draws no combination twice, and each model has its own seed")
  func random() async throws {
    let work = TemporaryFolder()
    defer { withExtendedLifetime(work) {} }
    let text = String(
      decoding: job(
        """
          hyper_params: {hidden: [[2], [3], [4], [5]], rho: [0.9, 0.95, 0.99]}
          search_criteria: {strategy: RandomDiscrete, max_models: 5, seed: 40}
        """), as: UTF8.self
    ).replacing("seed: 1\n", with: "")
    let result = try await run(Array(text.utf8), work)
    let board = try table(result, "leaderboard.csv").dropFirst()
    #expect(board.count == 5)
    #expect(Set(board.map { "\($0[2]) \($0[3])" }).count == 5)
    let seeds = try (1...5).map { number in
      try Project.text(result, "models/model_\(number)/plan.yaml").split(separator: "\n")
        .first { $0.hasPrefix("seed: ") }.map { $0.dropFirst(6).prefix { $0 != " " } }
    }
    #expect(seeds == ["40", "41", "42", "43", "44"])
  }

  @Test("the search ends when the best models no longer improve")
  func stopping() async throws {
    let work = TemporaryFolder()
    defer { withExtendedLifetime(work) {} }
    // All models are the same, because the parameter has no effect.
    let result = try await run(
      job(
        """
          hyper_params: {quantile_alpha: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8], hidden: [[4]]}
          search_criteria: {stopping_rounds: 2, stopping_tolerance: 0.01}
        """), work)
    #expect(try table(result, "leaderboard.csv").count == 6)
  }

  @Test("after an interruption finished models are not trained again, and the result is the same as without one")
  func resume() async throws {
    let text = job(
      "  hyper_params: {hidden: [[4], [5]], l2: [0, 0.01]}\n  parallelism: 2", "nfolds: 2\nreproducible: true")
    let (undisturbed, disturbed) = (TemporaryFolder(), TemporaryFolder())
    defer { withExtendedLifetime((undisturbed, disturbed)) {} }
    let whole = try await run(text, undisturbed)
    let request = try Project.request(text, frames: Self.samples, work: disturbed.path)
    var suspensions = 0
    let finished = Mutex<[String]>([])
    while suspensions < 100 {
      let control = TrainingControl()
      let scores = Atomic(0)
      let runner = JobRunner(request, fileSystem: FileSystem()) { event in
        if case .ofPart(let part, .finished) = event, !part.contains("cv") { finished.withLock { $0.append(part) } }
        guard event.score != nil else { return }
        if scores.wrappingAdd(1, ordering: .relaxed).newValue == 7 { control.stop(.suspend) }
      }
      guard case .suspended = try await runner.run(control) else { break }
      suspensions += 1
    }
    #expect(suspensions >= 2 && suspensions < 100)
    #expect(finished.withLock { $0.sorted() } == (1...4).map { "model_\($0)" })
    for number in 1...4 {
      let both = try [whole, request.resultFolder].map {
        try FileSystem().read("\($0)/models/model_\(number)/\(ResultFolderLayout.modelFile)", limit: 1 << 26)
      }
      #expect(both[0] == both[1], "model \(number)")
    }
    let order = try [whole, request.resultFolder].map { try table($0, "leaderboard.csv").map { $0[1] } }
    #expect(order[0] == order[1])
  }

  @Test(
    "an invalid grid is refused with location and name",
    arguments: [
      ("  hyper_params: {hiden: [[2]]}", "a grid cannot vary 'hiden' (did you mean 'hidden'?)"),
      ("  hyper_params: {autoencoder: [true]}", "a grid cannot vary 'autoencoder'"),
      ("  hyper_params: {l1: []}", "must be a list of at least one value"),
      ("  hyper_params: {l1: 3}", "must be a list of at least one value"),
      ("  hyper_params: {l1: [0, -1]}", "grid.hyper_params.l1: must be between 0 and 1000"),
      ("  hyper_params: {epochs: [1, 2]}", "epochs is set both in the job and in grid.hyper_params"),
      ("  hyper_params: {l1: [0]}\n  search_criteria: {strategy: Best}", "expected one of Cartesian, RandomDiscrete"),
      (
        "  hyper_params: {l1: [0]}\n  search_criteria: {max_model: 3}",
        "did you mean 'grid.search_criteria.max_models'?"
      ),
      ("  search_criteria: {max_models: 3}", "needs grid.hyper_params"),
      ("  hyper_params: 3", "must be a block of parameters"),
      ("  hyper_params: {l1: [0]}\n  search_criteria: {stopping_rounds: 9223372036854775807}", "between 0 and 1000000"),
    ])
  func faults(_ grid: String, _ expected: String) throws {
    let error = #expect(throws: DocumentError.self) { try JobFileReader.read(job(grid), file: "job.yaml") }
    #expect(error?.description.contains(expected) == true, "\(error?.description ?? "")")
  }

  @Test(
    "a metric that is undefined for the models cannot sort them",
    arguments: [
      ("deviance", "deviance is for regression"), ("custom", "needs a custom_metric_func"),
      ("AUC", "is undefined for 3 classes"),
    ])
  func metricFaults(_ metric: String, _ expected: String) async throws {
    let work = TemporaryFolder()
    let failure = await #expect(throws: JobFailure.self) {
      try await run(job("  hyper_params: {l1: [0]}\n  search_criteria: {stopping_metric: \(metric)}"), work)
    }
    #expect(failure?.description.contains(expected) == true, "\(failure?.description ?? "")")
  }

  @Test("models finished with other settings or data are trained again")
  func foreignEntries() async throws {
    let work = TemporaryFolder()
    defer { withExtendedLifetime(work) {} }
    for epochs in [1, 3] {
      let text = String(decoding: job("  hyper_params: {hidden: [[2]]}"), as: UTF8.self)
      let result = try await run(Array(text.replacing("epochs: 3", with: "epochs: \(epochs)").utf8), work)
      #expect(try Project.text(result, "models/model_1/plan.yaml").contains("\nepochs: \(epochs) "))
    }
  }

  @Test("a model of a grid can be continued with its own settings, not those of the grid")
  func continued() async throws {
    let (first, second) = (TemporaryFolder(), TemporaryFolder())
    defer { withExtendedLifetime((first, second)) {} }
    let result = try await run(job("  hyper_params: {hidden: [[2], [3]], rho: [0.95]}"), first)
    let text = """
      training_frame: iris.csv
      response_column: Species
      epochs: 6
      checkpoint: \(result)/models/model_2
      hidden: [3]

      """
    _ = try await run(Array((text + "rho: 0.95").utf8), second)
    let failure = await #expect(throws: JobFailure.self) { try await run(Array(text.utf8), second) }
    #expect(failure?.description.contains("it was 0.95, here it is 0.99") == true)
  }

  @Test("a grid with too many models is refused with advice")
  func tooLarge() async throws {
    let work = TemporaryFolder()
    let values = (0..<200).map { "\(Double($0) / 1000)" }.joined(separator: ", ")
    let failure = await #expect(throws: JobFailure.self) {
      try await run(job("  hyper_params: {l1: [\(values)], l2: [\(values)]}"), work)
    }
    #expect(failure?.description.contains("has 40000 combinations") == true)
  }
}
