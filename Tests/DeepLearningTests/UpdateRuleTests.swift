import DeepLearning
import Foundation
import Testing

/// One linear unit, row by row, against the numbers of `Tests/Support/learning/steps.py`.
@Suite("Update rules and penalties")
struct UpdateRuleTests {
  struct Case: Sendable, CustomTestStringConvertible {
    /// The name in the script.
    let name: String
    var rule: UpdateRule
    var penalty = Penalty()
    var isFast = true

    var testDescription: String { name }
  }

  private static func momentum(
    _ rate: Double, annealing: Double = 0, _ start: Double = 0, _ stable: Double = 0, ramp: Double = 0,
    isNesterov: Bool = true
  ) -> UpdateRule {
    .momentum(
      RateSchedule(start: rate, annealing: annealing, decayPerLayer: 0.5),
      MomentumSchedule(start: start, stable: stable, ramp: ramp, isNesterov: isNesterov))
  }

  private static let fine = UpdateRule.adadelta(rho: 0.9, epsilon: 1e-4)
  private static let coarse = UpdateRule.adadelta(rho: 0.9, epsilon: 1e-2)

  static let cases = [
    Case(name: "ADADELTA", rule: fine),
    Case(name: "ADADELTA without skipping zero inputs", rule: fine, isFast: false),
    Case(name: "ADADELTA with l1", rule: coarse, penalty: Penalty(l1: 0.5)),
    Case(name: "ADADELTA with l2", rule: coarse, penalty: Penalty(l2: 0.5)),
    Case(name: "ADADELTA with max_w2", rule: coarse, penalty: Penalty(maximumSquaredSum: 0.1)),
    Case(name: "learning rate", rule: momentum(0.1)),
    Case(name: "annealed learning rate", rule: momentum(0.1, annealing: 0.5)),
    Case(name: "learning rate with l1 and l2", rule: momentum(0.1), penalty: Penalty(l1: 0.3, l2: 0.2)),
    Case(name: "momentum", rule: momentum(0.05, 0.5, 0.5, isNesterov: false)),
    Case(name: "momentum ramp", rule: momentum(0.05, 0.2, 0.8, ramp: 3, isNesterov: false)),
    Case(name: "Nesterov's gradient", rule: momentum(0.05, 0.5, 0.5)),
    Case(name: "Nesterov's gradient with l1", rule: momentum(0.05, 0.5, 0.5), penalty: Penalty(l1: 0.3)),
  ]

  private static func adam(
    _ moments: AdamMoments = AdamMoments(), _ shape: RateCurve.Shape? = nil, _ groups: RateGroups = RateGroups()
  ) -> UpdateRule {
    .adam(
      RateSchedule(
        start: 0.1, annealing: 0, decayPerLayer: 0.5, curve: shape.map { RateCurve($0, samples: 0..<rows.count) }),
      moments, groups)
  }

  /// Adam trains mini-batches only.
  static let adamCases = [
    Case(name: "Adam", rule: adam()),
    Case(name: "Adam with short memories", rule: adam(AdamMoments(beta1: 0.5, beta2: 0.6, epsilon: 1e-3))),
    Case(name: "Adam with l1 and l2", rule: adam(), penalty: Penalty(l1: 0.3, l2: 0.2)),
    Case(name: "Adam along a cosine", rule: adam(AdamMoments(), .cosine)),
    Case(name: "Adam along four cycles", rule: adam(AdamMoments(), .cycles(4))),
    Case(
      name: "Adam with rates by group",
      rule: adam(AdamMoments(), nil, RateGroups(weightsByFanIn: true, biases: 0.1))),
  ]

  private struct Expected: Codable {
    let weights: [Double]
    let bias: Double
  }

  /// The rows of the script.
  private static let rows: [(inputs: [Double], target: Double)] = [
    ([0.5, -1.25], 0.75), ([0.0, 2.0], -0.5), ([1.5, 0.25], 0.1), ([-0.75, 0.5], 1.0),
  ]

  private static func expected(_ example: Case) throws -> [Expected] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let data = try Data(contentsOf: folder.appending(path: "Support/learning/steps.json"))
    return try #require(JSONDecoder().decode([String: [Expected]].self, from: data)[example.name])
  }

  /// Weights are floats of about 0.3, rounded by 3e-8 a few times per row.
  private static let roundingTolerance = 1e-6
  /// The vector engines use the processor's estimate of roots, whose error is at most 3e-4 of a step of about 0.1.
  private static let estimateTolerance = 1e-4

  @Test("mixed precision", arguments: cases)
  func exact(_ example: Case) throws {
    try check(ExactTrainer.self, example, arithmetic: .mixedPrecision, tolerance: Self.roundingTolerance)
  }

  @Test("vector kernels", arguments: cases)
  func vectors(_ example: Case) throws {
    try check(FastTrainer.self, example, arithmetic: .singlePrecision, tolerance: Self.estimateTolerance)
  }

  @Test("mini-batches of one row", arguments: cases + adamCases)
  func batches(_ example: Case) throws {
    try check(BatchTrainer.self, example, arithmetic: .singlePrecision, tolerance: Self.estimateTolerance)
  }

  private func check<Engine: NetworkTrainer>(
    _ type: Engine.Type, _ example: Case, arithmetic: Arithmetic, tolerance: Double
  ) throws {
    let topology = NetworkTopology(
      inputs: 2, categoricalInputs: 0, categoricalColumns: 0, hidden: [], outputs: 1, activation: .rectifier)
    let options = LearningOptions(
      objective: .regression(.gaussian), rule: example.rule, penalty: example.penalty, isFast: example.isFast, seed: 1,
      rules: NetworkRules(arithmetic: arithmetic))
    let start = NetworkState(layers: [LayerState(weights: [0.3, -0.2], biases: [0.1], rule: example.rule)])
    let engine = Engine(topology: topology, options: options, state: start, threads: 1)
    let expected = try Self.expected(example)
    #expect(expected.count == Self.rows.count)
    for (number, row) in Self.rows.enumerated() {
      let none = UnsafeBufferPointer<Int32>(start: nil, count: 0)
      row.inputs.map { Engine.Scalar($0) }.withUnsafeBufferPointer {
        engine.train(
          NetworkInput(activeUnits: none, numerics: $0),
          at: TrainingPosition(target: row.target, row: number, samplesBeforeIteration: 0, samplesBefore: number))
      }
      engine.finishStep()
      let layer = engine.state.layers[0]
      for (found, wanted) in zip(layer.weights, expected[number].weights) {
        #expect(abs(Double(found) - wanted) < tolerance, "row \(number): weight \(found), not \(wanted)")
      }
      #expect(abs(layer.biases[0] - expected[number].bias) < tolerance, "row \(number): bias \(layer.biases[0])")
    }
  }

  @Test("the learning rate is annealed over rows and decays over layers")
  func rates() {
    let schedule = RateSchedule(start: 0.1, annealing: 0.01, decayPerLayer: 0.5)
    #expect(schedule.rate(layer: 0, samples: 0) == 0.1)
    // 0.1 * 0.5^2 / (1 + 0.01 * 100)
    #expect(abs(schedule.rate(layer: 2, samples: 100) - 0.0125) < 1e-15)
  }

  @Test(
    "a cosine falls from the rate to 0, and stays there", arguments: [(-5, 1), (10, 1), (60, 0.5), (110, 0), (500, 0)])
  func cosine(_ samples: Int, _ factor: Double) {
    #expect(abs(RateCurve(.cosine, samples: 10..<110).factor(samples: samples) - factor) < 1e-12)
  }

  /// Of 1,500 rows, the cycles begin at 1 + 15 t = 1, 2, 4 and 8, and have their middle at the root of 2 times that.
  @Test(
    "four cycles double in length, from 0 up to the rate and back",
    arguments: [(0, 0.0), (41, 1), (100, 0), (183, 1), (300, 0), (466, 1), (700, 0), (1031, 1), (1500, 0), (9999, 0)])
  func cycles(_ samples: Int, _ factor: Double) {
    let found = RateCurve(.cycles(4), samples: 0..<1500).factor(samples: samples)
    // The middles are rounded to whole rows.
    #expect(abs(found - factor) < 1e-3, "\(found)")
  }

  @Test("momentum goes from start to stable over its ramp", arguments: [(0, 0.5), (50, 0.7), (100, 0.9), (5000, 0.9)])
  func ramp(_ samples: Int, _ momentum: Double) {
    let schedule = MomentumSchedule(start: 0.5, stable: 0.9, ramp: 100, isNesterov: true)
    #expect(abs(schedule.momentum(samples: samples) - momentum) < 1e-15)
  }
}
