internal import CKernels

/// Activations of all layers in single precision, shared by training and scoring.
struct FastForward {
  let topology: NetworkTopology
  let layers: [FastLayer]
  /// All inputs, one-hot units included; only filled for row-major first layers.
  let input: AlignedBuffer
  /// Inputs that are not zero; only filled for column-major first layers.
  private(set) var active = ActiveInputs()
  /// Net inputs of each layer, [rows].
  let nets: [AlignedBuffer]
  /// Outputs of each hidden layer, [units].
  let outputs: [AlignedBuffer]
  /// Winning channel of each Maxout unit.
  var winners: [[UInt8]]
  private var previousActive: [Int32] = []

  init(topology: NetworkTopology, layers: [FastLayer]) {
    self.topology = topology
    self.layers = layers
    input = AlignedBuffer(count: AlignedBuffer.padded(topology.inputs))
    nets = layers.map { AlignedBuffer(count: AlignedBuffer.padded($0.units * $0.channels)) }
    outputs = layers.map { AlignedBuffer(count: AlignedBuffer.padded($0.units)) }
    winners = layers.map { [UInt8](repeating: 0, count: $0.channels == 2 ? $0.units : 0) }
  }

  /// Takes a row; `keeps` names the input units that survive input dropout, nil all of them.
  mutating func setInput(_ sample: NetworkInput<Float>, keeps: [Bool]?) {
    let first = topology.categoricalInputs
    guard layers[0].layout == .columnMajor else {
      for unit in previousActive { input.pointer[Int(unit)] = 0 }
      for unit in sample.activeUnits { input.pointer[Int(unit)] += 1 }
      previousActive.removeAll(keepingCapacity: true)
      previousActive.append(contentsOf: sample.activeUnits)
      if let base = sample.numerics.baseAddress {
        (input.pointer + first).update(from: base, count: sample.numerics.count)
      }
      if let keeps { for unit in keeps.indices where !keeps[unit] { input.pointer[unit] = 0 } }
      return
    }
    active.set(sample, topology: topology, keeps: keeps)
  }

  /// The activations that enter `layer`.
  func input(of layer: Int) -> UnsafeMutablePointer<Float> {
    layer == 0 ? input.pointer : outputs[layer - 1].pointer
  }

  /// Net inputs of `layer`; `keeps` per row may be nil.
  func computeNet(_ layer: Int, keeps: UnsafePointer<UInt8>?) {
    if layers[layer].layout == .columnMajor {
      ck_net_columns(
        nets[layer].pointer, &layers[layer].kernel, active.indices, active.values,
        active.indices.count)
    } else {
      ck_net_rows(nets[layer].pointer, &layers[layer].kernel, input(of: layer), keeps)
    }
  }

  /// Outputs of hidden layer `layer` from its net inputs.
  mutating func activate(_ layer: Int) {
    Self.activate(
      topology.activation, net: nets[layer].pointer, output: outputs[layer].pointer, units: layers[layer].units
    ) { unit, isSecond in winners[layer][unit] = isSecond ? 1 : 0 }
  }

  /// Outputs of `units` units; `wins` is told the winning channel of each Maxout unit.
  static func activate(
    _ activation: Activation, net: UnsafeMutablePointer<Float>, output: UnsafeMutablePointer<Float>, units: Int,
    wins: (_ unit: Int, _ isSecond: Bool) -> Void
  ) {
    switch activation {
    case .rectifier:
      for unit in 0..<units { output[unit] = max(net[unit], 0) }
    case .tanh, .expRectifier:
      for unit in 0..<units { output[unit] = Float(activation.value(of: Double(net[unit]))) }
    case .maxout:
      for unit in 0..<units {
        let isSecond = net[2 * unit + 1] > net[2 * unit]
        wins(unit, isSecond)
        output[unit] = isSecond ? net[2 * unit + 1] : net[2 * unit]
      }
    }
  }
}
