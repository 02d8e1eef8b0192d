/// The initial weights, drawn from H2O's generator (h2o-behaviour.md#first-weights).
package struct InitialWeights: Sendable {
  /// The distribution of the initial weights.
  package enum Distribution: Sendable {
    /// Uniform in [-r, r] with r = sqrt(6 / (inputs + units)) of the layer (Glorot and Bengio 2010).
    case uniformAdaptive
    /// Uniform in [-scale, scale].
    case uniform
    /// Normal with mean 0; the scale is the standard deviation.
    case normal
  }

  private static let seedOffset = 0x0BAD_5EED
  /// The factor of softmax layers, which start with a range four times wider.
  private static let outputLayerFactor = 4.0

  package let distribution: Distribution
  package let scale: Double
  package let seed: Int

  package init(distribution: Distribution, scale: Double, seed: Int) {
    self.distribution = distribution
    self.scale = scale
    self.seed = seed
  }

  /// Returns a new network.
  ///
  /// - `isClassifier`: True if the outputs are softmax units.
  /// - `rule`: Decides which optimizer state the network holds, initialised to zero.
  package func network(_ topology: NetworkTopology, isClassifier: Bool, rule: UpdateRule) -> NetworkState {
    NetworkState(
      layers: (0..<topology.weightLayers).map { layer in
        let isOutput = topology.isOutput(layer)
        let channels = topology.channels(of: layer)
        let bias = isOutput ? 0 : topology.activation.initialBias(hiddenLayer: layer)
        return LayerState(
          weights: weights(
            layer: layer, inputs: topology.inputs(of: layer), units: topology.units(of: layer), channels: channels,
            factor: isOutput && isClassifier ? Self.outputLayerFactor : 1),
          biases: [Double](repeating: bias, count: topology.units(of: layer) * channels),
          rule: rule)
      })
  }

  private func weights(layer: Int, inputs: Int, units: Int, channels: Int, factor: Double) -> [Float] {
    var generator = RandomGenerator(seed: UInt64(seed: seed &+ Self.seedOffset &+ layer &+ 1))
    let count = units * channels * inputs
    switch distribution {
    case .uniformAdaptive:
      let range = Elementary.squareRoot(6 / Double(inputs + units))
      return (0..<count).map { _ in Float(factor * (-range + Double(generator.nextFloat()) * (2 * range))) }
    case .uniform:
      return (0..<count).map { _ in Float(-scale + Double(generator.nextFloat()) * (2 * scale)) }
    case .normal:
      return (0..<count).map { _ in Float(generator.nextGaussian() * scale) }
    }
  }
}
