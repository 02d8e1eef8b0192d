internal import CKernels

/// The forward pass of one row in single precision, shared by training and scoring.
///
/// Not Sendable: it belongs to one engine.
final class FastForward {
  let topology: NetworkTopology
  let layers: [FastLayer]
  /// Where each layer's numbers are in memory.
  let passes: [LayerPass]
  /// The current row and the one before it; filled only for row-major first layers.
  private(set) var row: RowInput
  private(set) var formerRow: RowInput
  /// The nonzero inputs; filled only for column-major first layers.
  private(set) var active = ActiveInputs()
  /// The owners of the memory that `passes` points to.
  private let buffers: [AlignedBuffer]
  private let winners: [ByteBuffer]
  private let team: NeuronTeam?
  private let activation: ck_activation
  private let activatesInSlices: Bool
  private let activatesOutput: Bool
  private var rowNumber: Int32 = 0

  /// Allocates the activations of one engine.
  ///
  /// - `activatesOutput`: True if the output layer has the hidden layers' activation, as in autoencoders.
  /// - `team`: The threads that share the neurons of large layers; nil for one thread.
  init(topology: NetworkTopology, layers: [FastLayer], activatesOutput: Bool, team: NeuronTeam? = nil) {
    self.topology = topology
    self.layers = layers
    self.team = team
    self.activatesOutput = activatesOutput
    activation = topology.activation.kernel
    activatesInSlices = topology.activation.channels == 1
    row = RowInput(topology: topology, threads: team?.threads ?? 1)
    formerRow = RowInput(topology: topology, threads: team?.threads ?? 1)
    let nets = layers.map { AlignedBuffer(count: AlignedBuffer.padded($0.units * $0.channels)) }
    let outputs = layers.map { AlignedBuffer(count: AlignedBuffer.padded($0.units)) }
    let winners = layers.map { ByteBuffer(repeating: 0, count: $0.units) }
    passes = layers.indices.map { index in
      LayerPass(
        layer: layers[index], input: outputs[max(0, index - 1)], net: nets[index], output: outputs[index],
        winners: winners[index])
    }
    self.winners = winners
    buffers = nets + outputs
  }

  /// Sets the input row; `keeps` marks the inputs that survive dropout, nil means all.
  func setInput(_ sample: NetworkInput<Float>, keeps: [Bool]?) {
    guard layers[0].layout == .columnMajor else {
      swap(&row, &formerRow)
      rowNumber &+= 1
      return row.set(sample, keeps: keeps, number: rowNumber)
    }
    active.set(sample, topology: topology, keeps: keeps)
  }

  /// Computes the first layer, or the first two where they are a pair.
  ///
  /// - `keeps`: One byte per row of weights, 0 if dropped; nil if none is.
  /// - `learning`: The pending update from the former row, applied in the same sweep; nil if there is none.
  /// - `last`: The output layer, if its update from the former row is pending too.
  func begin(
    _ strategy: RowStrategy, keeps: UnsafePointer<UInt8>?, learning: UnsafePointer<ck_learning>?,
    last: UnsafePointer<ck_deferred>?
  ) {
    switch strategy {
    case .stepByStep, .sweep: compute(0, keeps: keeps, learning: learning, last: last)
    case .pair(let pair, _):
      pair.run(team?.handle(for: passes[0]), former: formerRow, learning: learning, last: last, next: row)
    }
  }

  /// Applies the pending update of the first layers when no row follows; see
  /// ``begin(_:keeps:learning:last:)``.
  func finish(_ strategy: RowStrategy, learning: UnsafePointer<ck_learning>?, last: UnsafePointer<ck_deferred>?) {
    let pass = passes[0]
    switch strategy {
    case .stepByStep, .sweep:
      var row = row.kernel
      ck_first_layer(team?.handle(for: pass), pass.kernel, &row, learning, last, nil, nil)
    case .pair(let pair, _):
      pair.run(team?.handle(for: pass), former: row, learning: learning, last: last, next: nil)
    }
  }

  /// Computes the net inputs and outputs of `layer`; a linear or softmax output layer has net inputs only.
  ///
  /// - `keeps`: One byte per row of weights, 0 if dropped; nil if none is.
  /// - `learning`: The pending update of a row-major first layer from the former row.
  /// - `last`: The output layer, if its update from the former row is pending too.
  func compute(
    _ layer: Int, keeps: UnsafePointer<UInt8>?, learning: UnsafePointer<ck_learning>? = nil,
    last: UnsafePointer<ck_deferred>? = nil
  ) {
    let pass = passes[layer]
    let isActivated = activatesOutput || !topology.isOutput(layer)
    var forwarding = ck_forwarding(
      nets: pass.net, outputs: pass.output, keeps: keeps, activation: activation,
      activates: isActivated && activatesInSlices && !pass.isColumnMajor ? 1 : 0)
    if pass.isColumnMajor {
      ck_net_columns(pass.net, pass.kernel, active.indices, active.values, active.indices.count)
    } else if layer == 0 {
      var (former, next) = (formerRow.kernel, row.kernel)
      ck_first_layer(team?.handle(for: pass), pass.kernel, &former, learning, last, &next, &forwarding)
    } else {
      ck_forward_slices(team?.handle(for: pass), pass.kernel, pass.input, &forwarding)
    }
    if isActivated, forwarding.activates == 0 {
      ck_activate(pass.output, pass.winners, pass.net, pass.units, activation)
    }
  }
}
