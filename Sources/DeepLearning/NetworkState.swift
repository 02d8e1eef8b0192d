/// Everything that training changes, in a layout that no engine owns: what snapshots, checkpoints and models hold.
package struct NetworkState: Sendable, Equatable {
  package var layers: [LayerState]

  package init(layers: [LayerState]) { self.layers = layers }
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
