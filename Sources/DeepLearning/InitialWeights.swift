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
    /// Normal with variance 1 / inputs, and biases with variance 1: the neural tangent parametrisation.
    case neuralTangent
  }

  private static let seedOffset = 0x0BAD_5EED
  /// The factor of softmax layers, which start with a range four times wider.
  private static let outputLayerFactor = 4.0

  package let distribution: Distribution
  package let scale: Double
  package let seed: Int
  /// Whether weights and biases of the output layer are zero.
  package let outputIsZero: Bool
  /// Whether the network has input scales, which are 1.
  package let scalesInputs: Bool

  package init(
    distribution: Distribution, scale: Double, seed: Int, outputIsZero: Bool = false, scalesInputs: Bool = false
  ) {
    self.distribution = distribution
    self.scale = scale
    self.seed = seed
    self.outputIsZero = outputIsZero
    self.scalesInputs = scalesInputs
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
        let (inputs, rows) = (topology.inputs(of: layer), topology.units(of: layer) * channels)
        guard !(isOutput && outputIsZero) else {
          return LayerState(
            weights: [Float](repeating: 0, count: rows * inputs), biases: [Double](repeating: 0, count: rows),
            rule: rule)
        }
        let bias = isOutput ? 0 : topology.activation.initialBias(hiddenLayer: layer)
        return LayerState(
          weights: weights(
            layer: layer, inputs: inputs, units: topology.units(of: layer), channels: channels,
            factor: isOutput && isClassifier ? Self.outputLayerFactor : 1),
          biases: distribution == .neuralTangent
            ? biases(layer: layer, count: rows) : [Double](repeating: bias, count: rows),
          rule: rule)
      }, inputScales: scalesInputs ? InputScales(topology, rule: rule) : nil)
  }

  /// An offset that makes the draws of biases independent of those of weights.
  private static let biasOffset = 0x0B1A_5EED

  /// Returns biases of variance 1, as single precision stores them.
  private func biases(layer: Int, count: Int) -> [Double] {
    var generator = RandomGenerator(seed: UInt64(seed: seed &+ Self.biasOffset &+ layer))
    return (0..<count).map { _ in Double(Float(generator.nextGaussian())) }
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
    case .neuralTangent:
      let deviation = 1 / Elementary.squareRoot(Double(max(1, inputs)))
      return (0..<count).map { _ in Float(generator.nextGaussian() * deviation) }
    }
  }
}
