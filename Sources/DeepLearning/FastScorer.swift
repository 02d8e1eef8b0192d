internal import CKernels

/// Predicts in single precision with vector kernels.
package struct FastScorer: NetworkScorer {
  private let topology: NetworkTopology
  private let objective: Objective
  private let dropout: Dropout
  private let forward: FastForward

  package init(topology: NetworkTopology, objective: Objective, dropout: Dropout, state: NetworkState) {
    self.topology = topology
    self.objective = objective
    self.dropout = dropout
    let layers = (0..<topology.weightLayers).map { layer in
      FastLayer(
        inputs: topology.inputs(of: layer), units: topology.units(of: layer), channels: topology.channels(of: layer),
        layout: layer == 0 && topology.hasSparseInputs ? .columnMajor : .rowMajor, state: state.layers[layer],
        memories: 0)
    }
    forward = FastForward(
      topology: topology, layers: layers, activatesOutput: objective.reconstructed != nil)
  }

  package mutating func predict(_ sample: NetworkInput<Float>, into outputs: UnsafeMutableBufferPointer<Double>) {
    forward.setInput(sample, keeps: nil)
    for layer in 0..<topology.weightLayers {
      forward.compute(layer, keeps: nil)
      if topology.isOutput(layer) { continue }
      let scale = Float(dropout.scoringScale(hiddenLayer: layer))
      if scale != 1 {
        let output = forward.passes[layer].output
        for unit in 0..<topology.units(of: layer) { output[unit] *= scale }
      }
    }
    let last = topology.weightLayers - 1
    let values = objective.reconstructed == nil ? forward.passes[last].net : forward.passes[last].output
    for unit in outputs.indices { outputs[unit] = Double(values[unit]) }
    if case .classification = objective { Softmax.apply(outputs) }
  }

  package func activations(ofHiddenLayer layer: Int) -> [Double] {
    (0..<topology.units(of: layer)).map { Double(forward.passes[layer].output[$0]) }
  }
}
