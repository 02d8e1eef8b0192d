import DeepLearning
import Testing

@Suite("Threads that share the neurons of a layer")
struct NeuronTeamTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    var activation = Activation.rectifier
    var rule = UpdateRule.adadelta(rho: 0.99, epsilon: 1e-8)
    var inputs = 130
    var levels = 0
    var hidden = [150, 70]
    var dropout = Dropout()
    var outputs = 3
    var batchSize = 1
    var isPacked = false
    var testDescription: String { name }
  }

  static let cases: [Case] = [
    Case(name: "dense rows"),
    Case(name: "packed rows", isPacked: true),
    Case(
      name: "momentum",
      rule: .momentum(
        RateSchedule(start: 0.01, annealing: 0, decayPerLayer: 1),
        MomentumSchedule(start: 0.5, stable: 0.9, ramp: 50, isNesterov: true))),
    Case(name: "Maxout", activation: .maxout),
    Case(name: "dropout", dropout: Dropout(inputRatio: 0.2, hiddenRatios: [0.5, 0.3])),
    Case(name: "Maxout with dropout", activation: .maxout, dropout: Dropout(inputRatio: 0, hiddenRatios: [0.5, 0.3])),
    Case(name: "one-hot inputs", levels: 90),
    Case(name: "mini-batches", batchSize: 37),
    Case(
      name: "mini-batches with momentum",
      rule: .momentum(
        RateSchedule(start: 0.01, annealing: 0, decayPerLayer: 1),
        MomentumSchedule(start: 0, stable: 0, ramp: 0, isNesterov: false)), batchSize: 64),
    Case(name: "one hidden layer", hidden: [150]),
    Case(name: "one hidden layer, large output layer", inputs: 90, hidden: [110], outputs: 70),
    Case(name: "layers too small to be shared", inputs: 5, hidden: [3]),
    Case(name: "layers that slices cannot divide evenly", inputs: 77, hidden: [131, 129]),
    Case(name: "three hidden layers", activation: .tanh, hidden: [150, 140, 110]),
    Case(name: "more threads than slices", activation: .expRectifier, inputs: 700, hidden: [20, 16]),
    Case(name: "a large second layer", inputs: 40, hidden: [660, 620]),
  ]

  private func network(_ example: Case, threads: Int, rows: Int = 300, looksEvery: Int? = nil) -> NetworkState {
    let topology = NetworkTopology(
      inputs: example.inputs, categoricalInputs: example.levels, categoricalColumns: example.levels > 0 ? 1 : 0,
      hidden: example.hidden, outputs: example.outputs, activation: example.activation)
    let options = LearningOptions(
      objective: .classification(.crossEntropy), rule: example.rule, dropout: example.dropout,
      batchSize: example.batchSize, seed: 3)
    let start = InitialWeights(distribution: .uniformAdaptive, scale: 1, seed: 5)
      .network(topology, isClassifier: true, rule: example.rule)
    if example.batchSize > 1 {
      let trainer = BatchTrainer(topology: topology, options: options, state: start, threads: threads)
      return train(trainer, example, rows: rows, looksEvery: looksEvery)
    }
    return train(
      FastTrainer(topology: topology, options: options, state: start, threads: threads), example, rows: rows,
      looksEvery: looksEvery)
  }

  private func train<Engine: NetworkTrainer>(
    _ engine: Engine, _ example: Case, rows: Int, looksEvery: Int?
  ) -> NetworkState where Engine.Scalar == Float {
    let numerics = example.inputs - example.levels
    let subtract = (0..<numerics).map { Float($0 % 50) + 0.5 }
    let multiply = (0..<numerics).map { 0.01 + Float($0 % 7) / 300 }
    for row in 0..<rows {
      if let looksEvery, row % looksEvery == 0 {
        withExtendedLifetime((subtract, multiply)) { engine.finishStep() }
        #expect(engine.state.layers.count == example.hidden.count + 1)
      }
      let bytes = (0..<numerics).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ row &* row &* 7) }
      let values = bytes.indices.map { (Float(bytes[$0]) - subtract[$0]) * multiply[$0] }
      let active: [Int32] = example.levels > 0 ? [Int32(row * 11 % example.levels)] : []
      let position = TrainingPosition(
        target: Double(row % 3), row: row, samplesBeforeIteration: 0, samplesBefore: row)
      active.withUnsafeBufferPointer { active in
        values.withUnsafeBufferPointer { values in
          bytes.withUnsafeBufferPointer { bytes in
            subtract.withUnsafeBufferPointer { subtract in
              multiply.withUnsafeBufferPointer { multiply in
                guard example.isPacked, let first = bytes.baseAddress, let less = subtract.baseAddress,
                  let times = multiply.baseAddress
                else { return engine.train(NetworkInput(activeUnits: active, numerics: values), at: position) }
                #expect(engine.takesPackedRows)
                engine.train(
                  NetworkInput(
                    activeUnits: active, numerics: UnsafeBufferPointer(start: nil, count: 0),
                    packed: PackedNumerics(bytes: first, subtract: less, multiply: times, count: bytes.count)),
                  at: position)
              }
            }
          }
        }
      }
    }
    // The last update still reads the scale of the bytes.
    withExtendedLifetime((subtract, multiply)) { engine.finishStep() }
    return engine.state
  }

  @Test("1, 2, 3, 4, 8 and 16 threads train the same network, bit for bit", arguments: cases)
  func sameBytes(_ example: Case) {
    let alone = network(example, threads: 1)
    #expect(alone.layers[0].weights.contains { $0 != 0 && $0.isFinite })
    for threads in [2, 3, 4, 8, 16] {
      #expect(network(example, threads: threads) == alone, "\(threads) threads")
    }
  }

  @Test(
    "applying pending updates between rows, to read the state, does not change the network, bit for bit",
    arguments: cases.filter { $0.batchSize == 1 })
  func looks(_ example: Case) {
    // Otherwise the last row's update is applied in the sweep of the next row.
    let undisturbed = network(example, threads: 1)
    for threads in [1, 2] { #expect(network(example, threads: threads, looksEvery: 3) == undisturbed) }
  }

  @Test("packed rows train the same network as dense rows")
  func packedRows() {
    let packed = network(Self.cases[1], threads: 2)
    #expect(packed == network(Self.cases[0], threads: 1))
  }

  @Test("teams with many more threads than cores finish, and do not change the network")
  func crowd() async {
    let example = Self.cases[0]
    let alone = network(example, threads: 1)
    await withTaskGroup(of: NetworkState.self) { group in
      for _ in 0..<6 { group.addTask { network(example, threads: 8) } }
      for await state in group { #expect(state == alone) }
    }
  }
}
