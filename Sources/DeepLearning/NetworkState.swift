/// Everything that training changes, in a layout that no engine owns: what snapshots, checkpoints and models hold.
package struct NetworkState: Sendable, Equatable {
  package var layers: [LayerState]

  package init(layers: [LayerState]) { self.layers = layers }

  /// What is scored and kept: with elastic averaging the consensus, else the network itself.
  package var published: NetworkState {
    NetworkState(
      layers: layers.map { layer in
        guard !layer.consensusWeights.isEmpty else { return layer }
        var published = layer
        published.weights = layer.consensusWeights
        published.biases = layer.consensusBiases
        published.consensusWeights = []
        published.consensusBiases = []
        return published
      })
  }
}

/// Weights and biases of one layer with what the update rule remembers of them.
///
/// - Shapes: `weights` is row-major [units x inputs]. For Maxout it has two channels with the channel fastest:
///   index 2 * (unit * inputs + input) + channel; biases likewise 2 * unit + channel. That is H2O's flat array.
package struct LayerState: Sendable, Equatable {
  package var weights: [Float]
  package var biases: [Double]
  /// ADADELTA.
  ///
  /// Running mean of squared steps; momentum: velocity; empty without either. Laid out like `weights`.
  package var weightMemory: [Float]
  /// ADADELTA: running mean of squared gradients; otherwise empty.
  package var weightSquares: [Float]
  package var biasMemory: [Double]
  package var biasSquares: [Double]
  /// Running mean of each unit's activation in a sparse autoencoder; otherwise empty.
  package var meanActivations: [Double] = []
  /// Winning channel of each Maxout unit in the last row in which it was active; empty where nothing depends on it.
  package var winners: [UInt8] = []
  /// Elastic averaging: the average that holds the network; empty without it, and in the first iteration.
  package var consensusWeights: [Float] = []
  package var consensusBiases: [Double] = []

  package init(weights: [Float], biases: [Double], rule: UpdateRule) {
    self.weights = weights
    self.biases = biases
    let memories = rule.memoriesPerWeight
    weightMemory = [Float](repeating: 0, count: memories > 0 ? weights.count : 0)
    weightSquares = [Float](repeating: 0, count: memories > 1 ? weights.count : 0)
    biasMemory = [Double](repeating: 0, count: memories > 0 ? biases.count : 0)
    biasSquares = [Double](repeating: 0, count: memories > 1 ? biases.count : 0)
  }

  /// Moves the consensus towards the network (behavioural notes, section 6.9).
  ///
  /// - `movingRate`: Share of the network in the new consensus.
  /// - `scalesNetwork`: Whether the network itself is multiplied by that rate, as in H2O.
  mutating func formConsensus(movingRate: Float, scalesNetwork: Bool) {
    guard !consensusWeights.isEmpty, movingRate < 1 else {
      consensusWeights = weights
      consensusBiases = biases
      return
    }
    // H2O divides by the inverse of the rate, which rounds differently from a product.
    let (own, rest) = (1 / Double(movingRate), 1 / Double(1 - movingRate))
    for index in weights.indices {
      consensusWeights[index] = consensusWeights[index] / Float(rest) + weights[index] / Float(own)
    }
    for index in biases.indices { consensusBiases[index] = consensusBiases[index] / rest + biases[index] / own }
    guard scalesNetwork else { return }
    for index in weights.indices { weights[index] /= Float(own) }
    for index in biases.indices { biases[index] /= own }
    for index in weightMemory.indices { weightMemory[index] /= Float(own) }
    for index in weightSquares.indices { weightSquares[index] /= Float(own) }
    // Under ADADELTA the biases keep what they remember.
    if biasSquares.isEmpty { for index in biasMemory.indices { biasMemory[index] /= own } }
    for index in meanActivations.indices { meanActivations[index] /= own }
  }
}
