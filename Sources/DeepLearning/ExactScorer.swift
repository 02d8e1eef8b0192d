/// A scorer in H2O's arithmetic.
package struct ExactScorer: NetworkScorer {
  private let topology: NetworkTopology
  private let objective: Objective
  private let dropout: Dropout
  private var layers: [ExactLayer]
  private var input: [Double]
  /// The outputs of the hidden layers before the dropout scale; empty if they are not kept.
  private var unscaled: [[Double]]

  package init(topology: NetworkTopology, objective: Objective, dropout: Dropout, state: NetworkState) {
    self.init(topology: topology, objective: objective, dropout: dropout, state: state, keepsUnscaled: false)
  }

  /// `keepsUnscaled`: Enables ``unscaledActivations(ofHiddenLayer:)``.
  package init(
    topology: NetworkTopology, objective: Objective, dropout: Dropout, state: NetworkState, keepsUnscaled: Bool
  ) {
    self.topology = topology
    self.objective = objective
    self.dropout = dropout
    layers = (0..<topology.weightLayers).map { ExactLayer($0, of: topology, state) }
    input = [Double](repeating: 0, count: topology.inputs)
    unscaled = keepsUnscaled ? [[Double]](repeating: [], count: topology.hidden.count) : []
  }

  package var capacity: Int { 1 }

  package mutating func append(_ sample: NetworkInput<Double>) {
    sample.expand(into: &input, categoricalInputs: topology.categoricalInputs)
  }

  package mutating func predict(into outputs: UnsafeMutableBufferPointer<Double>) {
    for layer in layers.indices {
      let below = layer == 0 ? input : layers[layer - 1].outputs
      below.withUnsafeBufferPointer { layers[layer].computeNet($0) }
      if topology.isOutput(layer) {
        if objective.reconstructed != nil { layers[layer].activate(topology.activation) }
        continue
      }
      layers[layer].activate(topology.activation)
      let scale = dropout.scoringScale(hiddenLayer: layer)
      if !unscaled.isEmpty { unscaled[layer] = layers[layer].outputs }
      if scale != 1 { for unit in layers[layer].outputs.indices { layers[layer].outputs[unit] *= scale } }
    }
    for (unit, value) in layers[layers.count - 1].outputs.enumerated() { outputs[unit] = value }
    if case .classification = objective { Softmax.apply(outputs) }
  }

  package func activations(ofHiddenLayer layer: Int, row: Int) -> [Double] { layers[layer].outputs }

  /// Returns the outputs of a hidden layer for the row that was predicted last, without the dropout scale.
  package func unscaledActivations(ofHiddenLayer layer: Int) -> [Double] { unscaled[layer] }
}
