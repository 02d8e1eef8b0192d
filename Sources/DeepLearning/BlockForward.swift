internal import CKernels

/// Activations of a block of rows in single precision, shared by mini-batch training and scoring.
///
/// Not Sendable: it belongs to one engine.
final class BlockForward {
  let topology: NetworkTopology
  let layers: [FastLayer]
  /// The rows: inputs of a dense first layer, or active inputs of a sparse one.
  let inputs: BatchInputs
  /// Net inputs of each layer, [rows of the block x padded rows of the layer].
  let nets: [AlignedBuffer]
  /// Outputs of each hidden layer, and of the output layer of an autoencoder, [rows of the block x padded units].
  let outputs: [AlignedBuffer]
  /// Winning channel of each Maxout unit, [rows of the block x units].
  let winners: [ByteBuffer]
  private let activatesOutput: Bool
  private let team: NeuronTeam?

  /// Room for `rows` rows, which come as bytes if `takesPackedRows`.
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

  /// What leaves the network, before softmax: row `row` of the output layer.
  func result(_ row: Int) -> UnsafeMutablePointer<Float> {
    let last = layers.count - 1
    return activatesOutput
      ? outputs[last].pointer + row * unitStride(last) : nets[last].pointer + row * netStride(last)
  }

  /// Net inputs and outputs of layer `index` for the first `count` rows; an output layer that is linear or softmax has
  /// no outputs.
  func compute(_ index: Int, count: Int) {
    let layer = layers[index]
    if index > 0 {
      ck_net_block_shared(
        team?.handle, nets[index].pointer, layer.kernel, outputs[index - 1].pointer, count,
        netStride(index), unitStride(index - 1))
    } else {
      inputs.computeNets(nets[0], layer: layer, stride: netStride(0), team: team)
    }
    if topology.isOutput(index), !activatesOutput { return }
    for row in 0..<count {
      ck_activate(
        outputs[index].pointer + row * unitStride(index), winners[index].pointer + row * layer.units,
        nets[index].pointer + row * netStride(index), layer.units, topology.activation.kernel)
    }
  }
}
