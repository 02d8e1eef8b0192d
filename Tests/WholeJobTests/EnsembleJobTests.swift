import Documents
import DurableFiles
import Foundation
import JobEvents
import JobFiles
import Jobs
import Models
import TestSupport
import Testing
import Training

/// Ensembles of the best models of a search, and `preset: best`, in whole jobs.
@Suite("Ensembles and the best preset")
struct EnsembleJobTests {
  /// Noisy classes, on which the mean of small networks is better than each of them.
  private static func table(_ rowCount: Int, seed: UInt64) -> String {
    var numbers = UniformNumbers(seed: seed)
    return "x1,x2,x3,x4,k\n"
      + (0..<rowCount).map { _ in
        let x = (0..<4).map { _ in numbers.next() }
        let isIn = (x[0] - 0.5) * (x[1] - 0.5) + 0.1 * x[2] + 0.25 * (numbers.next() - 0.5) > 0.05
        return "\(x.map { "\($0)" }.joined(separator: ",")),\(isIn ? "y" : "n")\n"
      }.joined()
  }

  private func run(_ settings: String, rows: Int = 300) async throws -> (result: String, folders: [TemporaryFolder]) {
    let (data, work) = (TemporaryFolder(), TemporaryFolder())
    try FileSystem().write(Self.table(rows, seed: 1).utf8, to: "\(data.path)/t.csv")
    try FileSystem().write(Self.table(100, seed: 2).utf8, to: "\(data.path)/v.csv")
    let text = "training_frame: t.csv\nresponse_column: k\nmodel_id: g\nseed: 4\nexplanations: none\n\(settings)\n"
    return (try await Project.run(Array(text.utf8), frames: data.path, work: work.path), [data, work])
  }

  private static let search = """
    validation_fraction: 0.4
    epochs: 12
    reproducible: true
    exports: [onnx, mojo]
    grid:
      ensemble: 4
      hyper_params: {hidden: [[3], [4], [5, 3]], seed: [1, 2, 3]}
    """

  @Test("the result is the mean of models if that is better, with metrics, predictions and exports of its own")
  func ensemble() async throws {
    let (result, folders) = try await run(Self.search)
    defer { withExtendedLifetime(folders) {} }
    let document = try require(
      JSONSerialization.jsonObject(with: Data(Project.text(result, "metrics.json").utf8)) as? [String: Any], "metrics")
    let members = try #require(document["ensemble"] as? [[String: Any]])
    #expect(members.count > 1 && members.count <= 4)
    let shares = try members.map { try #require($0["share"] as? Double) }
    #expect(abs(shares.reduce(0, +) - 1) < 1e-9)
    let parts = try members.map { member in
      let name = try #require(member["model"] as? String)
      return "\(result)/models/\(name.replacing("g_", with: ""))"
    }
    // The predictions are the mean of those of the members.
    func probabilities(_ folder: String) throws -> [Double] {
      try Project.predict(folder, "\(folders[0].path)/v.csv").split(separator: "\n").dropFirst().map { row in
        try #require(row.split(separator: ",").last.flatMap { Double($0) })
      }
    }
    let (mean, single) = (try probabilities(result), try parts.map(probabilities))
    for row in mean.indices {
      let expected = zip(shares, single).reduce(0) { $0 + $1.0 * $1.1[row] }
      #expect(abs(mean[row] - expected) < 1e-12)
    }
    // It beats every model on the validation rows, and the leaderboard begins with it.
    let board = try Project.text(result, "leaderboard.csv").split(separator: "\n").map { $0.split(separator: ",") }
    #expect(board[1][1] == "g_ensemble" && board.count == 11)
    let loss = try #require(try Project.metrics(result, "validation")["logloss"] as? Double)
    #expect(try loss < #require(Project.metrics(parts[0], "validation")["logloss"] as? Double))
    #expect(FileSystem().exists("\(result)/model.onnx") && !FileSystem().exists("\(result)/model.mojo.zip"))
    let exports = try #require(document["exports"] as? [String: [String: Any]])
    #expect((exports["mojo"]?["refused"] as? String)?.contains("averages") == true)
    #expect(try #require(exports["onnx"]?["largest_difference"] as? Double) < 1e-4)
    #expect(try Project.text(result, "report.html").contains("the mean of \(members.count) models"))
    // It cannot be continued, but its models can.
    let failure = await #expect(throws: JobFailure.self) {
      _ = try await run("checkpoint: \(result)\nvalidation_fraction: 0.4\nepochs: 20\nhidden: [3]")
    }
    #expect(failure?.description.contains("is the mean of") == true, "\(failure?.description ?? "")")
  }

  @Test("preset best searches within its time, begins with the recipe, and leaves models of preset tabular")
  func best() async throws {
    let (result, folders) = try await run("preset: best\nepochs: 8\nmax_runtime_secs: 3", rows: 200)
    defer { withExtendedLifetime(folders) {} }
    let plan = try Project.text(result, "plan.yaml")
    #expect(plan.contains("\npreset: tabular  # given\n") && plan.contains("\nmax_runtime_secs: 0  # default\n"))
    let board = try Project.text(result, "leaderboard.csv")
    #expect(board.contains(",g_model_1,\"[256, 256, 256]\",SELU,256,0,0,0.04,0.1,") && board.contains(",rung,"))
  }

  @Test("keys of the job are not varied, and own dimensions replace those of the preset")
  func dimensions() throws {
    func job(_ text: String) throws -> JobFile {
      try JobFileReader.read(Array("training_frame: t\nresponse_column: y\npreset: best\n\(text)\n".utf8), file: "j")
    }
    let all = try job("").hyperParameters.map(\.key)
    #expect(all == ["hidden", "activation", "mini_batch_size", "input_dropout_ratio", "l2", "rate"])
    #expect(
      try job("hidden: [8]\nrate: 0.1").hyperParameters.map(\.key) == all.filter { !["hidden", "rate"].contains($0) })
    #expect(try job("grid: {hyper_params: {l1: [0, 1]}}").hyperParameters.map(\.key) == ["l1"])
    #expect(try job("").gridMaxRuntimeSecs == 60 && job("max_runtime_secs: 7").gridMaxRuntimeSecs == 7)
    #expect(try job("grid: {search_criteria: {max_models: 9}}").gridMaxRuntimeSecs == 0)
    #expect(try job("").gridStrategy == .successiveHalving && job("").gridEnsemble > 1)
  }

  @Test(
    "what does not work is refused with its reason",
    arguments: [
      ("grid: {ensemble: 3, hyper_params: {l1: [0, 1]}}", "grid.ensemble needs validation rows"),
      (
        "nfolds: 3\ngrid: {ensemble: 3, hyper_params: {l1: [0, 1]}}",
        "grid.ensemble cannot be combined with cross-validation"
      ),
      ("grid: {ensemble: 3}", "grid.ensemble needs grid.hyper_params"),
      (
        "compatibility: h2o-3.46\nvalidation_frame: v\ngrid: {ensemble: 3, hyper_params: {l1: [0, 1]}}",
        "grid.ensemble is unsupported in H2O 3.46"
      ),
      ("preset: best\nnfolds: 3", "nfolds cannot be combined with strategy: SuccessiveHalving"),
      ("preset: best\ncompatibility: h2o-3.46", "preset best cannot be combined with compatibility"),
      ("preset: best\ncheckpoint: m", "checkpoint cannot be combined with a grid"),
    ])
  func refused(_ text: String, _ expected: String) {
    let error = #expect(throws: DocumentError.self) {
      try JobFileReader.read(Array("training_frame: t\nresponse_column: y\n\(text)\n".utf8), file: "j")
    }
    #expect(error?.description.contains(expected) == true, "\(error?.description ?? "")")
  }
}
