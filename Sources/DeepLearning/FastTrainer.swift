internal import CKernels

/// Trains in single precision with vector kernels, one row after the other.
///
/// Large layers are shared by a ``NeuronTeam``; the bytes of the network do not depend on its size.
package final class FastTrainer: NetworkTrainer {
  package typealias Scalar = Float

  private let topology: NetworkTopology
  private let options: LearningOptions
  let forward: FastForward
  private let team: NeuronTeam?
  /// dE/dnet by row and dE/doutput by unit, for each layer.
  private let errors: [AlignedBuffer]
  private let below: [AlignedBuffer]
  /// What each backward slice of a layer adds to the errors of the layer below, [slices x stride].
  private let belowBySlice: [AlignedBuffer]
  private var outputs: [Double]
  private var outputErrors: [Double]
  /// The input before dropout: what an autoencoder shall give back.
  private var cleanInput: [Float]
  private let masks: RowMasks

  // Choices that every row asks for, looked up once.
  private let penalty: ck_penalty
  private let fixedRule: ck_adadelta?
  /// The first two layers, if they learn as one.
  private let pair: LayerPair?
  /// Whether the first layer learns from a row in the sweep that passes the next row on.
  private let fusesRows: Bool
  /// Whether the step of the output layer is put off until the first layer makes its own: it is so small that one thread
  /// makes it, and others need not wait for that.
  private let defersOutput: Bool
  /// The rules of the steps of the first layer (or pair), and of the output layer, that are still to be made.
  private var pendingRule: FastLayer.Rule?
  private var pendingOutputRule: FastLayer.Rule?
  private let isReconstruction: Bool
  private let isClassification: Bool

  package convenience init(topology: NetworkTopology, options: LearningOptions, state: NetworkState, threads: Int) {
    let isPaired = LayerPair.suits(topology, options: options)
    let layers = (0..<topology.weightLayers).map { layer in
      FastLayer(
        inputs: topology.inputs(of: layer), units: topology.units(of: layer), channels: topology.channels(of: layer),
        layout: layer == 0
          ? FastLayer.firstLayerLayout(topology, options: options) : layer == 1 && isPaired ? .columnMajor : .rowMajor,
        state: state.layers[layer], memories: options.rule.memoriesPerWeight,
        tracksActivations: options.sparsity != nil && !topology.isOutput(layer))
    }
    // Shares of a pair are fixed: more threads than slices would find nothing to do.
    let threads = isPaired ? min(threads, layers[0].backwardSlices) : threads
    self.init(topology: topology, options: options, layers: layers, team: NeuronTeam(threads: threads))
  }

  /// An engine that trains the same weights as `other`; both may train at the same time, without locks.
  package convenience init(sharingWeightsOf other: FastTrainer) {
    self.init(topology: other.topology, options: other.options, layers: other.forward.layers, team: nil)
  }

  private init(topology: NetworkTopology, options: LearningOptions, layers: [FastLayer], team: NeuronTeam?) {
    self.topology = topology
    self.options = options
    self.team = team
    forward = FastForward(
      topology: topology, layers: layers, activatesOutput: options.objective.reconstructed != nil, team: team)
    errors = layers.map { AlignedBuffer(count: AlignedBuffer.padded($0.units * $0.channels)) }
    below = layers.map { AlignedBuffer(count: AlignedBuffer.padded($0.units)) }
    belowBySlice = layers.enumerated().map {
      AlignedBuffer(count: $0.offset == 0 ? 0 : $0.element.backwardSlices * AlignedBuffer.padded($0.element.inputs))
    }
    outputs = [Double](repeating: 0, count: topology.outputs)
    outputErrors = outputs
    isReconstruction = options.objective.reconstructed != nil
    if case .classification = options.objective { isClassification = true } else { isClassification = false }
    cleanInput = [Float](repeating: 0, count: isReconstruction ? topology.inputs : 0)
    masks = RowMasks(topology: topology, dropout: options.dropout, seed: options.seed)
    penalty = FastLayer.penalty(options)
    if case .adadelta(let rho, let epsilon) = options.rule {
      fixedRule = FastLayer.adadelta(rho: rho, epsilon: epsilon)
    } else {
      fixedRule = nil
    }
    fusesRows = FastLayer.fusesRows(topology, options: options)
    let passes = forward.passes
    pair =
      layers.count > 2 && layers[1].layout == .columnMajor
      ? LayerPair(
        lower: passes[0], upper: passes[1], activation: topology.activation.kernel, lowerErrors: errors[0]) : nil
    // Only behind a further hidden layer: what enters the output layer must outlast the next row's way through the first.
    let outputIsSmall = passes.count > 2 && !NeuronTeam.isShared(passes[passes.count - 1])
    defersOutput = fusesRows && outputIsSmall && NeuronTeam.isShared(passes[0])
  }

  package var state: NetworkState {
    completeRow()
    return NetworkState(layers: forward.layers.map { $0.state(rule: options.rule) })
  }

  package var isFinite: Bool {
    completeRow()
    return forward.layers.allSatisfy(\.isFinite)
  }

  package var takesPackedRows: Bool { fusesRows && topology.categoricalInputs == 0 && !isReconstruction }

  package var takesSparseRows: Bool { forward.layers[0].layout == .columnMajor && !isReconstruction }

  package func finishBatch() { completeRow() }

  /// The step of the first layer that waits for the next row, which may not come.
  private func completeRow() {
    guard pendingRule != nil else { return }
    let former = ck_flush_denormals()
    defer { ck_restore_denormals(former) }
    withPendingSteps { learning, last in
      let pass = forward.passes[0]
      if let pair {
        return pair.run(team?.handle(for: pass), former: forward.row, learning: learning, last: last, next: nil)
      }
      var row = forward.row.kernel
      ck_first_layer(team?.handle(for: pass), pass.kernel, &row, learning, last, nil, nil)
    }
  }

  /// Calls `body` with what the first layer, and the output layer, have still to learn from the last row; nil if nothing.
  private func withPendingSteps(_ body: (UnsafePointer<ck_learning>?, UnsafePointer<ck_deferred>?) -> Void) {
    guard let rule = pendingRule else { return body(nil, nil) }
    pendingRule = nil
    withLearning(layer: pair == nil ? 0 : 1, keeps: nil, rule: rule) { learning in
      guard let outputRule = pendingOutputRule, let pass = forward.passes.last else { return body(learning, nil) }
      pendingOutputRule = nil
      withLearning(layer: topology.weightLayers - 1, keeps: nil, rule: outputRule) { last in
        var deferred = ck_deferred(layer: pass.kernel, input: pass.input, learning: last.pointee)
        body(learning, &deferred)
      }
    }
  }

  private func withLearning(
    layer: Int, keeps: UnsafePointer<UInt8>?, rule: FastLayer.Rule, _ body: (UnsafePointer<ck_learning>) -> Void
  ) {
    var learning = FastLayer.learning(
      errors: UnsafePointer(errors[layer].pointer), keeps: keeps, rule: rule, penalty: penalty)
    body(&learning)
  }

  package func finishIteration() {
    completeRow()
    guard let elasticity = options.elasticity else { return }
    for layer in forward.layers { layer.formConsensus(movingRate: Float(elasticity.movingRate)) }
  }

  package func train(_ sample: NetworkInput<Float>, at position: TrainingPosition) {
    let former = ck_flush_denormals()
    defer { ck_restore_denormals(former) }
    team?.begin()
    masks.draw(position)
    forward.setInput(sample, keeps: masks.inputs)
    if isReconstruction { sample.expand(into: &cleanInput, categoricalInputs: topology.categoricalInputs) }
    computeOutputs()
    computeOutputErrors(position)
    for layer in (0..<topology.weightLayers).reversed() where layer > 0 || pair == nil {
      if !topology.isOutput(layer) { computeLocalErrors(layer) }
      learn(layer, position: position)
    }
  }

  private func computeOutputs() {
    for layer in 0..<topology.weightLayers {
      if let pair, layer < 2 {
        if layer == 0 { withPendingSteps { forward.compute(pair, learning: $0, last: $1) } }
      } else if layer == 0 {
        withPendingSteps { forward.compute(0, keeps: masks.rows(0), learning: $0, last: $1) }
      } else {
        if team != nil { own(errors[layer]) }
        forward.compute(layer, keeps: masks.rows(layer))
      }
      // The column kernel computes dropped units too, and Maxout takes the maximum of a bias: both must give 0.
      guard let kept = masks.units(layer) else { continue }
      let output = forward.passes[layer].output
      for unit in 0..<topology.units(of: layer) where kept[unit] == 0 { output[unit] = 0 }
    }
    let last = forward.passes[topology.weightLayers - 1]
    let values = isReconstruction ? last.output : last.net
    for unit in outputs.indices { outputs[unit] = Double(values[unit]) }
    if isClassification { outputs.withUnsafeMutableBufferPointer { Softmax.apply($0) } }
  }

  private func computeOutputErrors(_ position: TrainingPosition) {
    if position.offset != 0 { outputs[0] += position.offset }
    if let distribution = options.objective.reconstructed {
      Objective.reconstructionErrors(distribution, &outputErrors, outputs: outputs, inputs: cleanInput)
    } else {
      outputs.withUnsafeBufferPointer { outputs in
        outputErrors.withUnsafeMutableBufferPointer {
          options.objective.outputErrors(
            $0, outputs: outputs, target: position.target, jacobian: options.rules.softmaxJacobian)
        }
      }
    }
    let error = errors[topology.weightLayers - 1].pointer
    for unit in outputErrors.indices { error[unit] = Float(outputErrors[unit] * position.weight) }
  }

  /// dE/dnet of a hidden layer from what the layer above has left in `below`; dropped units get 0.
  private func computeLocalErrors(_ layer: Int) {
    let pass = forward.passes[layer]
    ck_local_errors(
      errors[layer].pointer, below[layer].pointer, pass.output, pass.winners, masks.units(layer), pass.units,
      topology.activation.kernel)
  }

  private func learn(_ layer: Int, position: TrainingPosition) {
    let pass = forward.passes[layer]
    let rule =
      fixedRule.map(FastLayer.Rule.adadelta) ?? FastLayer.rule(options.rule, layer: layer, position: position)
    if layer == 0 ? fusesRows : layer == 1 && pair != nil {
      pendingRule = rule
    } else if pass.isColumnMajor {
      learnColumns(pass, rule: rule)
    } else if defersOutput, topology.isOutput(layer) {
      ck_below_row(below[layer - 1].pointer, pass.kernel, errors[layer].pointer)
      pendingOutputRule = rule
    } else {
      withLearning(layer: layer, keeps: masks.learningRows(layer, winners: pass.winners), rule: rule) { learning in
        let team = team?.handle(for: pass)
        if layer > 0 {
          if team != nil { own(errors[layer - 1]) }
          ck_learn_slices(
            team, pass.backwardSlices, pass.kernel, below[layer - 1].pointer, belowBySlice[layer].pointer, pass.input,
            learning)
        } else {
          var row = forward.row.kernel
          ck_first_layer(team, pass.kernel, &row, learning, nil, nil, nil)
        }
      }
    }
    if let sparsity = options.sparsity, !topology.isOutput(layer) {
      forward.layers[layer].hold(sparsity, outputs: pass.output, samples: position.samplesBefore)
    }
  }

  /// Gets ready to write what the team has read.
  private func own(_ buffer: AlignedBuffer) { ck_own(buffer.pointer, buffer.count * MemoryLayout<Float>.stride) }

  /// The step of a sparse first layer.
  private func learnColumns(_ pass: LayerPass, rule: FastLayer.Rule) {
    var penalty = penalty
    let (error, active) = (errors[0].pointer, forward.active)
    switch rule {
    case .adadelta(var rule):
      ck_adadelta_columns(
        pass.kernel, error, active.indices, active.values, active.indices.count, &rule, &penalty)
    case .momentum(var rule):
      ck_momentum_columns(
        pass.kernel, error, active.indices, active.values, active.indices.count, &rule, &penalty)
    }
  }
}
