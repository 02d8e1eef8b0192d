/// A trainer in H2O's arithmetic, one row at a time.
package final class ExactTrainer: NetworkTrainer {
  package typealias Scalar = Double

  private let topology: NetworkTopology
  private let options: LearningOptions
  private var layers: [ExactLayer]
  private var input: [Double]
  /// The input before dropout, which an autoencoder reconstructs.
  private var cleanInput: [Double] = []
  private var keepsInput: [Bool]
  private var masks = DropoutMask()

  package init(topology: NetworkTopology, options: LearningOptions, state: NetworkState, threads: Int) {
    self.topology = topology
    self.options = options
    layers = (0..<topology.weightLayers).map { ExactLayer($0, of: topology, state) }
    if options.sparsity != nil {
      for layer in topology.hidden.indices where layers[layer].parameters.meanActivations.isEmpty {
        layers[layer].parameters.meanActivations = [Double](repeating: 0, count: topology.hidden[layer])
      }
    }
    input = [Double](repeating: 0, count: topology.inputs)
    keepsInput = [Bool](repeating: true, count: topology.inputs)
  }

  package var state: NetworkState {
    NetworkState(
      layers: layers.map { layer in
        var parameters = layer.parameters
        // Dropped units continue to learn in the channel that won last.
        if layer.channels == 2, options.dropout.hiddenRatios != nil, options.rules.droppedUnits == .learn {
          parameters.winners = layer.winners
        }
        return parameters
      })
  }

  package var isFinite: Bool { layers.allSatisfy { $0.parameters.biases.allSatisfy(\.isFinite) } }

  package func train(_ sample: NetworkInput<Double>, at position: TrainingPosition) {
    sample.expand(into: &input, categoricalInputs: topology.categoricalInputs)
    if options.objective.reconstructed != nil { cleanInput = input }
    drawMasks(position)
    forward()
    if options.sparsity != nil, !holdsActivations {
      for layer in topology.hidden.indices {
        Sparsity.update(&layers[layer].parameters.meanActivations, with: layers[layer].outputs)
      }
    }
    setOutputErrors(position)
    let biases = holdsActivations ? layers.map(\.parameters.biases) : []
    backward(position)
    if let sparsity = options.sparsity, holdsActivations {
      for layer in topology.hidden.indices {
        let outputs = layers[layer].outputs
        layers[layer].parameters.biases = biases[layer]
        layers[layer].parameters.hold(sparsity, outputs: outputs, samples: position.samplesBefore)
      }
    }
  }

  /// Whether biases hold the mean activations instead of being pulled towards them.
  private var holdsActivations: Bool { options.sparsity != nil && options.rules.sparsity == .heldActivations }

  package func finishStep() {}

  package func finishIteration() {
    // H2O creates new neurons in each iteration, so dropped Maxout units learn in channel 0 until a channel wins.
    for layer in layers.indices { layers[layer].forgetWinners() }
    guard let elasticity = options.elasticity else { return }
    for layer in layers.indices {
      layers[layer].parameters.formConsensus(
        movingRate: Float(elasticity.movingRate), averaging: options.rules.elasticAveraging)
    }
  }

  private func drawMasks(_ position: TrainingPosition) {
    let seed = position.row &+ position.samplesBeforeIteration &+ options.seed
    if options.dropout.inputRatio > 0 {
      masks.drawInputs(&keepsInput, ratio: options.dropout.inputRatio, seed: seed)
      for unit in input.indices where !keepsInput[unit] { input[unit] = 0 }
    }
    guard let ratios = options.dropout.hiddenRatios else { return }
    for layer in ratios.indices {
      masks.drawHidden(
        &layers[layer].keeps, ratio: ratios[layer], activation: topology.activation, seed: seed,
        layerSeed: options.rules.dropoutMasks == .sharedByLayers ? 0 : layer)
    }
  }

  private func forward() {
    for layer in layers.indices {
      withInput(of: layer) { layers, input in layers[layer].computeNet(input) }
      if !topology.isOutput(layer) || options.objective.reconstructed != nil {
        layers[layer].activate(topology.activation)
      }
    }
    guard case .classification = options.objective else { return }
    layers[layers.count - 1].outputs.withUnsafeMutableBufferPointer { Softmax.apply($0) }
  }

  /// Calls `body` with the input of `layer`, without overlapping access to the array of layers.
  private func withInput(of layer: Int, _ body: (inout [ExactLayer], UnsafeBufferPointer<Double>) -> Void) {
    let below = layer == 0 ? input : layers[layer - 1].outputs
    below.withUnsafeBufferPointer { body(&layers, $0) }
  }

  private func setOutputErrors(_ position: TrainingPosition) {
    let last = layers.count - 1
    if position.offset != 0 { layers[last].outputs[0] += position.offset }
    let outputs = layers[last].outputs
    if let distribution = options.objective.reconstructed {
      Objective.reconstructionErrors(distribution, &layers[last].errors, outputs: outputs, inputs: cleanInput)
      for unit in layers[last].errors.indices { layers[last].errors[unit] *= position.weight }
      return
    }
    outputs.withUnsafeBufferPointer { outputs in
      layers[last].errors.withUnsafeMutableBufferPointer { errors in
        options.objective.outputErrors(
          errors, outputs: outputs, target: position.target, jacobian: options.rules.softmaxJacobian,
          smoothing: options.labelSmoothing)
        if position.weight != 1 { for unit in errors.indices { errors[unit] *= position.weight } }
      }
    }
  }

  private func backward(_ position: TrainingPosition) {
    for layer in layers.indices.reversed() {
      let step = ExactStep(
        options: options, layer: layer, isOutput: topology.isOutput(layer), position: position)
      let local = localErrors(of: layer)
      let keeps = layers[layer].keeps
      let learnsDropped = options.rules.droppedUnits == .learn
      var below = layer == 0 ? [] : [Double](repeating: 0, count: topology.inputs(of: layer))
      below.withUnsafeMutableBufferPointer { below in
        withInput(of: layer) { layers, input in
          layers[layer].learn(
            from: input, below: layer == 0 ? nil : below, localErrors: local,
            learns: { keeps[$0] || learnsDropped }, step: step,
            skipsUnitsWithoutError: options.skipsUnitsWithoutError)
        }
      }
      if layer > 0 { layers[layer - 1].errors = below }
    }
  }

  /// Returns dE/dnet of each unit.
  private func localErrors(of layer: Int) -> [Double] {
    let errors = layers[layer].errors
    guard !topology.isOutput(layer) else { return errors }
    let (outputs, nets) = (layers[layer].outputs, layers[layer].nets)
    return errors.indices.map {
      let slope = topology.activation.derivative(
        atOutput: outputs[$0], net: nets.isEmpty ? 0 : nets[$0], expRectifier: options.rules.expRectifierDerivative)
      return slope == 0 ? 0 : errors[$0] * slope
    }
  }
}
