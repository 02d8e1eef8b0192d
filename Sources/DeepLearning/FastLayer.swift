internal import CKernels

/// One layer in single precision, laid out for the kernels.
///
/// Rows are units times channels. Row-major layers hold [rows x inputs], column-major ones [inputs x rows]; the
/// longer side is padded to cache lines. The state that goes in and out has H2O's layout (``LayerState``).
final class FastLayer {
  /// Which way the weights lie.
  enum Layout {
    /// A row holds all weights of a unit: best when most inputs are not zero, because units without error are skipped.
    case rowMajor
    /// A row holds all weights of an input: best for one-hot inputs, because inputs that are zero are skipped.
    case columnMajor
  }

  let inputs: Int
  let units: Int
  let channels: Int
  let layout: Layout
  var kernel: ck_layer

  private let weights: AlignedBuffer
  private let memory: AlignedBuffer
  private let squares: AlignedBuffer
  private let biases: AlignedBuffer
  private let biasMemory: AlignedBuffer
  private let biasSquares: AlignedBuffer
  private let memoryCount: Int

  /// A layer with the weights of `state`.
  ///
  /// `memories`: Numbers remembered per weight (``UpdateRule/memoriesPerWeight``); 0 for scoring.
  init(inputs: Int, units: Int, channels: Int, layout: Layout, state: LayerState, memories: Int) {
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
    kernel = ck_layer(
      weights: weights.pointer, memory: memory.pointer, squares: squares.pointer, bias: biases.pointer,
      bias_memory: biasMemory.pointer, bias_squares: biasSquares.pointer, inputs: inputs, rows: rows, stride: stride)
    load(state)
  }

  private var rows: Int { units * channels }

  /// Position in the kernel's layout of the weight that stands at (unit, input, channel) in H2O's.
  private func position(row: Int, input: Int) -> Int {
    layout == .rowMajor ? row * kernel.stride + input : input * kernel.stride + row
  }

  /// Calls `body` with each weight's index in H2O's layout and in the kernel's.
  private func forEachWeight(_ body: (_ flat: Int, _ position: Int) -> Void) {
    for row in 0..<rows {
      let (unit, channel) = (row / channels, row % channels)
      for input in 0..<inputs {
        body(channels * (unit * inputs + input) + channel, position(row: row, input: input))
      }
    }
  }

  private func load(_ state: LayerState) {
    forEachWeight { flat, position in
      weights.pointer[position] = state.weights[flat]
      if memoryCount > 0 { memory.pointer[position] = state.weightMemory[flat] }
      if memoryCount > 1 { squares.pointer[position] = state.weightSquares[flat] }
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
    return state
  }

  /// Whether all biases are numbers.
  var isFinite: Bool { (0..<rows).allSatisfy { biases.pointer[$0].isFinite } }

  /// The layout that suits the first layer: column-major where most inputs are one-hot units that are zero, and
  /// nothing touches weights of zero inputs or whole rows.
  static func firstLayerLayout(_ topology: NetworkTopology, options: LearningOptions) -> Layout {
    topology.hasSparseInputs && options.isFast && !options.penalty.limitsNorm ? .columnMajor : .rowMajor
  }
}
