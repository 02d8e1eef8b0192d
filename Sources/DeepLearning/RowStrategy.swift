internal import CKernels

/// When the layers of a network learn from a row; chosen once, when an engine is made.
///
/// A step that waits for the next row is made in the sweep over the weights that passes this row on: half as many weights
/// go through the caches. The numbers are the same, bit for bit.
enum RowStrategy {
  /// Every layer makes its step before the next row comes.
  case stepByStep
  /// The first layer waits.
  ///
  /// `outputWaits`: Whether the output layer does, too. It is so small that one thread makes its step, which others then
  /// need not wait for.
  case sweep(outputWaits: Bool)
  /// The first two layers wait, and learn as one.
  case pair(LayerPair, outputWaits: Bool)

  /// The strategy for layers that lie as ``FastLayer/layouts(_:options:)`` says.
  ///
  /// `lowerErrors`: Room for dE/dnet of the first layer.
  init(_ topology: NetworkTopology, options: LearningOptions, passes: [LayerPass], lowerErrors: AlignedBuffer) {
    guard Self.canWait(topology, options: options) else {
      self = .stepByStep
      return
    }
    // Only behind a further hidden layer: what enters the output layer must outlast the next row's way through the first.
    let outputIsSmall = passes.count > 2 && !NeuronTeam.isShared(passes[passes.count - 1])
    let outputWaits = outputIsSmall && NeuronTeam.isShared(passes[0])
    guard passes.count > 2, passes[1].isColumnMajor else {
      self = .sweep(outputWaits: outputWaits)
      return
    }
    let pair = LayerPair(
      lower: passes[0], upper: passes[1], activation: topology.activation.kernel, lowerErrors: lowerErrors)
    self = .pair(pair, outputWaits: outputWaits)
  }

  /// Whether the first layer can learn from a row in the sweep that passes the next row on: its weights lie by rows, and
  /// the forward pass of a row is known before the row comes.
  static func canWait(_ topology: NetworkTopology, options: LearningOptions) -> Bool {
    FastLayer.firstLayout(topology, options: options) == .rowMajor && options.dropout.inputRatio == 0
      && options.dropout.hiddenRatios == nil && topology.activation.channels == 1 && options.sparsity == nil
  }

  /// The uppermost of the first layers that wait; nil where none does.
  var waitingLayer: Int? {
    switch self {
    case .stepByStep: nil
    case .sweep: 0
    case .pair: 1
    }
  }

  /// Whether the output layer waits.
  var outputWaits: Bool {
    switch self {
    case .stepByStep: false
    case .sweep(let outputWaits), .pair(_, let outputWaits): outputWaits
    }
  }

  /// The lowest layer that errors are passed back to; a pair passes them on within itself.
  var lowestLayer: Int {
    switch self {
    case .stepByStep, .sweep: 0
    case .pair: 1
    }
  }
}
