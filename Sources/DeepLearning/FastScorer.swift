internal import CKernels

/// A scorer in single precision that predicts in blocks; a row's prediction does not depend on the other rows.
package struct FastScorer: NetworkScorer {
  /// The rows per block, so that their activations stay in the cache while the weights stream through.
  private static let blockRows = 64

  private let topology: NetworkTopology
  private let objective: Objective
  private let dropout: Dropout
  private let forward: BlockForward
  private var count = 0

  package init(topology: NetworkTopology, objective: Objective, dropout: Dropout, state: NetworkState) {
    self.topology = topology
    self.objective = objective
    self.dropout = dropout
    let layers = (0..<topology.weightLayers).map { layer in
      FastLayer(
        layer, of: topology, state, layout: layer == 0 && topology.hasSparseInputs ? .columnMajor : .rowMajor,
        memories: 0)
    }
    forward = BlockForward(topology: topology, objective: objective, layers: layers, rows: Self.blockRows, team: nil)
  }

  package var capacity: Int { Self.blockRows }

  package var takesSparseRows: Bool { topology.hasSparseInputs && objective.reconstructed == nil }

  package mutating func append(_ input: NetworkInput<Float>) {
    forward.inputs.append(input, keeps: nil)
    count += 1
  }

  package mutating func predict(into outputs: UnsafeMutableBufferPointer<Double>) {
    for layer in 0..<topology.weightLayers {
      forward.compute(layer, count: count)
      let scale = topology.isOutput(layer) ? 1 : Float(dropout.scoringScale(hiddenLayer: layer))
      guard scale != 1 else { continue }
      for row in 0..<count {
        let output = forward.outputs[layer].pointer + row * forward.unitStride(layer)
        for unit in 0..<topology.units(of: layer) { output[unit] *= scale }
      }
    }
    let isClassification = if case .classification = objective { true } else { false }
    for row in 0..<count {
      let values = forward.result(row)
      let slice = UnsafeMutableBufferPointer(
        rebasing: outputs[row * topology.outputs..<(row + 1) * topology.outputs])
      for unit in slice.indices { slice[unit] = Double(values[unit]) }
      if isClassification { Softmax.apply(slice) }
    }
    forward.inputs.removeAll()
    count = 0
  }

  package func activations(ofHiddenLayer layer: Int, row: Int) -> [Double] {
    let outputs = forward.outputs[layer].pointer + row * forward.unitStride(layer)
    return (0..<topology.units(of: layer)).map { Double(outputs[$0]) }
  }
}
