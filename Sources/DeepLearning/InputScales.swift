/// Learned factors of the inputs, one each, in front of the first layer.
package struct InputScales: Sendable, Equatable {
  /// The factors, as the weights of a layer of one unit without bias, with their optimizer state.
  package var state: LayerState
  /// The sets of weights per unit of the first layer.
  let channels: Int

  package init(state: LayerState, channels: Int) {
    self.state = state
    self.channels = channels
  }

  /// The factors at the start of a training, which are 1.
  package init(_ topology: NetworkTopology, rule: UpdateRule) {
    self.init(
      state: LayerState(weights: [Float](repeating: 1, count: topology.inputs), biases: [0], rule: rule),
      channels: topology.channels(of: 0))
  }

  /// Multiplies the weights of the first layer by the factors, so that it takes unscaled inputs.
  func fold(into layer: inout LayerState) {
    let factors = state.weights
    for index in layer.weights.indices { layer.weights[index] *= factors[index / channels % factors.count] }
  }
}
