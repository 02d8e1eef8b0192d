internal import CKernels

/// Trains in single precision with vector kernels, one row after the other; knows no quirks.
package final class FastTrainer: NetworkTrainer {
  package typealias Scalar = Float

  private let topology: NetworkTopology
  private let options: LearningOptions
  private var forward: FastForward
  /// dE/dnet by row, for each layer.
  private let errors: [AlignedBuffer]
  /// dE/doutput by unit, for each hidden layer.
  private let below: [AlignedBuffer]
  private let scratch: AlignedBuffer
  private var outputs: [Double]
  private var outputErrors: [Double]
  /// The input before dropout: what an autoencoder shall give back.
  private var cleanInput: [Float]
  private var keepsInput: [Bool]
  private var keepsUnit: [[Bool]]
  /// The masks as the kernels take them: a byte per row.
  private var keepsRow: [[UInt8]]
  private var masks = DropoutMask()

  package init(topology: NetworkTopology, options: LearningOptions, state: NetworkState) {
    self.topology = topology
    self.options = options
    let layers = (0..<topology.weightLayers).map { layer in
      FastLayer(
        inputs: topology.inputs(of: layer), units: topology.units(of: layer), channels: topology.channels(of: layer),
        layout: layer == 0 ? FastLayer.firstLayerLayout(topology, options: options) : .rowMajor,
        state: state.layers[layer], memories: options.rule.memoriesPerWeight,
        tracksActivations: options.sparsity != nil && !topology.isOutput(layer))
    }
    forward = FastForward(topology: topology, layers: layers)
    errors = layers.map { AlignedBuffer(count: AlignedBuffer.padded($0.units * $0.channels)) }
    below = layers.map { AlignedBuffer(count: AlignedBuffer.padded($0.units)) }
    scratch = AlignedBuffer(count: errors[0].count)
    outputs = [Double](repeating: 0, count: topology.outputs)
    outputErrors = outputs
    cleanInput = [Float](repeating: 0, count: options.objective.reconstructed == nil ? 0 : topology.inputs)
    keepsInput = [Bool](repeating: true, count: topology.inputs)
    keepsUnit = topology.hidden.map { [Bool](repeating: true, count: $0) }
    keepsRow = topology.hidden.map { [UInt8](repeating: 1, count: $0 * topology.activation.channels) }
  }

  package var state: NetworkState { NetworkState(layers: forward.layers.map { $0.state(rule: options.rule) }) }

  package var isFinite: Bool { forward.layers.allSatisfy(\.isFinite) }

  package func finishBatch() {}

  package func finishIteration() {
    guard let elasticity = options.elasticity else { return }
    for layer in forward.layers { layer.formConsensus(movingRate: Float(elasticity.movingRate)) }
  }

  package func train(_ sample: NetworkInput<Float>, at position: TrainingPosition) {
    let former = ck_flush_denormals()
    defer { ck_restore_denormals(former) }
    drawMasks(position)
    forward.setInput(sample, keeps: options.dropout.inputRatio > 0 ? keepsInput : nil)
    if options.objective.reconstructed != nil {
      sample.expand(into: &cleanInput, categoricalInputs: topology.categoricalInputs)
    }
    computeOutputs()
    computeOutputErrors(position)
    for layer in (0..<topology.weightLayers).reversed() {
      if !topology.isOutput(layer) { computeLocalErrors(layer) }
      learn(layer, position: position)
    }
  }

  private func drawMasks(_ position: TrainingPosition) {
    let seed = position.row &+ position.samplesBeforeIteration &+ options.seed
    if options.dropout.inputRatio > 0 {
      masks.drawInputs(&keepsInput, ratio: options.dropout.inputRatio, seed: seed)
    }
    guard let ratios = options.dropout.hiddenRatios else { return }
    let channels = topology.activation.channels
    for layer in ratios.indices {
      masks.drawHidden(
        &keepsUnit[layer], ratio: ratios[layer], activation: topology.activation, seed: seed, layerSeed: layer)
      for row in keepsRow[layer].indices { keepsRow[layer][row] = keepsUnit[layer][row / channels] ? 1 : 0 }
    }
  }

  /// Calls `body` with the mask of a layer by row, nil where nothing can be dropped.
  private func withMask(_ layer: Int, _ body: (UnsafePointer<UInt8>?) -> Void) {
    guard options.dropout.hiddenRatios != nil, !topology.isOutput(layer) else { return body(nil) }
    keepsRow[layer].withUnsafeBufferPointer { body($0.baseAddress) }
  }

  private func computeOutputs() {
    for layer in 0..<topology.weightLayers {
      withMask(layer) { forward.computeNet(layer, keeps: $0) }
      if topology.isOutput(layer), options.objective.reconstructed == nil { continue }
      forward.activate(layer)
      if topology.isOutput(layer) { continue }
      // The column kernel computes dropped units too, and Maxout takes the maximum of a bias: both must give 0.
      if options.dropout.hiddenRatios != nil {
        let output = forward.outputs[layer].pointer
        for unit in 0..<topology.units(of: layer) where !keepsUnit[layer][unit] { output[unit] = 0 }
      }
    }
    let last = topology.weightLayers - 1
    let values = (options.objective.reconstructed == nil ? forward.nets[last] : forward.outputs[last]).pointer
    for unit in outputs.indices { outputs[unit] = Double(values[unit]) }
    if case .classification = options.objective { outputs.withUnsafeMutableBufferPointer { Softmax.apply($0) } }
  }

  private func computeOutputErrors(_ position: TrainingPosition) {
    if position.offset != 0 { outputs[0] += position.offset }
    if let distribution = options.objective.reconstructed {
      Objective.reconstructionErrors(distribution, &outputErrors, outputs: outputs, inputs: cleanInput)
      return setOutputErrors(weight: position.weight)
    }
    outputs.withUnsafeBufferPointer { outputs in
      outputErrors.withUnsafeMutableBufferPointer {
        options.objective.outputErrors($0, outputs: outputs, target: position.target, quirks: options.quirks)
      }
    }
    setOutputErrors(weight: position.weight)
  }

  private func setOutputErrors(weight: Double) {
    let error = errors[topology.weightLayers - 1].pointer
    for unit in outputErrors.indices { error[unit] = Float(outputErrors[unit] * weight) }
  }

  /// dE/dnet of a hidden layer from what the layer above has left in `below`; dropped units get 0.
  private func computeLocalErrors(_ layer: Int) {
    let output = forward.outputs[layer].pointer
    let above = below[layer].pointer
    let error = errors[layer].pointer
    let isDropping = options.dropout.hiddenRatios != nil
    for unit in 0..<topology.units(of: layer) {
      let isKept = !isDropping || keepsUnit[layer][unit]
      let value = output[unit]
      let local = above[unit] * topology.activation.fastDerivative(atOutput: value)
      guard topology.activation.channels == 2 else {
        error[unit] = isKept ? local : 0
        continue
      }
      let winner = Int(forward.winners[layer][unit])
      error[2 * unit + winner] = isKept ? local : 0
      error[2 * unit + 1 - winner] = 0
    }
  }

  private func learn(_ layer: Int, position: TrainingPosition) {
    var penalty = FastLayer.penalty(options)
    let lower = layer > 0 ? below[layer - 1].pointer : nil
    if let lower { lower.update(repeating: 0, count: topology.inputs(of: layer)) }
    withLearningMask(layer) { keeps in
      switch FastLayer.rule(options.rule, layer: layer, position: position) {
      case .adadelta(var rule):
        if forward.layers[layer].layout == .columnMajor {
          ck_adadelta_columns(
            &forward.layers[layer].kernel, scratch.pointer, errors[layer].pointer, forward.active.indices,
            forward.active.values, forward.active.indices.count, &rule, &penalty)
        } else {
          ck_adadelta_rows(
            &forward.layers[layer].kernel, lower, errors[layer].pointer, forward.input(of: layer), keeps, &rule,
            &penalty)
        }
      case .momentum(var rule):
        if forward.layers[layer].layout == .columnMajor {
          ck_momentum_columns(
            &forward.layers[layer].kernel, errors[layer].pointer, forward.active.indices, forward.active.values,
            forward.active.indices.count, &rule, &penalty)
        } else {
          ck_momentum_rows(
            &forward.layers[layer].kernel, lower, errors[layer].pointer, forward.input(of: layer), keeps, &rule,
            &penalty)
        }
      }
    }
    if let sparsity = options.sparsity, !topology.isOutput(layer) {
      forward.layers[layer].pull(to: sparsity, outputs: forward.outputs[layer])
    }
  }

  /// Calls `body` with the rows of a layer that may learn.
  ///
  /// Not the dropped ones, and of a Maxout unit the winner only. Nil where every row may.
  private func withLearningMask(_ layer: Int, _ body: (UnsafePointer<UInt8>?) -> Void) {
    guard topology.activation.channels == 2, !topology.isOutput(layer) else { return withMask(layer, body) }
    let isDropping = options.dropout.hiddenRatios != nil
    for row in keepsRow[layer].indices {
      let isKept = !isDropping || keepsUnit[layer][row / 2]
      keepsRow[layer][row] = isKept && Int(forward.winners[layer][row / 2]) == row % 2 ? 1 : 0
    }
    keepsRow[layer].withUnsafeBufferPointer { body($0.baseAddress) }
  }

  /// Puts the mean of all engines in place of each.
  ///
  /// `sharesOf`: Which of them have trained since the last time; the others take the mean without adding to it.
  package static func average(_ engines: [FastTrainer], sharesOf: [Bool]) {
    let sources = zip(engines, sharesOf).filter(\.1).map(\.0)
    guard let first = sources.first, engines.count > 1 else { return }
    for layer in first.forward.layers.indices {
      FastLayer.average(sources.map { $0.forward.layers[layer] }, into: engines.map { $0.forward.layers[layer] })
    }
  }
}
