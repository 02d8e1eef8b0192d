/// Everything that training changes, in a layout that no engine owns: what snapshots, checkpoints and models hold.
package struct NetworkState: Sendable, Equatable {
  package var layers: [LayerState]

  package init(layers: [LayerState]) { self.layers = layers }

  /// What is scored and kept: with elastic averaging the consensus, else the network itself.
  package var published: NetworkState {
    NetworkState(
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
  /// Running mean of each unit's activation in a sparse autoencoder, or what it has exceeded the wanted mean by
  /// (``Sparsity/hold(_:excess:activation:samples:)``); otherwise empty.
  package var meanActivations: [Double] = []
  /// Winning channel of each Maxout unit in the last row in which it was active; empty where nothing depends on it.
  package var winners: [UInt8] = []
  /// Elastic averaging: the average that holds the network; nil without it, and in the first iteration.
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
