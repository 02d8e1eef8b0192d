import DataFrames
import DeepLearning
import DurableFiles
import Foundation
import JobEvents
import JobFiles
import Jobs
import Models
import Planning
import TestSupport
import Testing
import Training

/// Statements of the reference page that hold in documentation mode, although H2O's code differs.
@Suite("Statements of the reference page")
struct ReferencePageTests {
  /// 300 rows; y has 15 rows of a and 285 of b; k has 240 of "1", 40 of "2" and 20 of "10".
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

  @Test("fold_assignment Stratified: the rows of each class are distributed evenly")
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

  @Test("models of folds do not use overwrite_with_best_model, and plan.yaml says so")
  func foldsKeepTheirLast() async throws {
    let (result, folders) = try await run(
      "response_column: y\nnfolds: 3\nkeep_cross_validation_models: true\nstopping_rounds: 2\n")
    defer { withExtendedLifetime(folders) {} }
    for plan in ["cross_validation/cv_2/plan.yaml", "plan.yaml"] {
      #expect(try Project.text(result, plan).contains("overwrite_with_best_model: false  # chosen"), "\(plan)")
    }
    #expect(try Project.text(result, "plan.yaml").contains("stopping_rounds: 0  # chosen"))
  }

  @Test("a cross-validated model can be continued")
  func continued() async throws {
    let (first, folders) = try await run("response_column: y\nnfolds: 3\n")
    defer { withExtendedLifetime(folders) {} }
    let (second, others) = try await run("response_column: y\ncheckpoint: \(first)\n", epochs: 3)
    defer { withExtendedLifetime(others) {} }
    #expect(try Project.text(second, "scoring_history.csv").split(separator: "\n").count > 3)
  }

  /// Returns the number of rows of each class in the balanced table.
  private func balancedRows(_ settings: String, seed: Int) throws -> [String: Int] {
    let data = TemporaryFolder()
    try FileSystem().write(Self.table.utf8, to: "\(data.path)/t.csv")
    let text =
      "training_frame: t.csv\nresponse_column: k\ncolumn_types: {k: enum}\nbalance_classes: true\nseed: \(seed)\n"
      + settings
    let job = try JobFileReader.read(Array(text.utf8), file: "job.yaml")
    let frame = try FrameReader.read("\(data.path)/t.csv", options: ReadOptions(job))
    let balance = try #require(try TrainingPlanner(job, Compatibility(job)).plan(frame, seed: seed).rowUse.balance)
    let column = try #require(frame.column(named: "k"))
    let levels = try #require(column.levels)
    return Dictionary(grouping: balance.rows.compactMap { column.level(at: $0).map { levels[$0] } }, by: { $0 })
      .mapValues(\.count)
  }

  /// Returns the rows of each class from a confusion matrix.
  private func classTotals(_ result: String, _ table: String) throws -> [String: Double] {
    let rows = try Project.text(result, "confusion_matrix_\(table).csv").split(separator: "\n").map {
      $0.split(separator: ",")
    }
    let totals = rows.dropFirst().prefix(3).map { row in
      (String(row[0]), row.dropFirst().prefix(3).compactMap { Double($0) }.reduce(0, +))
    }
    return Dictionary(uniqueKeysWithValues: totals)
  }

  @Test(
    "class_sampling_factors follow the lexicographical order 1, 10, 2, or are named; plan.yaml shows the assignment",
    arguments: ["[1, 8, 1]", "{10: 8}", "{'10': 8, 1: 1, 2: 1}", "1,8,1"])
  func factors(_ factors: String) async throws {
    let counts = try balancedRows("class_sampling_factors: \(factors)\n", seed: 3)
    #expect(counts == ["1": 240, "2": 40, "10": 160])
    let (result, folders) = try await run(
      "response_column: k\ncolumn_types: {k: enum}\nbalance_classes: true\nclass_sampling_factors: \(factors)\n"
        + "score_training_samples: 0\n")
    defer { withExtendedLifetime(folders) {} }
    let plan = try Project.text(result, "plan.yaml")
    #expect(plan.contains("  # given (1: 1, 10: 8, 2: 1)\n"))
    #expect(
      plan.contains("class_sampling_factors follow the lexicographical order") == factors.hasSuffix("1]")
        || factors == "1,8,1")
  }

  @Test("an unknown class is refused with the known ones")
  func unknownFactor() async throws {
    let failure = await #expect(throws: JobFailure.self) {
      try await run(
        "response_column: k\ncolumn_types: {k: enum}\nbalance_classes: true\nclass_sampling_factors: {10.0: 8, 3: 1}\n")
    }
    let text = failure?.description ?? ""
    #expect(text.contains("names unknown classes '10.0', '3'; the classes of 'k' are 1, 10, 2"), "\(text)")
  }

  @Test(
    "score_validation_sampling Stratified: each class equally often, no row twice, with or without balanced classes",
    arguments: [("", 90, [35, 35, 20]), ("balance_classes: true\n", 30, [10, 10, 10]), ("", 1000, [240, 40, 20])])
  func stratifiedValidation(_ job: String, _ samples: Int, _ expected: [Int]) async throws {
    let (result, folders) = try await run(
      "response_column: k\ncolumn_types: {k: enum}\nvalidation_frame: t.csv\nscore_validation_sampling: Stratified\n"
        + "score_validation_samples: \(samples)\n\(job)")
    defer { withExtendedLifetime(folders) {} }
    let totals = try classTotals(result, "validation")
    #expect(["1", "2", "10"].map { totals[$0] } == expected.map(Double.init))
  }

  @Test("momentum_ramp 0: momentum_stable acts from the first row")
  func withoutRamp() async throws {
    let job =
      "response_column: y\nreproducible: true\nadaptive_rate: false\nrate: 0.01\nmomentum_stable: 0.8\nmomentum_ramp: "
    let (none, folders) = try await run("\(job)0\n")
    let (constant, others) = try await run("\(job)1000\nmomentum_start: 0.8\n")
    let (ramp, more) = try await run("\(job)1000\n")
    defer { withExtendedLifetime(folders + others + more) {} }
    let summaries = try [none, constant, ramp].map { try Project.text($0, "model_summary.csv") }
    #expect(summaries[0] == summaries[1] && summaries[0] != summaries[2])
    let (told, last) = try await run("\(job)0\nmomentum_start: 0.5\n")
    defer { withExtendedLifetime(last) {} }
    #expect(try Project.text(told, "plan.yaml").contains("momentum_start has no effect: momentum_ramp is 0"))
  }

  @Test("the status of the layers has root mean squares; under h2o-3.46 standard deviations", arguments: [true, false])
  func rootMeanSquares(_ isDocumentation: Bool) async throws {
    let mode = isDocumentation ? "documentation" : "h2o-3.46"
    let (result, folders) = try await run(
      "response_column: y\ncompatibility: \(mode)\nadaptive_rate: false\n", epochs: 3)
    defer { withExtendedLifetime(folders) {} }
    let layers = try Project.model(result).state.layers
    let lines = try Project.text(result, "model_summary.csv").split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    func rms(_ values: [Double]) -> Double {
      let mean = isDocumentation ? 0 : values.reduce(0, +) / Double(values.count)
      return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)).squareRoot()
    }
    for (layer, line) in zip(layers, lines.dropFirst(2)) {
      // H2O's square root has an error of up to 4.5 %.
      let tolerance = isDocumentation ? 1e-9 : 0.05
      for (name, expected) in [("weight_rms", rms(layer.weights.map(Double.init))), ("bias_rms", rms(layer.biases))] {
        let column = try #require(lines[0].firstIndex(of: name))
        let found = try #require(Double(line[column]))
        #expect(abs(found - expected) <= tolerance * expected, "\(name)")
      }
      let column = try #require(lines[0].firstIndex(of: "rate_rms"))
      let rate = try #require(Double(line[column]))
      #expect(isDocumentation ? rate > 0.004 && rate <= 0.005 : rate == 0)
    }
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

  @Test("max_hit_ratio_k limits the list, and overriding a given value produces a warning", arguments: [0, 2])
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
