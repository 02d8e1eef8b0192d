import DeepLearning
import Testing

/// Whole networks under Adam, in mini-batches: gradients, input scales, continuation.
@Suite("Adam in mini-batches")
struct AdamTests {
  private static let beta1 = 0.5
  private static let rows = 3

  /// After the first step, the mean gradient is (1 - beta1) times the gradient.
  private static func rule(rate: Double) -> UpdateRule {
    .adam(
      RateSchedule(start: rate, annealing: 0, decayPerLayer: 1), AdamMoments(beta1: beta1, beta2: 0.9, epsilon: 1e-8),
      RateGroups(weightsByFanIn: true, biases: 0.1, inputScales: 6))
  }

  private static func topology(_ activation: Activation) -> NetworkTopology {
    NetworkTopology(
      inputs: 5, categoricalInputs: 2, categoricalColumns: 1, hidden: [4, 3], outputs: 3, activation: activation)
  }

  private static func options(_ rule: UpdateRule, smoothing: Double, batchSize: Int = rows) -> LearningOptions {
    LearningOptions(
      objective: .classification(.crossEntropy), rule: rule, labelSmoothing: smoothing, scalesInputs: true,
      batchSize: batchSize, seed: 3)
  }

  private static func start(_ topology: NetworkTopology, rule: UpdateRule) -> NetworkState {
    var state = InitialWeights(distribution: .neuralTangent, scale: 1, seed: 11, scalesInputs: true).network(
      topology, isClassifier: true, rule: rule)
    state.inputScales?.state.weights = [0.9, 1.1, 0.8, 1.2, 1]
    return state
  }

  private static let samples = (0..<rows).map { row in
    let shift = Double(row) / 2
    return Sample(active: [Int32(row % 2)], numerics: [0.7 - shift, shift - 1.2, 0.4 + shift])
  }

  private func train(_ trainer: BatchTrainer, _ count: Int, from first: Int = 0) {
    for number in first..<first + count {
      let sample = Self.samples[number % Self.rows]
      Sample<Float>(active: sample.active, numerics: sample.numerics.map(Float.init)).with {
        trainer.train($0, at: Sample<Float>.position(target: Double(number % 3), row: number, samples: number))
      }
    }
    trainer.finishStep()
  }

  /// The gradients of single precision against central differences of the loss in double precision: weights of about 1
  /// are rounded by 6e-8, divided by a difference of 2e-3, and the third derivative adds about as much.
  private static let tolerance = 2e-3
  private static let difference: Float = 1e-3

  @Test(
    "weights and input scales follow the gradient of the smoothed loss",
    arguments: [Activation.tanh, .expRectifier, .selu, .mish], [0, 0.1])
  func gradients(_ activation: Activation, _ smoothing: Double) throws {
    let (topology, rule) = (Self.topology(activation), Self.rule(rate: 0.01))
    let start = Self.start(topology, rule: rule)
    let trainer = BatchTrainer(
      topology: topology, options: Self.options(rule, smoothing: smoothing), state: start, threads: 1)
    train(trainer, Self.rows)
    let after = trainer.state
    func compare(_ memory: Float, _ change: (inout NetworkState, Float) -> Void, _ place: String) {
      var (up, down) = (start, start)
      change(&up, Self.difference)
      change(&down, -Self.difference)
      let numeric = (loss(up, topology, smoothing) - loss(down, topology, smoothing)) / Double(2 * Self.difference)
      let analytic = Double(memory) / (1 - Self.beta1)
      #expect(abs(analytic - numeric) <= Self.tolerance, "\(place): gradient \(analytic), expected \(numeric)")
    }
    for layer in start.layers.indices {
      for index in start.layers[layer].weights.indices {
        compare(
          after.layers[layer].weightMemory[index], { $0.layers[layer].weights[index] += $1 },
          "layer \(layer), weight \(index)")
      }
      for index in start.layers[layer].biases.indices {
        compare(
          Float(after.layers[layer].biasMemory[index]), { $0.layers[layer].biases[index] += Double($1) },
          "layer \(layer), bias \(index)")
      }
    }
    let scales = try #require(after.inputScales)
    for index in 0..<topology.inputs {
      compare(
        scales.state.weightMemory[index], { $0.inputScales?.state.weights[index] += $1 }, "input scale \(index)")
    }
    #expect(scales.state.biases == [0])
  }

  /// Returns the mean loss of the rows.
  private func loss(_ state: NetworkState, _ topology: NetworkTopology, _ smoothing: Double) -> Double {
    var scorer = ExactScorer(
      topology: topology, objective: .classification(.crossEntropy), dropout: Dropout(), state: state.published)
    var total = 0.0
    for (number, sample) in Self.samples.enumerated() {
      var outputs = [Double](repeating: 0, count: topology.outputs)
      sample.with { input in outputs.withUnsafeMutableBufferPointer { scorer.predict(input, into: $0) } }
      total += ClassificationLoss.crossEntropy.loss(probabilities: outputs, actual: number % 3, smoothing: smoothing)
    }
    return total / Double(Self.rows)
  }

  @Test("a training that is interrupted between two steps ends with the same numbers", arguments: [1, 2, 5])
  func continuation(_ threads: Int) {
    let (topology, rule) = (Self.topology(.mish), Self.rule(rate: 0.05))
    let options = Self.options(rule, smoothing: 0.1)
    func trainer(_ state: NetworkState, threads: Int) -> BatchTrainer {
      BatchTrainer(topology: topology, options: options, state: state, threads: threads)
    }
    let whole = trainer(Self.start(topology, rule: rule), threads: 1)
    train(whole, 12)
    let first = trainer(Self.start(topology, rule: rule), threads: threads)
    train(first, 6)
    let second = trainer(first.state, threads: threads)
    train(second, 6, from: 6)
    #expect(second.state == whole.state)
    #expect(whole.state.steps == 4)
  }

  @Test("a sparse first layer takes the same steps for the inputs that occur in every batch")
  func sparse() {
    // 20 levels and one number: the layer is stored by columns.
    let topology = NetworkTopology(
      inputs: 21, categoricalInputs: 20, categoricalColumns: 1, hidden: [4], outputs: 2, activation: .selu)
    let rule = UpdateRule.adam(
      RateSchedule(start: 0.05, annealing: 0, decayPerLayer: 1), AdamMoments(), RateGroups())
    let start = InitialWeights(distribution: .uniform, scale: 0.5, seed: 1).network(
      topology, isClassifier: true, rule: rule)
    let states = [true, false].map { isFast in
      let trainer = BatchTrainer(
        topology: topology,
        options: LearningOptions(
          objective: .classification(.crossEntropy), rule: rule, batchSize: 2, isFast: isFast, seed: 1),
        state: start, threads: 1)
      for number in 0..<8 {
        Sample<Float>(active: [Int32(3 + number % 2)], numerics: [Float(number) / 4 - 1]).with {
          trainer.train($0, at: Sample<Float>.position(target: Double(number % 2), row: number, samples: number))
        }
      }
      return trainer.state
    }
    // The order of summation differs: a few roundings of numbers of about 0.5 at each of four steps.
    for (one, other) in zip(states[0].layers, states[1].layers) {
      for (left, right) in zip(one.weights, other.weights) { #expect(abs(left - right) < 1e-5) }
    }
    #expect(states[0].layers[0].weights != start.layers[0].weights)
  }
}
