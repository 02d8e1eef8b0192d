import DeepLearning
import Testing

/// The error that an objective returns must be the derivative of its loss through the whole network.
///
/// With plain gradient descent and a learning rate of 1, each weight changes by
/// minus its gradient, so the gradient can be read from the state of the engine. It
/// is compared with the central difference of the loss.
@Suite("Gradients against finite differences")
struct GradientTests {
  /// Weights are floats of about 0.5: a rounding error of 6e-8 divided by a difference of
  /// 2e-3 gives 3e-5, and the third derivative adds about as much.
  private static let tolerance = 2e-3
  private static let difference: Float = 1e-3

  static let objectives: [Objective] = [
    .classification(.crossEntropy), .classification(.quadratic), .classification(.absolute), .classification(.huber),
    .regression(.gaussian), .regression(.laplace), .regression(.huber),
    .regression(.quantile(alpha: 0.3)), .regression(.poisson), .regression(.gamma), .regression(.tweedie(power: 1.4)),
  ]

  static let cases = Activation.allCases.flatMap { activation in objectives.map { (activation, $0) } }

  @Test("every activation with every loss", arguments: cases)
  func gradient(_ activation: Activation, _ objective: Objective) {
    let isClassifier = if case .classification = objective { true } else { false }
    let topology = NetworkTopology(
      inputs: 5, categoricalInputs: 2, categoricalColumns: 1, hidden: [4, 3], outputs: isClassifier ? 3 : 1,
      activation: activation)
    let rule = UpdateRule.momentum(
      RateSchedule(start: 1, annealing: 0, decayPerLayer: 1),
      MomentumSchedule(start: 0, stable: 0, ramp: 0, isNesterov: false))
    let options = LearningOptions(
      objective: objective, rule: rule, isFast: false, seed: 3, rules: NetworkRules(arithmetic: .mixedPrecision))
    let weights = InitialWeights(distribution: .uniform, scale: 0.5, seed: 11)
    let start = weights.network(topology, isClassifier: isClassifier, rule: rule)
    let target = isClassifier ? 1.0 : 0.7

    let trainer = ExactTrainer(topology: topology, options: options, state: start, threads: 1)
    Sample.exact.with { trainer.train($0, at: Sample<Double>.position(target: target)) }
    let after = trainer.state
    for layer in start.layers.indices {
      for index in start.layers[layer].weights.indices {
        let analytic = Double(start.layers[layer].weights[index] - after.layers[layer].weights[index])
        var (up, down) = (start, start)
        up.layers[layer].weights[index] += Self.difference
        down.layers[layer].weights[index] -= Self.difference
        let span = Double(up.layers[layer].weights[index] - down.layers[layer].weights[index])
        let numeric =
          (loss(up, topology, objective, target) - loss(down, topology, objective, target)) / span
        #expect(
          abs(analytic - numeric) <= Self.tolerance * max(1, abs(numeric)),
          "layer \(layer), weight \(index): gradient \(analytic), expected \(numeric)")
      }
    }
  }

  private func loss(
    _ state: NetworkState, _ topology: NetworkTopology, _ objective: Objective, _ target: Double
  ) -> Double {
    var scorer = ExactScorer(topology: topology, objective: objective, dropout: Dropout(), state: state)
    var outputs = [Double](repeating: 0, count: topology.outputs)
    Sample.exact.with { input in
      outputs.withUnsafeMutableBufferPointer { scorer.predict(input, into: $0) }
    }
    switch objective {
    case .classification(let loss): return loss.loss(probabilities: outputs, actual: Int(target))
    case .regression(let distribution): return distribution.loss(output: outputs[0], target: target)
    case .reconstruction: preconditionFailure("this test has no reconstruction objective")
    }
  }
}

/// A fixed input for engines.
struct Sample<Scalar: BinaryFloatingPoint & Sendable>: Sendable {
  let active: [Int32]
  let numerics: [Scalar]

  /// `sparse`: Passes the numbers without their zeros.
  func with(sparse: Bool = false, _ body: (NetworkInput<Scalar>) -> Void) {
    let entries = numerics.enumerated().filter { $0.element != 0 }
    let (inputs, values) = (entries.map { Int32($0.offset) }, entries.map(\.element))
    active.withUnsafeBufferPointer { active in
      numerics.withUnsafeBufferPointer { numerics in
        inputs.withUnsafeBufferPointer { inputs in
          values.withUnsafeBufferPointer { values in
            body(
              sparse
                ? NetworkInput(
                  activeUnits: active, numerics: UnsafeBufferPointer(start: nil, count: 0),
                  sparse: SparseNumerics(inputs: inputs, values: values))
                : NetworkInput(activeUnits: active, numerics: numerics))
          }
        }
      }
    }
  }

  static func position(target: Double, row: Int = 0, samples: Int = 0) -> TrainingPosition {
    TrainingPosition(target: target, row: row, samplesBeforeIteration: 0, samplesBefore: samples)
  }
}

extension Sample<Double> {
  static let exact = Sample(active: [1], numerics: [0.7, -1.2, 0.4])
}
