import DeepLearning
import Testing

/// The vector kernels against the engine in mixed precision, under the default rules.
@Suite("Kernels against their naive twins")
struct KernelTests {
  /// The largest difference of a weight or bias.
  ///
  /// Both engines keep weights in single precision, but the kernels sum in another order and keep biases in
  /// single precision too. The differences are some units in the last place (6e-8) per row and layer,
  /// amplified as errors pass through the weights.
  private static let tolerance: Float = 2e-4

  struct Case: Sendable, CustomTestStringConvertible {
    var activation = Activation.rectifier
    var objective = Objective.classification(.crossEntropy)
    var rule = UpdateRule.adadelta(rho: 0.99, epsilon: 1e-8)
    var penalty = Penalty()
    var dropout = Dropout()
    var isFast = true
    var sparsity: Sparsity?
    var elasticity: Elasticity?
    var levels = 3
    var numerics = 17
    var hidden = [16, 7]
    var hasSparseNumerics = false

    var testDescription: String {
      "\(activation.rawValue) \(hidden) \(levels)+\(numerics) fast \(isFast) sparse \(hasSparseNumerics) \(rule) \(penalty) \(dropout)"
    }
  }

  static func momentum(_ start: Double, _ stable: Double, nesterov: Bool) -> UpdateRule {
    .momentum(
      RateSchedule(start: 0.02, annealing: 1e-3, decayPerLayer: 0.9),
      MomentumSchedule(start: start, stable: stable, ramp: 30, isNesterov: nesterov))
  }

  static let cases: [Case] = {
    var cases: [Case] = []
    for activation in Activation.allCases {
      cases.append(Case(activation: activation))
      cases.append(Case(activation: activation, objective: .regression(.gaussian)))
      cases.append(Case(activation: activation, rule: momentum(0.3, 0.9, nesterov: true)))
      cases.append(Case(activation: activation, dropout: Dropout(inputRatio: 0.2, hiddenRatios: [0.5, 0.3])))
      cases.append(Case(activation: activation, levels: 200, numerics: 2))
      cases.append(Case(activation: activation, rule: momentum(0.5, 0.5, nesterov: false), levels: 200, numerics: 2))
      cases.append(Case(activation: activation, isFast: false))
    }
    for loss in ClassificationLoss.allCases { cases.append(Case(objective: .classification(loss))) }
    cases.append(Case(rule: momentum(0, 0, nesterov: true)))
    cases.append(Case(rule: momentum(0.5, 0.5, nesterov: false), penalty: Penalty(l1: 1e-3, l2: 1e-2), isFast: false))
    cases.append(Case(penalty: Penalty(l1: 1e-3, l2: 1e-2)))
    cases.append(Case(penalty: Penalty(l1: 1e-3, l2: 1e-2), isFast: false))
    cases.append(Case(penalty: Penalty(maximumSquaredSum: 0.5)))
    cases.append(Case(activation: .maxout, penalty: Penalty(maximumSquaredSum: 0.5)))
    let elasticity = Elasticity(movingRate: 0.7, regularization: 0.05)
    cases.append(Case(elasticity: elasticity))
    cases.append(Case(rule: momentum(0.5, 0.5, nesterov: false), elasticity: elasticity))
    cases.append(Case(elasticity: elasticity, levels: 200, numerics: 2))
    cases.append(Case(rule: momentum(0, 0, nesterov: false), elasticity: elasticity, levels: 200, numerics: 2))
    let sparsity = Sparsity(beta: 0.5, averageActivation: 0.1)
    cases.append(Case(activation: .tanh, objective: .reconstruction(.gaussian), sparsity: sparsity, levels: 0))
    cases.append(
      Case(
        activation: .tanh, objective: .reconstruction(.gaussian), rule: momentum(0.2, 0.2, nesterov: true),
        sparsity: sparsity))
    for activation in Activation.allCases {
      cases.append(Case(activation: activation, hasSparseNumerics: true))
    }
    cases.append(Case(rule: momentum(0.5, 0.5, nesterov: false), levels: 0, hasSparseNumerics: true))
    cases.append(Case(dropout: Dropout(inputRatio: 0.2, hiddenRatios: [0.5, 0.3]), hasSparseNumerics: true))
    // Sizes around the width of vectors, down to one unit, and no hidden layer at all.
    for size in [1, 2, 15, 16, 17, 31, 33] { cases.append(Case(numerics: size, hidden: [size])) }
    // Rows longer than the blocks of weights that kernels process at a time.
    cases.append(Case(numerics: 300, hidden: [20]))
    cases.append(Case(penalty: Penalty(l1: 1e-3, l2: 1e-2), numerics: 300, hidden: [20]))
    // First two layers that learn as a pair: with further layers, and with more
    // units than a block of the search for nonzero outputs.
    for activation in Activation.allCases { cases.append(Case(activation: activation, hidden: [40, 90, 20])) }
    cases.append(Case(hidden: [1100, 20]))
    cases.append(Case(activation: .tanh, objective: .reconstruction(.gaussian), levels: 0, hidden: [30, 130, 30]))
    cases.append(Case(hidden: []))
    cases.append(Case(levels: 0, numerics: 1, hidden: [1]))
    return cases
  }()

  @Test("the same weights after 60 rows", arguments: cases)
  func weights(_ example: Case) {
    let isClassifier = if case .classification = example.objective { true } else { false }
    let isRegression = if case .regression = example.objective { true } else { false }
    let topology = Self.topology(example)
    func options(_ arithmetic: Arithmetic) -> LearningOptions {
      Self.options(example, rules: NetworkRules(arithmetic: arithmetic))
    }
    let start = InitialWeights(distribution: .uniformAdaptive, scale: 1, seed: 5)
      .network(topology, isClassifier: isClassifier, rule: example.rule)
    let exact = ExactTrainer(topology: topology, options: options(.mixedPrecision), state: start, threads: 1)
    let fast = FastTrainer(topology: topology, options: options(.singlePrecision), state: start, threads: 1)
    // A mini-batch of one row must train like a single row.
    let batch = BatchTrainer(topology: topology, options: options(.singlePrecision), state: start, threads: 1)
    var generator = RandomGenerator(seed: 77)
    for row in 0..<60 {
      let active: [Int32] = example.levels > 0 ? [Int32(generator.nextIndex(below: example.levels))] : []
      let numerics = (0..<example.numerics).map { _ in
        // Some exact zeros, as in real data, which fast_mode skips.
        generator.nextIndex(below: 4) == 0 ? 0 : Float(generator.nextGaussian())
      }
      let target = isClassifier ? Double(row % 3) : Double(numerics.first ?? 0)
      let position = TrainingPosition(
        target: target, row: row, samplesBeforeIteration: 0, samplesBefore: row, weight: 0.5 + Double(row % 3),
        // An autoencoder has no offset.
        offset: isRegression ? 0.1 : 0)
      Sample(active: active, numerics: numerics.map(Double.init)).with { exact.train($0, at: position) }
      Sample(active: active, numerics: numerics).with(sparse: fast.takesSparseRows) { fast.train($0, at: position) }
      Sample(active: active, numerics: numerics).with(sparse: batch.takesSparseRows) { batch.train($0, at: position) }
      if row % 20 == 19 {
        exact.finishIteration()
        fast.finishIteration()
        batch.finishIteration()
      }
    }
    compare(exact.state, fast.state, "vectors")
    // The pull of a sparse autoencoder acts row by row; mini-batches do not support it.
    if example.sparsity == nil { compare(exact.state, batch.state, "batches") }
    comparePredictions(topology, example, fast.state)
  }

  private func compare(_ expected: NetworkState, _ found: NetworkState, _ engine: String) {
    for (layer, pair) in zip(expected.layers, found.layers).enumerated() {
      let largest = zip(pair.0.weights, pair.1.weights).map { abs($0 - $1) }.max() ?? 0
      #expect(largest <= Self.tolerance, "\(engine), layer \(layer)")
      let bias = zip(pair.0.biases, pair.1.biases).map { abs($0 - $1) }.max() ?? 0
      #expect(bias <= Double(Self.tolerance), "\(engine), layer \(layer), biases")
      let consensus = (pair.0.consensus?.weights ?? [], pair.1.consensus?.weights ?? [])
      let difference = zip(consensus.0, consensus.1).map { abs($0 - $1) }.max() ?? 0
      #expect(difference <= Self.tolerance, "\(engine), layer \(layer), consensus")
      #expect(consensus.0.count == consensus.1.count)
      let means = zip(pair.0.meanActivations, pair.1.meanActivations).map { abs($0 - $1) }.max() ?? 0
      #expect(means <= Double(Self.tolerance), "\(engine), layer \(layer), mean activations")
    }
  }

  private static func topology(_ example: Case) -> NetworkTopology {
    let outputs: Int
    switch example.objective {
    case .classification: outputs = 3
    case .regression: outputs = 1
    case .reconstruction: outputs = example.levels + example.numerics
    }
    return NetworkTopology(
      inputs: example.levels + example.numerics, categoricalInputs: example.levels,
      categoricalColumns: example.levels > 0 ? 1 : 0, hasSparseNumerics: example.hasSparseNumerics,
      hidden: example.hidden, outputs: outputs,
      activation: example.activation)
  }

  private static func options(
    _ example: Case, rules: NetworkRules = NetworkRules(), batchSize: Int = 1
  ) -> LearningOptions {
    LearningOptions(
      objective: example.objective, rule: example.rule, penalty: example.penalty, dropout: example.dropout,
      sparsity: example.sparsity, elasticity: example.elasticity, batchSize: batchSize, isFast: example.isFast, seed: 5,
      rules: rules)
  }

  @Test(
    "the update from a mini-batch is the mean of the updates from its rows",
    arguments: [Activation.rectifier, .tanh, .maxout], [(3, 17), (200, 2), (0, 70)])
  func meanStep(_ activation: Activation, _ columns: (levels: Int, numerics: Int)) {
    // Without momentum, a step is linear in the gradient. The sizes are not multiples of the tiles of the products.
    let example = Case(
      activation: activation, rule: Self.momentum(0, 0, nesterov: false), levels: columns.levels,
      numerics: columns.numerics, hidden: [21, 5])
    let topology = Self.topology(example)
    let start = InitialWeights(distribution: .uniformAdaptive, scale: 1, seed: 5)
      .network(topology, isClassifier: true, rule: example.rule)
    let rowCount = 13
    let batch = BatchTrainer(
      topology: topology, options: Self.options(example, batchSize: 32), state: start, threads: 1)
    var sums = start.layers.map { [Double](repeating: 0, count: $0.weights.count) }
    for row in 0..<rowCount {
      let active: [Int32] = columns.levels > 0 ? [Int32(row * 7 % columns.levels)] : []
      let numerics = (0..<columns.numerics).map { Float(($0 * 5 + row * 3) % 11) / 5 - 1 }
      let position = TrainingPosition(target: Double(row % 3), row: row, samplesBeforeIteration: 0, samplesBefore: 0)
      let single = FastTrainer(topology: topology, options: Self.options(example), state: start, threads: 1)
      Sample(active: active, numerics: numerics).with { single.train($0, at: position) }
      single.finishStep()
      Sample(active: active, numerics: numerics).with { batch.train($0, at: position) }
      for (layer, pair) in zip(single.state.layers, start.layers).enumerated() {
        for index in sums[layer].indices { sums[layer][index] += Double(pair.0.weights[index] - pair.1.weights[index]) }
      }
    }
    batch.finishStep()
    for (layer, pair) in zip(batch.state.layers, start.layers).enumerated() {
      let largest =
        sums[layer].indices.map { index in
          abs(sums[layer][index] / Double(rowCount) - Double(pair.0.weights[index] - pair.1.weights[index]))
        }.max() ?? 0
      // Weights of up to 1 are rounded by 6e-8 before and after each step.
      #expect(largest < 1e-6, "layer \(layer): \(largest)")
      #expect(sums[layer].contains { $0 != 0 })
    }
  }

  private func comparePredictions(_ topology: NetworkTopology, _ example: Case, _ state: NetworkState) {
    var exact = ExactScorer(topology: topology, objective: example.objective, dropout: example.dropout, state: state)
    var fast = FastScorer(topology: topology, objective: example.objective, dropout: example.dropout, state: state)
    let numerics = (0..<example.numerics).map { Float($0 % 3) - 1 }
    let active: [Int32] = example.levels > 0 ? [0] : []
    var expected = [Double](repeating: 0, count: topology.outputs)
    var found = expected
    Sample(active: active, numerics: numerics.map(Double.init)).with { input in
      expected.withUnsafeMutableBufferPointer { exact.predict(input, into: $0) }
    }
    Sample(active: active, numerics: numerics).with(sparse: fast.takesSparseRows) { input in
      found.withUnsafeMutableBufferPointer { fast.predict(input, into: $0) }
    }
    for (a, b) in zip(expected, found) { #expect(abs(a - b) < 1e-4) }
  }

  @Test(
    "a prediction does not depend on the other rows of the block, bit for bit", arguments: [(7, [5]), (130, [67, 33])])
  func neighbours(_ inputs: Int, _ hidden: [Int]) {
    let topology = Self.topology(Case(levels: 0, numerics: inputs, hidden: hidden))
    let state = InitialWeights(distribution: .uniformAdaptive, scale: 1, seed: 9)
      .network(topology, isClassifier: true, rule: .adadelta(rho: 0.99, epsilon: 1e-8))
    func predictions(_ rows: Range<Int>) -> [Double] {
      var scorer = FastScorer(
        topology: topology, objective: .classification(.crossEntropy), dropout: Dropout(), state: state)
      for row in rows {
        Sample(active: [], numerics: (0..<inputs).map { Float(($0 * 13 + row * 7) % 19) / 6 - 1 })
          .with { scorer.append($0) }
      }
      var found = [Double](repeating: 0, count: rows.count * topology.outputs)
      found.withUnsafeMutableBufferPointer { scorer.predict(into: $0) }
      return found
    }
    let alone = (0..<40).flatMap { predictions($0..<$0 + 1) }
    for count in [2, 3, 5, 16, 17, 40] {
      #expect(predictions(0..<count) == Array(alone.prefix(count * topology.outputs)))
    }
  }

  @Test("an engine that continues from a copied state ends with the same bytes")
  func resume() {
    let topology = NetworkTopology(
      inputs: 9, categoricalInputs: 4, categoricalColumns: 1, hidden: [6], outputs: 2, activation: .rectifier)
    let options = LearningOptions(
      objective: .classification(.crossEntropy), rule: .adadelta(rho: 0.99, epsilon: 1e-8), seed: 1)
    let start = InitialWeights(distribution: .uniformAdaptive, scale: 1, seed: 1)
      .network(topology, isClassifier: true, rule: options.rule)
    func train(_ engine: FastTrainer, rows: Range<Int>) {
      for row in rows {
        Sample(active: [Int32(row % 4)], numerics: (0..<5).map { Float(($0 + row) % 7) - 3 })
          .with { engine.train($0, at: Sample<Float>.position(target: Double(row % 2), row: row, samples: row)) }
      }
      engine.finishStep()
    }
    let whole = FastTrainer(topology: topology, options: options, state: start, threads: 1)
    train(whole, rows: 0..<40)
    let first = FastTrainer(topology: topology, options: options, state: start, threads: 1)
    train(first, rows: 0..<17)
    let second = FastTrainer(topology: topology, options: options, state: first.state, threads: 1)
    train(second, rows: 17..<40)
    #expect(second.state == whole.state)
  }
}
