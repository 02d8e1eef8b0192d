import DataFrames
import DeepLearning
import Foundation
import JobFiles
import Planning
import TestSupport
import Testing
import Training

/// Rules and automatic choices that depend on the table, without training
/// (h2o-behaviour.md#validation-rules and #losses-and-distributions).
@Suite("Planning a training")
struct TrainingPlannerTests {
  @Test(
    "a job that does not match its table is refused",
    arguments: [
      ("E15", "response_column: y\noffset_column: o", "is for regression"),
      ("E16", "response_column: x\nbalance_classes: true", "is for classification"),
      ("E17", "response_column: y\nbalance_classes: true\nweights_column: v", "weights of 0 and 1 only"),
      ("E19", "response_column: y\nbalance_classes: true\nclass_sampling_factors: [1]", "has 1 value,"),
      ("E26", "response_column: y\nhidden: [9000, 9000]\nl1: 0", nil),
      ("E36", "response_column: x\nloss: CrossEntropy", "needs a categorical response"),
      ("E38", "response_column: y\nloss: Quantile", "needs a numeric response"),
      ("E40", "response_column: l\ndistribution: gaussian", "needs a numeric response"),
      ("E41", "response_column: x\ndistribution: bernoulli", "needs a categorical response"),
      ("E46", "response_column: m\ndistribution: poisson", "needs a response of at least 0"),
      ("none", "response_column: y\nbalance_classes: true\nweights_column: w", nil),
    ] as [(String, String, String?)])
  func refusals(_ rule: String, _ text: String, _ expected: String?) throws {
    let refusal = try PlannedJob(text).refusal()
    #expect(refusal?.contains(expected ?? "") ?? (expected == nil), "\(rule): \(refusal ?? "accepted")")
    if expected == nil { #expect(refusal == nil, "\(rule)") }
  }

  @Test(
    "distribution and loss are derived from each other and from the response",
    arguments: [
      ("response_column: y", "bernoulli", "CrossEntropy"),
      ("response_column: l", "multinomial", "CrossEntropy"),
      ("response_column: l\nloss: Quadratic", "multinomial", "Quadratic"),
      ("response_column: x", "gaussian", "Quadratic"),
      ("response_column: x\nloss: Absolute", "laplace", "Absolute"),
      ("response_column: x\nloss: Huber", "huber", "Huber"),
      ("response_column: x\nloss: Quantile", "quantile", "Quantile"),
      ("response_column: x\ndistribution: gaussian\nloss: Absolute", "gaussian", "Quadratic"),
      ("response_column: x\ndistribution: tweedie\ntweedie_power: 1", "poisson", "Automatic"),
      ("response_column: x\ndistribution: tweedie\ntweedie_power: 2", "gamma", "Automatic"),
      ("autoencoder: true", "gaussian", "Quadratic"),
      ("autoencoder: true\nloss: Absolute", "laplace", "Absolute"),
    ])
  func objectives(_ text: String, _ distribution: String, _ loss: String) throws {
    let plan = try PlannedJob(text).plan()
    let resolved = Dictionary(uniqueKeysWithValues: plan.notes.resolved)
    #expect(resolved["distribution"] == distribution && resolved["loss"] == loss, "\(resolved)")
  }

  @Test("inputs are categorical units, with one for missing values, then numbers; columns with roles are no inputs")
  func topology() throws {
    let plan = try PlannedJob("response_column: y\nweights_column: v\nignored_columns: [l]\nhidden: [4, 3]").plan()
    // c has four levels and a unit for missing ones; then x, m, o and w.
    #expect(plan.topology.units == [9, 4, 3, 2])
    #expect(plan.encoding.inputNames == ["c.a", "c.b", "c.c", "c.d", "c.missing(NA)", "x", "m", "o", "w"])
    let withoutFirst = try PlannedJob("response_column: y\nuse_all_factor_levels: false").plan()
    #expect(withoutFirst.encoding.inputNames.prefix(3) == ["c.b", "c.c", "c.d"])
  }

  @Test("an unlimited Rectifier gets the limit of the reference page; Tanh gets none")
  func normLimit() throws {
    let rectifier = try PlannedJob("response_column: y\nactivation: Rectifier\nmax_w2: .inf").plan()
    #expect(rectifier.options.penalty.maximumSquaredSum == 1000)
    let tanh = try PlannedJob("response_column: y\nactivation: Tanh\nmax_w2: .inf").plan()
    #expect(tanh.options.penalty.maximumSquaredSum == .infinity)
  }

  /// Expected values: h2o-behaviour.md#balanced-classes, reproduced by
  /// Tests/Support/parity/check_recipe.py.
  @Test(
    "H2O's balancing of prostate with seed 3",
    arguments: [
      ("", [227, 230]), ("class_sampling_factors: [1, 1.47]", [227, 227]), ("max_after_balance_size: 0.5", [102, 102]),
    ])
  func balance(_ text: String, _ counts: [Int]) throws {
    let lines = try Repository.text("Spool/samples/prostate.csv").split(separator: "\n").dropFirst()
    let classes = lines.compactMap { Int32($0.split(separator: ",")[1]) }
    let frame = Frame(
      path: "t.csv",
      columns: [
        Column(name: "x", values: .doubles(classes.indices.map { Double($0 % 9) }), missing: RowSet()),
        Column(name: "y", values: .categorical(classes, levels: ["0", "1"]), missing: RowSet()),
      ])
    let job = "response_column: y\nbalance_classes: true\nseed: 3\ncompatibility: h2o-3.46\n\(text)"
    let balance = try #require(try PlannedJob(job).plan(frame).rowUse.balance)
    #expect([0, 1].map { level in balance.rows.count { classes[$0] == level } } == counts)
  }
}
