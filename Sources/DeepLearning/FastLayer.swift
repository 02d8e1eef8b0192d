internal import CKernels

/// One layer in single precision, laid out for the kernels.
///
/// Rows are units times channels. Row-major layers hold [rows x inputs], column-major ones [inputs x rows]; the
/// longer side is padded to cache lines. The state that goes in and out has H2O's layout (``LayerState``).
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
  /// Made when the first consensus is formed.
  private var consensus: AlignedBuffer?
  private var biasConsensus: AlignedBuffer?
  /// Of a sparse autoencoder: what its units have exceeded their mean by (``Sparsity/hold(_:excess:activation:samples:)``).
  private var meanActivations: [Double]
  /// The biases of a sparse autoencoder, which no gradient moves.
  private var heldBiases: [Double] = []

  /// A layer with the weights of `state`.
  ///
  /// `memories`: Numbers remembered per weight (``UpdateRule/memoriesPerWeight``); 0 for scoring.
  ///
  /// `tracksActivations`: Whether this is a hidden layer of a sparse autoencoder.
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

  deinit { kernel.deallocate() }

  private var rows: Int { units * channels }

  /// Into how many slices of rows the step of a row-major layer is cut, which adds up the errors of the layer below.
  ///
  /// A function of the layer alone, so that threads do not change what is added to what; a power of two, at most as many
  /// as threads can be of use, at least eight rows each.
  var backwardSlices: Int {
    var slices = 1
    while slices < 16, rows >= 16 * slices { slices *= 2 }
    return slices
  }

  /// Position in the kernel's layout of the weight that stands at (unit, input, channel) in H2O's.
  private func position(row: Int, input: Int) -> Int {
    layout == .rowMajor ? row * kernel.pointee.stride + input : input * kernel.pointee.stride + row
  }

  /// Inputs of a tile of a column-major layer: as many weights as a cache line holds, of as many columns.
  private static let tileInputs = 16

  /// Calls `body` with each weight's index in H2O's layout and in the kernel's.
  ///
  /// Where the layouts differ it goes by tiles, so that neither side reads a cache line for each weight.
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

  /// The layer's numbers in H2O's layout.
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

  /// Whether all biases are numbers.
  var isFinite: Bool { (0..<rows).allSatisfy { biases.pointer[$0].isFinite } }

  /// After the step of a row of a sparse autoencoder: puts the biases where they hold the activations.
  func hold(_ sparsity: Sparsity, outputs: UnsafeMutablePointer<Float>, samples: Int) {
    for unit in 0..<units {
      var (bias, excess) = (heldBiases[unit], meanActivations[unit])
      sparsity.hold(&bias, excess: &excess, activation: Double(outputs[unit]), samples: samples)
      biases.pointer[unit] = Float(bias)
      heldBiases[unit] = Double(biases.pointer[unit])
      meanActivations[unit] = excess
    }
  }

  /// Elastic averaging at the end of an iteration; see ``LayerState/formConsensus(movingRate:averaging:)``.
  func formConsensus(movingRate: Float) {
    let isFirst = consensus == nil
    let (consensus, biasConsensus) = makeConsensus()
    let rate = isFirst ? 1 : movingRate
    for position in 0..<weights.count {
      consensus.pointer[position] += rate * (weights.pointer[position] - consensus.pointer[position])
    }
    for row in 0..<biases.count {
      biasConsensus.pointer[row] += rate * (biases.pointer[row] - biasConsensus.pointer[row])
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

  /// Weights, biases and what the update rule remembers of them; in the order in which they are averaged.
  private var averaged: [AlignedBuffer] { [weights, memory, squares, biases, biasMemory, biasSquares] }

  /// Puts the mean of `sources`, added up in their order, into each of `targets`.
  static func average(_ sources: [FastLayer], into targets: [FastLayer]) {
    guard let first = sources.first else { return }
    for index in first.averaged.indices where first.averaged[index].count > 0 {
      ck_mean(
        targets.map { $0.averaged[index].pointer }, targets.count,
        sources.map { UnsafePointer($0.averaged[index].pointer) },
        sources.count, first.averaged[index].count)
    }
  }
}
