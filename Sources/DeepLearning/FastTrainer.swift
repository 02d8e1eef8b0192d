internal import CKernels

/// A trainer in single precision with vector kernels, one row at a time.
///
/// A ``NeuronTeam`` shares large layers; the trained network does not depend on the number of threads, bit for bit.
package final class FastTrainer: NetworkTrainer {
  package typealias Scalar = Float

  let topology: NetworkTopology
  let options: LearningOptions
  let forward: FastForward
  let team: NeuronTeam?
  /// dE/dnet by row of weights and dE/doutput by unit, for each layer.
  let errors: [AlignedBuffer]
  let below: [AlignedBuffer]
  /// The share of each backward slice in the errors of the layer below, [slices x stride].
  let belowBySlice: [AlignedBuffer]
  let masks: RowMasks
  let strategy: RowStrategy
  private var outputs: [Double]
  private var outputErrors: [Double]
  /// The input before dropout, which an autoencoder reconstructs.
  private var cleanInput: [Float]

  // Options that every row needs, looked up once.
  let penalty: ck_penalty
  private let fixedRule: ck_adadelta?
  private let isReconstruction: Bool
  private let isClassification: Bool

  /// The update from the last row that is not applied yet.
  private var pending = PendingStep.none

  package convenience init(topology: NetworkTopology, options: LearningOptions, state: NetworkState, threads: Int) {
    let layouts = FastLayer.layouts(topology, options: options)
    let layers = layouts.indices.map { layer in
      FastLayer(
        layer, of: topology, state, layout: layouts[layer], memories: options.rule.memoriesPerWeight,
        tracksActivations: options.sparsity != nil && !topology.isOutput(layer))
    }
    // The shares of a pair are fixed: more threads than slices would be idle.
    let isPaired = layouts.dropFirst().first == .columnMajor
    let threads = isPaired ? min(threads, layers[0].backwardSlices) : threads
    self.init(topology: topology, options: options, layers: layers, team: NeuronTeam(threads: threads))
  }

  /// Shares the weights of `other`; both engines may train at the same time, without locks.
  package convenience init(sharingWeightsOf other: FastTrainer) {
    self.init(topology: other.topology, options: other.options, layers: other.forward.layers, team: nil)
  }

  private init(topology: NetworkTopology, options: LearningOptions, layers: [FastLayer], team: NeuronTeam?) {
    self.topology = topology
    self.options = options
    self.team = team
    isReconstruction = options.objective.reconstructed != nil
    if case .classification = options.objective { isClassification = true } else { isClassification = false }
    forward = FastForward(topology: topology, layers: layers, activatesOutput: isReconstruction, team: team)
    errors = layers.map { AlignedBuffer(count: AlignedBuffer.padded($0.units * $0.channels)) }
    below = layers.map { AlignedBuffer(count: AlignedBuffer.padded($0.units)) }
    belowBySlice = layers.enumerated().map {
      AlignedBuffer(count: $0.offset == 0 ? 0 : $0.element.backwardSlices * AlignedBuffer.padded($0.element.inputs))
    }
    outputs = [Double](repeating: 0, count: topology.outputs)
    outputErrors = outputs
    cleanInput = [Float](repeating: 0, count: isReconstruction ? topology.inputs : 0)
    masks = RowMasks(topology: topology, dropout: options.dropout, seed: options.seed)
    penalty = FastLayer.penalty(options)
    if case .adadelta(let rho, let epsilon) = options.rule {
      fixedRule = FastLayer.adadelta(rho: rho, epsilon: epsilon)
    } else {
      fixedRule = nil
    }
    strategy = RowStrategy(topology, options: options, passes: forward.passes, lowerErrors: errors[0])
  }

  package var state: NetworkState {
    precondition(pending.isNone, "an update is pending; call finishStep() first")
    return NetworkState(layers: forward.layers.map { $0.state(rule: options.rule) })
  }

  package var isFinite: Bool {
    precondition(pending.isNone, "an update is pending; call finishStep() first")
    return forward.layers.allSatisfy(\.isFinite)
  }

  package var takesPackedRows: Bool {
    strategy.waitingLayer != nil && topology.categoricalInputs == 0 && !isReconstruction
  }

  package var takesSparseRows: Bool { forward.layers[0].layout == .columnMajor && !isReconstruction }

  package func finishStep() {
    guard !pending.isNone else { return }
    let former = ck_flush_denormals()
    defer { ck_restore_denormals(former) }
    takePendingStep { learning, last in forward.finish(strategy, learning: learning, last: last) }
  }

  package func finishIteration() {
    finishStep()
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
    for layer in (strategy.lowestLayer..<topology.weightLayers).reversed() {
      if !topology.isOutput(layer) { computeLocalErrors(layer) }
      learn(layer, position: position)
    }
    pending = waitingStep(at: position)
  }

  /// Returns the update rule of a layer for a row.
  func rule(of layer: Int, at position: TrainingPosition) -> FastLayer.Rule {
    fixedRule.map(FastLayer.Rule.adadelta) ?? FastLayer.rule(options.rule, layer: layer, position: position)
  }

  /// Returns the update that waits for the next row, once all other layers are updated.
  private func waitingStep(at position: TrainingPosition) -> PendingStep {
    guard let layer = strategy.waitingLayer else { return .none }
    let first = rule(of: layer, at: position)
    return strategy.outputWaits
      ? .firstAndOutput(first, output: rule(of: topology.weightLayers - 1, at: position)) : .first(first)
  }

  /// Calls `body` with the pending updates of the first layers and of the output layer; nil where there is none.
  private func takePendingStep(_ body: (UnsafePointer<ck_learning>?, UnsafePointer<ck_deferred>?) -> Void) {
    let (step, layer) = (pending, strategy.waitingLayer ?? 0)
    pending = .none
    switch step {
    case .none: body(nil, nil)
    case .first(let rule): withLearning(layer: layer, keeps: nil, rule: rule) { body($0, nil) }
    case .firstAndOutput(let rule, let outputRule):
      let output = topology.weightLayers - 1
      let pass = forward.passes[output]
      withLearning(layer: layer, keeps: nil, rule: rule) { learning in
        withLearning(layer: output, keeps: nil, rule: outputRule) { last in
          var deferred = ck_deferred(layer: pass.kernel, input: pass.input, learning: last.pointee)
          body(learning, &deferred)
        }
      }
    }
  }

  private func computeOutputs() {
    takePendingStep { learning, last in
      forward.begin(strategy, keeps: masks.rows(0), learning: learning, last: last)
    }
    for layer in 0..<topology.weightLayers {
      if layer > strategy.lowestLayer {
        if team != nil { own(errors[layer]) }
        forward.compute(layer, keeps: masks.rows(layer))
      }
      // The column kernel computes dropped units too, and Maxout takes the maximum of biases: both must output 0.
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
            $0, outputs: outputs, target: position.target, jacobian: options.rules.softmaxJacobian,
            smoothing: options.labelSmoothing)
        }
      }
    }
    let error = errors[topology.weightLayers - 1].pointer
    for unit in outputErrors.indices { error[unit] = Float(outputErrors[unit] * position.weight) }
  }

  /// Computes dE/dnet of a hidden layer from the errors in `below`; dropped units get 0.
  private func computeLocalErrors(_ layer: Int) {
    let pass = forward.passes[layer]
    ck_local_errors(
      errors[layer].pointer, below[layer].pointer, pass.output, pass.net, pass.winners, masks.units(layer), pass.units,
      topology.activation.kernel)
  }
}
