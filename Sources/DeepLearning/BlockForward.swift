internal import CKernels

/// The forward pass of a block of rows in single precision, shared by mini-batch training and scoring.
///
/// Not Sendable: it belongs to one engine.
final class BlockForward {
  let topology: NetworkTopology
  let layers: [FastLayer]
  /// The input rows: dense for a row-major first layer, lists of nonzero inputs for a column-major one.
  let inputs: BatchInputs
  /// The net inputs of each layer, [rows of the block x padded rows of the layer].
  let nets: [AlignedBuffer]
  /// The outputs of each hidden layer, and of an autoencoder's output layer, [rows of the block x padded units].
  let outputs: [AlignedBuffer]
  /// The winning channel of each Maxout unit, [rows of the block x units].
  let winners: [ByteBuffer]
  /// The input rows of a row-major first layer times the input scales; nil without scales.
  var scaledRows: UnsafePointer<Float>?
  private let activatesOutput: Bool
  private let team: NeuronTeam?

  /// Allocates room for `rows` rows; `takesPackedRows` is true if they arrive as bytes.
  init(
    topology: NetworkTopology, objective: Objective, layers: [FastLayer], rows: Int, team: NeuronTeam?,
    takesPackedRows: Bool = false
  ) {
    self.topology = topology
    self.layers = layers
    self.team = team
    activatesOutput = objective.reconstructed != nil
    inputs = BatchInputs(
      topology: topology, batchSize: rows, isSparse: layers[0].layout == .columnMajor,
      gradientWidth: layers[0].kernel.pointee.stride, keepsCleanRows: activatesOutput,
      takesPackedRows: takesPackedRows)
    nets = layers.map { AlignedBuffer(count: rows * AlignedBuffer.rowStride($0.units * $0.channels)) }
    outputs = layers.map { AlignedBuffer(count: rows * AlignedBuffer.rowStride($0.units)) }
    winners = layers.map { ByteBuffer(repeating: 0, count: $0.units * rows) }
  }

  func netStride(_ layer: Int) -> Int { AlignedBuffer.rowStride(layers[layer].units * layers[layer].channels) }
  func unitStride(_ layer: Int) -> Int { AlignedBuffer.rowStride(layers[layer].units) }

  /// Returns row `row` of the network's output, before softmax.
  func result(_ row: Int) -> UnsafeMutablePointer<Float> {
    let last = layers.count - 1
    return activatesOutput
      ? outputs[last].pointer + row * unitStride(last) : nets[last].pointer + row * netStride(last)
  }

  /// Computes the net inputs and outputs of layer `index` for the first `count` rows.
  ///
  /// A linear or softmax output layer has net inputs only.
  func compute(_ index: Int, count: Int) {
    let layer = layers[index]
    var outputs = ck_block_outputs(
      values: hasOutputs(index) ? outputs[index].pointer : nil, stride: unitStride(index),
      winners: winners[index].pointer, units: layer.units, channels: layer.channels,
      activation: topology.activation.kernel)
    guard layer.layout == .rowMajor else { return computeSparse(index, count: count, outputs) }
    if index == 0 { inputs.prepare(team: team) }
    var batch = batch(index, count: count)
    ck_forward_block(team?.handle, nets[index].pointer, layer.kernel, &batch, &outputs)
  }

  /// Returns whether layer `index` has outputs beside its net inputs.
  private func hasOutputs(_ index: Int) -> Bool { !topology.isOutput(index) || activatesOutput }

  /// Returns the first `count` input rows of the row-major layer `index`.
  func batch(_ index: Int, count: Int) -> ck_batch {
    var batch = ck_batch()
    batch.count = count
    batch.net_stride = netStride(index)
    if index > 0 {
      batch.inputs = UnsafePointer(outputs[index - 1].pointer)
      batch.input_stride = unitStride(index - 1)
    } else {
      batch.inputs = scaledRows ?? inputs.denseRows
      batch.input_stride = inputs.denseStride
      batch.listed = inputs.listed.map { UnsafePointer($0.kernel) }
    }
    return batch
  }

  private func computeSparse(_ index: Int, count: Int, _ block: ck_block_outputs) {
    inputs.computeNets(nets[index], layer: layers[index], stride: netStride(index))
    guard let values = block.values else { return }
    for row in 0..<count {
      ck_activate(
        values + row * block.stride, block.winners + row * block.units, nets[index].pointer + row * netStride(index),
        block.units, block.activation)
    }
  }
}
