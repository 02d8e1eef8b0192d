import DeepLearning
import Testing

@Suite("Mini-batches of bytes that are mostly zero")
struct ListedRowsTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var inputs: Int
    var hidden: [Int]
    var batchSize: Int
    var activation = Activation.rectifier
    var rule = UpdateRule.adadelta(rho: 0.95, epsilon: 1e-6)
    var penalty = Penalty()
    var dropout = Dropout()
    var isFast = true

    var testDescription: String { "\(inputs) inputs, \(hidden), \(batchSize) rows, \(activation.rawValue) \(rule)" }
  }

  static let momentum = UpdateRule.momentum(
    RateSchedule(start: 0.05, annealing: 1e-4, decayPerLayer: 1),
    MomentumSchedule(start: 0.5, stable: 0.9, ramp: 100, isNesterov: true))

  /// Sizes around those of vectors, of panels (six vectors) and of the blocks of lists (128).
  static let cases: [Case] = [
    Case(inputs: 1, hidden: [1], batchSize: 2), Case(inputs: 7, hidden: [5], batchSize: 3),
    Case(inputs: 16, hidden: [16], batchSize: 16), Case(inputs: 127, hidden: [17, 9], batchSize: 37),
    Case(inputs: 128, hidden: [96], batchSize: 128, rule: momentum),
    Case(inputs: 129, hidden: [97, 20], batchSize: 129, activation: .tanh),
    Case(inputs: 300, hidden: [210, 30], batchSize: 200),
    Case(inputs: 517, hidden: [33], batchSize: 300, rule: momentum),
    Case(inputs: 260, hidden: [50, 50], batchSize: 64, activation: .maxout),
    Case(inputs: 260, hidden: [61], batchSize: 64, penalty: Penalty(l1: 1e-4, l2: 1e-3, maximumSquaredSum: 1)),
    Case(inputs: 90, hidden: [40, 20], batchSize: 50, dropout: Dropout(inputRatio: 0, hiddenRatios: [0.5, 0.2])),
    Case(inputs: 140, hidden: [24], batchSize: 32, isFast: false), Case(inputs: 70, hidden: [], batchSize: 20),
  ]

  private enum Form {
    case numbers
    case packed
    case listed
  }

  private func network(_ example: Case, form: Form, threads: Int = 1, batches: Int = 3) -> NetworkState {
    let topology = NetworkTopology(
      inputs: example.inputs, categoricalInputs: 0, categoricalColumns: 0, hidden: example.hidden, outputs: 3,
      activation: example.activation)
    let options = LearningOptions(
      objective: .classification(.crossEntropy), rule: example.rule, penalty: example.penalty, dropout: example.dropout,
      batchSize: example.batchSize, isFast: example.isFast, seed: 3)
    let start = InitialWeights(distribution: .uniformAdaptive, scale: 1, seed: 5)
      .network(topology, isClassifier: true, rule: example.rule)
    let engine = BatchTrainer(topology: topology, options: options, state: start, threads: threads)
    #expect(engine.takesPackedRows)
    let subtract = (0..<example.inputs).map { 20 + Float($0 % 40) }
    let multiply = (0..<example.inputs).map { 0.005 + Float($0 % 7) / 900 }
    subtract.withUnsafeBufferPointer { subtract in
      multiply.withUnsafeBufferPointer { multiply in
        // The last batch is incomplete.
        for row in 0..<(batches - 1) * example.batchSize + (example.batchSize + 1) / 2 {
          train(engine, row: row, form: form, inputs: example.inputs, subtract: subtract, multiply: multiply)
        }
        engine.finishStep()
      }
    }
    return engine.state
  }

  private func train(
    _ engine: BatchTrainer, row: Int, form: Form, inputs: Int, subtract: UnsafeBufferPointer<Float>,
    multiply: UnsafeBufferPointer<Float>
  ) {
    let bytes = Self.bytes(row: row, inputs: inputs)
    let values = bytes.indices.map { (Float(bytes[$0]) - subtract[$0]) * multiply[$0] }
    let position = TrainingPosition(
      target: Double(row % 3), row: row, samplesBeforeIteration: 0, samplesBefore: row, weight: 0.5 + Double(row % 2))
    let none = UnsafeBufferPointer<Int32>(start: nil, count: 0)
    values.withUnsafeBufferPointer { values in
      bytes.withUnsafeBufferPointer { bytes in
        guard form != .numbers, let first = bytes.baseAddress, let less = subtract.baseAddress,
          let times = multiply.baseAddress
        else { return engine.train(NetworkInput(activeUnits: none, numerics: values), at: position) }
        let packed = PackedNumerics(
          bytes: first, subtract: less, multiply: times, count: inputs, zeroShare: form == .listed ? 0.75 : 0)
        engine.train(
          NetworkInput(activeUnits: none, numerics: UnsafeBufferPointer(start: nil, count: 0), packed: packed),
          at: position)
      }
    }
  }

  /// Bytes of which one in four is nonzero; some rows are all zero, and some have no zero.
  private static func bytes(row: Int, inputs: Int) -> [UInt8] {
    var generator = RandomGenerator(seed: UInt64(row) &* 7919 &+ 1)
    return (0..<inputs).map { _ in
      let byte = UInt8(1 + generator.nextIndex(below: 255))
      let isZero = generator.nextIndex(below: 4) != 0
      return row % 11 == 5 || (isZero && row % 13 != 7) ? 0 : byte
    }
  }

  @Test("lists train the same network as dense rows, except for rounding", arguments: cases)
  func sameNetwork(_ example: Case) {
    let (numbers, listed) = (network(example, form: .numbers), network(example, form: .listed))
    let untrained = network(example, form: .numbers, batches: 1)
    for (layer, pair) in zip(numbers.layers, listed.layers).enumerated() {
      let differences = zip(pair.0.weights, pair.1.weights).map { abs($0 - $1) }
      // Weights of about 1, some hundred terms rounded in another order, three updates.
      #expect((differences.max() ?? 0) < 2e-5, "layer \(layer)")
      let biases = zip(pair.0.biases, pair.1.biases).map { abs($0 - $1) }
      #expect((biases.max() ?? 0) < 2e-5, "layer \(layer), biases")
      #expect(zip(pair.0.weights, untrained.layers[layer].weights).contains { abs($0 - $1) > 1e-3 })
    }
  }

  @Test("1, 2, 3 and 8 threads train the same network with lists, bit for bit", arguments: cases)
  func sameBytes(_ example: Case) {
    let alone = network(example, form: .listed)
    for threads in [2, 3, 8] {
      #expect(network(example, form: .listed, threads: threads) == alone, "\(threads) threads")
    }
    // With enough inputs, the other order of summation shows, which proves that lists are in use.
    if example.inputs > 100 { #expect(network(example, form: .packed) != alone) }
  }
}
