internal import CKernels

/// A layer in single precision, in the kernels' memory layout.
///
/// Rows are units times channels. Row-major layers hold [rows x inputs], column-major ones [inputs x rows];
/// lines are padded to whole cache lines. ``LayerState``, which goes in and out, has H2O's layout.
final class FastLayer {
  let inputs: Int
  let units: Int
  let channels: Int
  let layout: Layout
  /// The layer as the kernels take it.
  let kernel: UnsafeMutablePointer<ck_layer>

  private let weights: AlignedBuffer
  private let memory: AlignedBuffer
  private let squares: AlignedBuffer
  private let biases: AlignedBuffer
  private let biasMemory: AlignedBuffer
  private let biasSquares: AlignedBuffer
  private let memoryCount: Int
  /// Allocated when the first consensus is formed.
  private var consensus: AlignedBuffer?
  private var biasConsensus: AlignedBuffer?
  /// The accumulated excess activation of each unit in a sparse autoencoder
  /// (``Sparsity/hold(_:excess:activation:samples:)``).
  private var meanActivations: [Double]
  /// The biases of a sparse autoencoder, which gradients do not move.
  private var heldBiases: [Double] = []

  /// A layer with the weights of `state`.
  ///
  /// `memories`: The numbers of optimizer state per weight (``UpdateRule/memoriesPerWeight``); 0 for scoring.
  ///
  /// `tracksActivations`: True for a hidden layer of a sparse autoencoder.
  init(
    inputs: Int, units: Int, channels: Int, layout: Layout, state: LayerState, memories: Int,
    tracksActivations: Bool = false
  ) {
    self.inputs = inputs
    self.units = units
    self.channels = channels
    self.layout = layout
    let rows = units * channels
    let stride = AlignedBuffer.padded(layout == .rowMajor ? inputs : rows)
    let size = stride * (layout == .rowMajor ? rows : inputs)
    weights = AlignedBuffer(count: size)
    memory = AlignedBuffer(count: memories > 0 ? size : 0)
    squares = AlignedBuffer(count: memories > 1 ? size : 0)
    biases = AlignedBuffer(count: AlignedBuffer.padded(rows))
    biasMemory = AlignedBuffer(count: AlignedBuffer.padded(rows))
    biasSquares = AlignedBuffer(count: AlignedBuffer.padded(rows))
    memoryCount = memories
    meanActivations =
      tracksActivations && state.meanActivations.isEmpty
      ? [Double](repeating: 0, count: units) : state.meanActivations
    kernel = .allocate(capacity: 1)
    kernel.initialize(
      to: ck_layer(
        weights: weights.pointer, memory: memory.pointer, squares: squares.pointer, bias: biases.pointer,
        bias_memory: biasMemory.pointer, bias_squares: biasSquares.pointer, consensus: nil, bias_consensus: nil,
        inputs: inputs, rows: rows, stride: stride))
    load(state)
    if tracksActivations { heldBiases = (0..<rows).map { Double(biases.pointer[$0]) } }
  }

  /// Weight layer `layer` of a network, with its part of `network`; see the other initializer.
  convenience init(
    _ layer: Int, of topology: NetworkTopology, _ network: NetworkState, layout: Layout, memories: Int,
    tracksActivations: Bool = false
  ) {
    self.init(
      inputs: topology.inputs(of: layer), units: topology.units(of: layer), channels: topology.channels(of: layer),
      layout: layout, state: network.layers[layer], memories: memories, tracksActivations: tracksActivations)
  }

  deinit { kernel.deallocate() }

  private var rows: Int { units * channels }

  /// The number of slices of rows in the backward pass of a row-major
  /// layer; each slice sums its errors of the layer below.
  ///
  /// It depends on the layer alone, so that the number of threads does not change the
  /// order of summation. It is a power of two of at most 16, which is as many threads
  /// as are useful, and slices have at least eight rows.
  var backwardSlices: Int {
    var slices = 1
    while slices < 16, rows >= 16 * slices { slices *= 2 }
    return slices
  }

  /// Returns the position of a weight in the kernel's layout.
  private func position(row: Int, input: Int) -> Int {
    layout == .rowMajor ? row * kernel.pointee.stride + input : input * kernel.pointee.stride + row
  }

  /// The inputs per tile of a column-major layer: as many columns as a cache line holds weights.
  private static let tileInputs = 16

  /// Calls `body` with each weight's index in H2O's layout and in the kernel's.
  ///
  /// Where the layouts differ, it walks in tiles, so that neither side loads a cache line for every weight.
  private func forEachWeight(_ body: (_ flat: Int, _ position: Int) -> Void) {
    let tile = layout == .rowMajor ? max(1, inputs) : Self.tileInputs
    for first in stride(from: 0, to: inputs, by: tile) {
      for row in 0..<rows {
        let (unit, channel) = (row / channels, row % channels)
        for input in first..<min(first + tile, inputs) {
          body(channels * (unit * inputs + input) + channel, position(row: row, input: input))
        }
      }
    }
  }

  private func load(_ state: LayerState) {
    forEachWeight { flat, position in
      weights.pointer[position] = state.weights[flat]
      if memoryCount > 0 { memory.pointer[position] = state.weightMemory[flat] }
      if memoryCount > 1 { squares.pointer[position] = state.weightSquares[flat] }
    }
    if let average = state.consensus {
      let (consensus, biasConsensus) = makeConsensus()
      forEachWeight { flat, position in consensus.pointer[position] = average.weights[flat] }
      for row in 0..<rows { biasConsensus.pointer[row] = Float(average.biases[row]) }
    }
    for row in 0..<rows {
      biases.pointer[row] = Float(state.biases[row])
      if memoryCount > 0 { biasMemory.pointer[row] = Float(state.biasMemory[row]) }
      if memoryCount > 1 { biasSquares.pointer[row] = Float(state.biasSquares[row]) }
    }
  }

  /// Returns the layer's numbers in H2O's layout.
  func state(rule: UpdateRule) -> LayerState {
    var state = LayerState(
      weights: [Float](repeating: 0, count: rows * inputs), biases: [Double](repeating: 0, count: rows), rule: rule)
    forEachWeight { flat, position in
      state.weights[flat] = weights.pointer[position]
      if memoryCount > 0 { state.weightMemory[flat] = memory.pointer[position] }
      if memoryCount > 1 { state.weightSquares[flat] = squares.pointer[position] }
    }
    for row in 0..<rows {
      state.biases[row] = Double(biases.pointer[row])
      if memoryCount > 0 { state.biasMemory[row] = Double(biasMemory.pointer[row]) }
      if memoryCount > 1 { state.biasSquares[row] = Double(biasSquares.pointer[row]) }
    }
    state.meanActivations = meanActivations
    if let consensus, let biasConsensus {
      var average = LayerConsensus(
        weights: state.weights, biases: (0..<rows).map { Double(biasConsensus.pointer[$0]) })
      forEachWeight { flat, position in average.weights[flat] = consensus.pointer[position] }
      state.consensus = average
    }
    return state
  }

  /// Whether all biases are finite.
  var isFinite: Bool { (0..<rows).allSatisfy { biases.pointer[$0].isFinite } }

  /// Moves the biases of a sparse autoencoder after a row, so that they hold the mean activations.
  func hold(_ sparsity: Sparsity, outputs: UnsafeMutablePointer<Float>, samples: Int) {
    for unit in 0..<units {
      var (bias, excess) = (heldBiases[unit], meanActivations[unit])
      sparsity.hold(&bias, excess: &excess, activation: Double(outputs[unit]), samples: samples)
      biases.pointer[unit] = Float(bias)
      heldBiases[unit] = Double(biases.pointer[unit])
      meanActivations[unit] = excess
    }
  }

  /// Forms the consensus at the end of an iteration; see ``LayerState/formConsensus(movingRate:averaging:)``.
  func formConsensus(movingRate: Float) {
    formConsensus(movingRate: movingRate, weights: weights.pointer, biases: biases.pointer)
  }

  /// Moves the consensus towards the given numbers, which have the layout of this layer.
  private func formConsensus(movingRate: Float, weights: UnsafePointer<Float>, biases: UnsafePointer<Float>) {
    let isFirst = consensus == nil
    let (consensus, biasConsensus) = makeConsensus()
    let rate = isFirst ? 1 : movingRate
    for position in 0..<self.weights.count {
      consensus.pointer[position] += rate * (weights[position] - consensus.pointer[position])
    }
    for row in 0..<self.biases.count {
      biasConsensus.pointer[row] += rate * (biases[row] - biasConsensus.pointer[row])
    }
  }

  private func makeConsensus() -> (AlignedBuffer, AlignedBuffer) {
    if let consensus, let biasConsensus { return (consensus, biasConsensus) }
    let made = (AlignedBuffer(count: weights.count), AlignedBuffer(count: biases.count))
    (consensus, biasConsensus) = made
    kernel.pointee.consensus = UnsafePointer(made.0.pointer)
    kernel.pointee.bias_consensus = UnsafePointer(made.1.pointer)
    return made
  }

  /// The numbers that model averaging covers, in a fixed order: weights, biases, and the optimizer state that the rule
  /// has; with elastic averaging each copy keeps its own.
  func averagedNumbers(_ options: LearningOptions) -> [UnsafeMutableBufferPointer<Float>] {
    let buffers =
      options.elasticity == nil ? [weights, memory, squares, biases, biasMemory, biasSquares] : [weights, biases]
    return buffers.filter { $0.count > 0 }.map { UnsafeMutableBufferPointer(start: $0.pointer, count: $0.count) }
  }

  /// See ``AveragedTrainer/formConsensus(from:)``.
  static func formConsensus(of layers: [FastLayer], _ options: LearningOptions, from mean: UnsafePointer<Float>) {
    guard let elasticity = options.elasticity else { return }
    var next = mean
    for layer in layers {
      let biases = next + layer.weights.count
      layer.formConsensus(movingRate: Float(elasticity.movingRate), weights: next, biases: biases)
      next = biases + layer.biases.count
    }
  }
}
