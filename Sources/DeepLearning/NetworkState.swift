/// The values that training changes, in an engine-independent layout; used in snapshots, checkpoints and models.
package struct NetworkState: Sendable, Equatable {
  package var layers: [LayerState]
  /// The updates that Adam has made, on which its corrections depend; 0 with other rules.
  package var steps: Int
  /// The learned factors of the inputs in front of the first layer; nil without.
  package var inputScales: InputScales?
  /// The number that divides the net inputs of the output layer of a calibrated classifier; 1 without calibration.
  package var temperature = 1.0
  /// The other copies of the network that elastic averaging trains, without their consensus, which is that of this one.
  ///
  /// Empty if there is one copy, and where copies do not matter.
  package var copies: [NetworkState] = []

  package init(layers: [LayerState], steps: Int = 0, inputScales: InputScales? = nil) {
    self.layers = layers
    self.steps = steps
    self.inputScales = inputScales
  }

  /// The network that is scored and saved: the consensus with elastic averaging, otherwise the network itself.
  ///
  /// Input scales become factors of the weights of the first layer, and a temperature divides those of the output layer.
  package var published: NetworkState {
    var network = NetworkState(
      layers: layers.map { layer in
        guard let consensus = layer.consensus else { return layer }
        var published = layer
        (published.weights, published.biases) = (consensus.weights, consensus.biases)
        if !consensus.weightMemory.isEmpty { published.weightMemory = consensus.weightMemory }
        if !consensus.weightSquares.isEmpty { published.weightSquares = consensus.weightSquares }
        if !consensus.biasMemory.isEmpty { published.biasMemory = consensus.biasMemory }
        if !consensus.biasSquares.isEmpty { published.biasSquares = consensus.biasSquares }
        published.consensus = nil
        return published
      }, steps: steps)
    inputScales?.fold(into: &network.layers[0])
    if temperature != 1, let last = network.layers.indices.last {
      for index in network.layers[last].weights.indices { network.layers[last].weights[index] /= Float(temperature) }
      for index in network.layers[last].biases.indices {
        network.layers[last].biases[index] = Double(Float(network.layers[last].biases[index]) / Float(temperature))
      }
    }
    return network
  }
}

extension NetworkState {
  /// The network without the other copies.
  package var withoutCopies: NetworkState {
    var network = self
    network.copies = []
    return network
  }

  /// The network without the consensus of elastic averaging.
  package var withoutConsensus: NetworkState {
    var network = self
    for layer in network.layers.indices { network.layers[layer].consensus = nil }
    return network
  }

  /// Returns the network from which a copy continues: its own, or the first one if there were other copies before.
  ///
  /// - Parameters:
  ///   - number: The number of the copy, from 0.
  ///   - count: The number of copies.
  /// - Returns: The state of the copy.
  package func copy(_ number: Int, of count: Int) -> NetworkState {
    guard number > 0, copies.count == count - 1 else { return withoutCopies }
    var copy = copies[number - 1]
    for layer in layers.indices { copy.layers[layer].consensus = layers[layer].consensus }
    return copy
  }
}

/// The weights and biases of one layer, and their optimizer state.
///
/// - Shapes: `weights` is row-major [units x inputs]. Maxout has two interleaved
///   channels: the index of a weight is 2 * (unit * inputs + input) + channel, that
///   of a bias 2 * unit + channel. This is H2O's flat array.
package struct LayerState: Sendable, Equatable {
  package var weights: [Float]
  package var biases: [Double]
  /// The running mean of squared steps under ADADELTA, the velocity with momentum, or Adam's mean gradient.
  ///
  /// It is laid out like `weights`.
  package var weightMemory: [Float]
  /// The running mean of squared gradients under ADADELTA and Adam; otherwise empty.
  package var weightSquares: [Float]
  package var biasMemory: [Double]
  package var biasSquares: [Double]
  /// The running mean of each unit's activation in a sparse autoencoder; otherwise empty.
  ///
  /// Where biases hold the activations, it is their accumulated excess
  /// (``Sparsity/hold(_:excess:activation:samples:)``).
  package var meanActivations: [Double] = []
  /// The winning channel of each Maxout unit in its last active row; empty where training does not depend on it.
  package var winners: [UInt8] = []
  /// The consensus of elastic averaging; nil without it and in the first iteration.
  package var consensus: LayerConsensus?

  package init(weights: [Float], biases: [Double], rule: UpdateRule) {
    self.weights = weights
    self.biases = biases
    let memories = rule.memoriesPerWeight
    weightMemory = [Float](repeating: 0, count: memories > 0 ? weights.count : 0)
    weightSquares = [Float](repeating: 0, count: memories > 1 ? weights.count : 0)
    biasMemory = [Double](repeating: 0, count: memories > 0 ? biases.count : 0)
    biasSquares = [Double](repeating: 0, count: memories > 1 ? biases.count : 0)
  }
}
