internal import CKernels

/// The first two layers of a network with at least two hidden layers, partitioned by the units between them.
///
/// Threads then synchronise once per row (docs/decisions/0015).
///
/// Not Sendable: it belongs to one engine.
final class LayerPair {
  /// The pair as the kernels take it.
  private var kernel: ck_pair
  private let upper: LayerPass
  private let netsBySlice: AlignedBuffer

  /// The number of weights in the upper layer from which a row takes so long that synchronisation hardly matters.
  ///
  /// From there on the row-major layout is faster, because it skips units without error: 88 % of the upper
  /// units with 1024-1024, less than half with 200-200.
  private static let largestUpper = 400_000

  /// Returns whether the first two layers can learn as a pair, the upper one column-major.
  static func suits(_ topology: NetworkTopology, options: LearningOptions) -> Bool {
    guard case .adadelta = options.rule, topology.weightLayers > 2 else { return false }
    var penalty = FastLayer.penalty(options)
    return topology.hidden[0] * topology.hidden[1] < largestUpper && ck_is_absent(&penalty) != 0 && options.isFast
      && options.elasticity == nil && RowStrategy.canWait(topology, options: options)
  }

  /// `lowerErrors`: Scratch for dE/dnet of the lower layer.
  init(lower: LayerPass, upper: LayerPass, activation: ck_activation, lowerErrors: AlignedBuffer) {
    self.upper = upper
    let slices = lower.backwardSlices
    netsBySlice = AlignedBuffer(count: slices * upper.kernel.pointee.stride)
    kernel = ck_pair(
      lower: lower.kernel, upper: upper.kernel, slices: slices,
      forwarding: ck_forwarding(
        nets: lower.net, outputs: lower.output, keeps: nil, activation: activation, activates: 1),
      lower_errors: lowerErrors.pointer, nets_by_slice: netsBySlice.pointer)
  }

  /// Learns from the row `former`, then computes the forward pass of the row `next` up to the upper layer's outputs.
  ///
  /// - `learning`: The pending update, with the errors of the upper layer; nil if there is none.
  /// - `last`: The output layer, if its update from the former row is pending too.
  func run(
    _ team: OpaquePointer?, former: RowInput, learning: UnsafePointer<ck_learning>?, last: UnsafePointer<ck_deferred>?,
    next: RowInput?
  ) {
    var formerRow = former.kernel
    guard var nextRow = next?.kernel else {
      return ck_run_pair(team, &kernel, &formerRow, learning, last, nil, upper.net)
    }
    ck_run_pair(team, &kernel, &formerRow, learning, last, &nextRow, upper.net)
    ck_activate(upper.output, upper.winners, upper.net, upper.units, kernel.forwarding.activation)
  }
}
