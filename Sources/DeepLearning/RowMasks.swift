/// The dropout masks of one row, in the form of the kernels.
///
/// Not Sendable: it belongs to one engine.
final class RowMasks {
  private let topology: NetworkTopology
  private let dropout: Dropout
  private let seed: Int
  private var masks = DropoutMask()
  private var keepsInput: [Bool]
  private var keepsUnit: [[Bool]]
  /// The masks of each hidden layer: one byte per unit, and one byte per row of weights.
  private let unitMasks: [ByteBuffer]
  private let rowMasks: [ByteBuffer]
  private let dropsInputs: Bool
  private let dropsUnits: Bool

  /// `seed`: The seed of the model.
  init(topology: NetworkTopology, dropout: Dropout, seed: Int) {
    self.topology = topology
    self.dropout = dropout
    self.seed = seed
    dropsInputs = dropout.inputRatio > 0
    dropsUnits = dropout.hiddenRatios != nil
    keepsInput = [Bool](repeating: true, count: topology.inputs)
    keepsUnit = topology.hidden.map { [Bool](repeating: true, count: $0) }
    unitMasks = topology.hidden.map { ByteBuffer(repeating: 1, count: $0) }
    rowMasks = topology.hidden.map { ByteBuffer(repeating: 1, count: $0 * topology.activation.channels) }
  }

  /// Draws the masks of the row at `position`.
  func draw(_ position: TrainingPosition) {
    guard dropsInputs || dropsUnits else { return }
    let seed = position.row &+ position.samplesBeforeIteration &+ seed
    if dropsInputs { masks.drawInputs(&keepsInput, ratio: dropout.inputRatio, seed: seed) }
    guard let ratios = dropout.hiddenRatios else { return }
    let channels = topology.activation.channels
    for layer in ratios.indices {
      masks.drawHidden(
        &keepsUnit[layer], ratio: ratios[layer], activation: topology.activation, seed: seed, layerSeed: layer)
      for (unit, keeps) in keepsUnit[layer].enumerated() {
        unitMasks[layer].pointer[unit] = keeps ? 1 : 0
        for channel in 0..<channels { rowMasks[layer].pointer[unit * channels + channel] = keeps ? 1 : 0 }
      }
    }
  }

  /// The inputs that survive dropout; nil if there is no input dropout.
  var inputs: [Bool]? { dropsInputs ? keepsInput : nil }

  /// Returns the units of a layer that survive dropout; nil if the layer has no dropout.
  func units(_ layer: Int) -> UnsafePointer<UInt8>? {
    dropsUnits && !topology.isOutput(layer) ? UnsafePointer(unitMasks[layer].pointer) : nil
  }

  /// Returns the rows of weights of the units that survive; nil if the layer has no dropout.
  func rows(_ layer: Int) -> UnsafePointer<UInt8>? {
    dropsUnits && !topology.isOutput(layer) ? UnsafePointer(rowMasks[layer].pointer) : nil
  }

  /// Returns the rows of weights that may learn; nil if all may.
  ///
  /// Dropped units do not learn, and a Maxout unit learns in its winning channel only.
  func learningRows(_ layer: Int, winners: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
    guard topology.activation.channels == 2, !topology.isOutput(layer) else { return rows(layer) }
    let rows = rowMasks[layer].pointer
    for unit in 0..<topology.units(of: layer) {
      let keeps = unitMasks[layer].pointer[unit]
      rows[2 * unit] = winners[unit] == 0 ? keeps : 0
      rows[2 * unit + 1] = winners[unit] == 0 ? 0 : keeps
    }
    return UnsafePointer(rows)
  }
}
