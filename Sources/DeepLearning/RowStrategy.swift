internal import CKernels

/// The order of updates and forward passes across rows, chosen once per engine.
///
/// An update can wait for the next row, whose forward pass then applies it in the same sweep over the
/// weights. This halves the memory traffic and gives the same numbers, bit for bit.
enum RowStrategy {
  /// Every layer is updated before the next row.
  case stepByStep
  /// The first layer's update waits.
  ///
  /// `outputWaits`: True if the output layer's update waits too. That layer is so small that one thread
  /// updates it, and the other threads need not wait for it.
  case sweep(outputWaits: Bool)
  /// The updates of the first two layers wait, and both layers learn together.
  case pair(LayerPair, outputWaits: Bool)

  /// Chooses the strategy for layers in the layouts of ``FastLayer/layouts(_:options:)``.
  ///
  /// `lowerErrors`: Scratch for dE/dnet of the first layer.
  init(_ topology: NetworkTopology, options: LearningOptions, passes: [LayerPass], lowerErrors: AlignedBuffer) {
    guard Self.canWait(topology, options: options) else {
      self = .stepByStep
      return
    }
    // The input of the output layer must survive the next row's pass through the first layer, so there must be
    // another hidden layer in between.
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

  /// Returns whether the first layer can be updated in the sweep of the next row.
  ///
  /// This requires row-major weights, and a forward pass that does not depend on dropout, Maxout or sparsity.
  static func canWait(_ topology: NetworkTopology, options: LearningOptions) -> Bool {
    FastLayer.firstLayout(topology, options: options) == .rowMajor && options.dropout.inputRatio == 0
      && options.dropout.hiddenRatios == nil && topology.activation.channels == 1 && options.sparsity == nil
  }

  /// The highest of the first layers whose update waits; nil if none does.
  var waitingLayer: Int? {
    switch self {
    case .stepByStep: nil
    case .sweep: 0
    case .pair: 1
    }
  }

  /// Whether the output layer's update waits.
  var outputWaits: Bool {
    switch self {
    case .stepByStep: false
    case .sweep(let outputWaits), .pair(_, let outputWaits): outputWaits
    }
  }

  /// The lowest layer that receives errors from above; a pair handles its lower layer itself.
  var lowestLayer: Int {
    switch self {
    case .stepByStep, .sweep: 0
    case .pair: 1
    }
  }
}
