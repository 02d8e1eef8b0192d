import DataFrames
import DurableFiles
import Foundation
import JobFiles
import JobRunning
import Testing
import Training

/// What the reference page promises of jobs in documentation mode, where H2O's code does something else.
@Suite("Promises of the reference page")
struct ReferencePageTests {
  /// 300 rows; y: 15 of a, 285 of b; k: 240 of "1", 40 of "2", 20 of "10".
  private static let table =
    "x,y,k\n"
    + (0..<300).map { row in
      "\(Double(row % 23) / 4),\(row % 20 == 7 ? "a" : "b"),\(row % 15 == 0 ? "10" : row % 15 < 3 ? "2" : "1")\n"
    }.joined()

  private func run(_ job: String, epochs: Int = 1) async throws -> (result: String, folders: [TemporaryFolder]) {
    let (data, work) = (TemporaryFolder(), TemporaryFolder())
    try FileSystem().write(Self.table.utf8, to: "\(data.path)/t.csv")
    let text = "training_frame: t.csv\nseed: 3\nhidden: [4]\nepochs: \(epochs)\n\(job)"
    return (try await Project.run(Array(text.utf8), frames: data.path, work: work.path), [data, work])
  }

  @Test("fold_assignment Stratified: every class is dealt out evenly")
  func stratified() async throws {
    let (result, folders) = try await run(
      "response_column: y\nnfolds: 5\nfold_assignment: Stratified\nkeep_cross_validation_fold_assignment: true\n")
    defer { withExtendedLifetime(folders) {} }
    let folds = try Project.text(result, "cross_validation/fold_assignment.csv").split(separator: "\n").dropFirst()
    let classes = Self.table.split(separator: "\n").dropFirst().map { $0.split(separator: ",")[1] }
    for name in ["a", "b"] {
      let counts = Dictionary(grouping: zip(folds, classes).filter { $0.1 == name }, by: \.0).mapValues(\.count)
      #expect(counts.count == 5 && counts.values.allSatisfy { $0 == (name == "a" ? 3 : 57) }, "\(name): \(counts)")
    }
  }

  @Test("models of folds do without overwrite_with_best_model, and plan.yaml says so")
  func foldsKeepTheirLast() async throws {
    let (result, folders) = try await run(
      "response_column: y\nnfolds: 3\nkeep_cross_validation_models: true\nstopping_rounds: 2\n")
    defer { withExtendedLifetime(folders) {} }
    for plan in ["cross_validation/cv_2/plan.yaml", "plan.yaml"] {
      #expect(try Project.text(result, plan).contains("overwrite_with_best_model: false  # chosen"), "\(plan)")
    }
    #expect(try Project.text(result, "plan.yaml").contains("stopping_rounds: 0  # chosen"))
  }

  @Test("a model that was cross-validated can be continued")
  func continued() async throws {
    let (first, folders) = try await run("response_column: y\nnfolds: 3\n")
    defer { withExtendedLifetime(folders) {} }
    let (second, others) = try await run("response_column: y\ncheckpoint: \(first)\n", epochs: 3)
    defer { withExtendedLifetime(others) {} }
    #expect(try Project.text(second, "scoring_history.csv").split(separator: "\n").count > 3)
  }

  /// How many rows of each class the balanced table has.
  private func balancedRows(_ settings: String, seed: Int) throws -> [String: Int] {
    let data = TemporaryFolder()
    try FileSystem().write(Self.table.utf8, to: "\(data.path)/t.csv")
    let text =
      "training_frame: t.csv\nresponse_column: k\ncolumn_types: {k: enum}\nbalance_classes: true\nseed: \(seed)\n"
      + settings
    let job = try JobFileReader.read(Array(text.utf8), file: "job.yaml")
    let frame = try FrameReader.read("\(data.path)/t.csv", options: ReadOptions(job))
    let balance = try #require(try TrainingPlanner(job).plan(frame, seed: seed).balance)
    let column = try #require(frame.column(named: "k"))
    let levels = try #require(column.levels)
    return Dictionary(grouping: balance.rows.compactMap { column.level(at: $0).map { levels[$0] } }, by: { $0 })
      .mapValues(\.count)
  }

  @Test("class_sampling_factors are in lexicographical order: 1, 10, 2")
  func factors() throws {
    let counts = try balancedRows("class_sampling_factors: [1, 8, 1]\n", seed: 3)
    #expect(counts == ["1": 240, "2": 40, "10": 160])
  }

  @Test("the balanced table is not larger than max_after_balance_size", arguments: 1...6)
  func balanceSize(_ seed: Int) throws {
    let rows = try balancedRows("max_after_balance_size: 0.5\n", seed: seed).values.reduce(0, +)
    #expect(rows <= 150 && rows > 130)
  }

  @Test(
    "tweedie_power 0, 1 and 2 are gaussian, poisson and gamma",
    arguments: [(0, "gaussian"), (1, "poisson"), (2, "gamma")])
  func tweedie(_ power: Int, _ name: String) async throws {
    let (given, folders) = try await run(
      "response_column: x\nreproducible: true\ndistribution: tweedie\ntweedie_power: \(power)\n")
    let (named, others) = try await run("response_column: x\nreproducible: true\ndistribution: \(name)\n")
    defer { withExtendedLifetime(folders + others) {} }
    #expect(try Project.text(given, "model_summary.csv") == Project.text(named, "model_summary.csv"))
  }

  @Test("max_hit_ratio_k cuts the list, and what overrules a given value is told", arguments: [0, 2])
  func hitRatios(_ count: Int) async throws {
    let (result, folders) = try await run(
      "response_column: k\ncolumn_types: {k: enum}\nmax_hit_ratio_k: \(count)\ndistribution: bernoulli\n")
    defer { withExtendedLifetime(folders) {} }
    #expect((try Project.metrics(result)["hit_ratios"] as? [Double] ?? []).count == count)
    let told = "distribution has no effect: the response has 3 classes, so it is multinomial"
    for file in ["metrics.json", "plan.yaml", "report.html"] {
      #expect(try Project.text(result, file).contains(told), "\(file)")
    }
  }

  @Test("the report charts the mean squared error")
  func chart() async throws {
    let (result, folders) = try await run("response_column: y\nscore_each_iteration: true\n", epochs: 3)
    defer { withExtendedLifetime(folders) {} }
    #expect(try Project.text(result, "report.html").contains("<figcaption>mean squared error"))
  }
}
