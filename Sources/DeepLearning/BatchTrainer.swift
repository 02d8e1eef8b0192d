internal import CKernels

/// A single-precision trainer with mini-batches: it averages the gradients of several rows before each update.
///
/// A batch of one row is trained as in ``FastTrainer``. Under fast_mode a weight whose
/// averaged gradient is exactly zero is not updated, not even by penalties; neither is a
/// unit whose error is zero in every row of the batch.
package final class BatchTrainer: AveragedTrainer {
  package typealias Scalar = Float

  private let topology: NetworkTopology
  private let options: LearningOptions
  private let layers: [FastLayer]
  private let team: NeuronTeam?
  /// The activations of the batch; in the backward pass, errors overwrite the net inputs.
  private let forward: BlockForward
  /// dE/doutput of the hidden layer below the current one, laid out like its outputs.
  private let below: AlignedBuffer
  /// The summed gradients of one layer.
  private let gradients: AlignedBuffer
  private let biasGradients: AlignedBuffer
  private let masks: RowMasks
  /// The units of each hidden layer that survive dropout, one row after the other.
  private let keepsUnit: [ByteBuffer]
  private var positions: [TrainingPosition] = []
  /// Nil without input scales.
  private let scaling: InputScaling?
  package var steps: Int
  package let takesPackedRows: Bool
  package let takesSparseRows: Bool

  package init(topology: NetworkTopology, options: LearningOptions, state: NetworkState, threads: Int) {
    self.topology = topology
    self.options = options
    steps = state.steps
    layers = (0..<topology.weightLayers).map { layer in
      FastLayer(
        layer, of: topology, state, layout: layer == 0 ? FastLayer.firstLayout(topology, options: options) : .rowMajor,
        memories: options.rule.memoriesPerWeight)
    }
    team = NeuronTeam(threads: threads, rowsPerStep: options.engine.rowsPerStep)
    scaling = state.inputScales.map {
      InputScaling($0, batchSize: options.engine.rowsPerStep, rule: options.rule)
    }
    let batch = options.engine.rowsPerStep
    let isSparse = layers[0].layout == .columnMajor
    takesSparseRows = isSparse && options.objective.reconstructed == nil
    takesPackedRows =
      !isSparse && topology.categoricalInputs == 0 && options.dropout.inputRatio == 0
      && options.objective.reconstructed == nil && scaling == nil
    forward = BlockForward(
      topology: topology, objective: options.objective, layers: layers, rows: batch, team: team,
      takesPackedRows: takesPackedRows)
    below = AlignedBuffer(count: batch * (topology.hidden.map(AlignedBuffer.rowStride).max() ?? 0))
    let sizes = layers.enumerated().map { index, layer in
      index == 0 && isSparse ? 0 : layer.kernel.pointee.rows * layer.kernel.pointee.stride
    }
    gradients = AlignedBuffer(count: sizes.max() ?? 0)
    biasGradients = AlignedBuffer(count: layers.map { AlignedBuffer.padded($0.kernel.pointee.rows) }.max() ?? 0)
    masks = RowMasks(topology: topology, dropout: options.dropout, seed: options.seed)
    keepsUnit = topology.hidden.map { ByteBuffer(repeating: 1, count: $0 * batch) }
  }

  package var state: NetworkState {
    precondition(positions.isEmpty, "the mini-batch is incomplete; call finishStep() first")
    return NetworkState(
      layers: layers.map { $0.state(rule: options.rule) }, steps: options.rule.countsSteps ? steps : 0,
      inputScales: scaling?.state(rule: options.rule))
  }

  package var isFinite: Bool { layers.allSatisfy(\.isFinite) }

  package var averagedNumbers: [UnsafeMutableBufferPointer<Float>] {
    layers.flatMap { $0.averagedNumbers(options) } + (scaling?.averagedNumbers(options) ?? [])
  }

  package func formConsensus(from mean: UnsafePointer<Float>) {
    FastLayer.formConsensus(of: layers, options, from: mean)
  }

  package func train(_ sample: NetworkInput<Float>, at position: TrainingPosition) {
    masks.draw(position)
    forward.inputs.append(sample, keeps: masks.inputs)
    for layer in topology.hidden.indices {
      guard let kept = masks.units(layer) else { break }
      let units = topology.hidden[layer]
      (keepsUnit[layer].pointer + positions.count * units).update(from: kept, count: units)
    }
    positions.append(position)
    if positions.count == options.engine.rowsPerStep { finishStep() }
  }

  package func finishStep() {
    guard let first = positions.first else { return }
    let former = ck_flush_denormals()
    defer { ck_restore_denormals(former) }
    team?.begin(rows: positions.count)
    forward.scaledRows = scaling?.scale(forward.inputs.denseRows, count: positions.count)
    for layer in layers.indices { computeForward(layer) }
    setOutputErrors()
    steps += 1
    for layer in layers.indices.reversed() { learn(layer, position: first) }
    forward.inputs.removeAll()
    positions.removeAll(keepingCapacity: true)
  }

  package func finishIteration() {
    guard let elasticity = options.elasticity else { return }
    for layer in layers { layer.formConsensus(movingRate: Float(elasticity.movingRate)) }
  }

  private func computeForward(_ index: Int) {
    forward.compute(index, count: positions.count)
    guard options.dropout.hiddenRatios != nil, !topology.isOutput(index) else { return }
    let units = layers[index].units
    for row in positions.indices {
      let output = forward.outputs[index].pointer + row * forward.unitStride(index)
      for unit in 0..<units where keepsUnit[index].pointer[row * units + unit] == 0 { output[unit] = 0 }
    }
  }

  private func setOutputErrors() {
    let last = layers.count - 1
    var values = [Double](repeating: 0, count: topology.outputs)
    var errors = values
    for (row, position) in positions.enumerated() {
      let net = forward.nets[last].pointer + row * forward.netStride(last)
      if let distribution = options.objective.reconstructed {
        let output = forward.result(row)
        for unit in values.indices { values[unit] = Double(output[unit]) }
        Objective.reconstructionErrors(distribution, &errors, outputs: values, inputs: forward.inputs.cleanRows[row])
      } else {
        for unit in values.indices { values[unit] = Double(net[unit]) }
        if case .classification = options.objective { values.withUnsafeMutableBufferPointer { Softmax.apply($0) } }
        values[0] += position.offset
        values.withUnsafeBufferPointer { values in
          errors.withUnsafeMutableBufferPointer {
            options.objective.outputErrors(
              $0, outputs: values, target: position.target, jacobian: options.rules.softmaxJacobian,
              smoothing: options.labelSmoothing)
          }
        }
      }
      for unit in errors.indices { net[unit] = Float(errors[unit] * position.weight) }
    }
  }

  /// Computes dE/dnet of the layer below `index`, in place of its net
  /// inputs; 0 for dropped units and losing channels.
  private func passBack(_ index: Int) {
    let (layer, former) = (layers[index], index - 1)
    var local = ck_block_errors(
      values: forward.nets[former].pointer, stride: forward.netStride(former),
      outputs: forward.outputs[former].pointer, winners: forward.winners[former].pointer,
      keeps: options.dropout.hiddenRatios == nil ? nil : UnsafePointer(keepsUnit[former].pointer),
      units: layers[former].units, channels: layers[former].channels, activation: topology.activation.kernel)
    ck_backward_block(
      team?.handle, below.pointer, layer.kernel, forward.nets[index].pointer, positions.count,
      forward.unitStride(former), forward.netStride(index), &local)
  }

  /// Returns 1 for each row of weights that took part in the batch, 0 for the others.
  ///
  /// A unit takes part if it was kept at least once, a channel of a Maxout unit if it won at least once.
  private func participants(_ index: Int) -> [UInt8] {
    let layer = layers[index]
    let isDropping = options.dropout.hiddenRatios != nil
    guard !topology.isOutput(index), isDropping || layer.channels == 2 else {
      return [UInt8](repeating: 1, count: layer.kernel.pointee.rows)
    }
    var result = [UInt8](repeating: 0, count: layer.kernel.pointee.rows)
    for row in positions.indices {
      for unit in 0..<layer.units where !isDropping || keepsUnit[index].pointer[row * layer.units + unit] != 0 {
        let channel = layer.channels == 2 ? Int(forward.winners[index].pointer[row * layer.units + unit]) : 0
        result[unit * layer.channels + channel] = 1
      }
    }
    return result
  }

  private func learn(_ index: Int, position: TrainingPosition) {
    let layer = layers[index]
    let errors = forward.nets[index]
    guard layer.layout == .rowMajor else { return learnColumns(layer, errors: errors, position: position) }
    // Errors are passed back through the weights as they were before the update.
    if index > 0 {
      passBack(index)
    } else {
      scaling?.learn(
        forward.inputs.denseRows, count: positions.count, first: layer, errors: errors,
        errorStride: forward.netStride(0), options: options, position: position, step: steps)
    }
    layer.step(
      forward.batch(index, count: positions.count), errors: errors.pointer, gradients: gradients.pointer,
      biasGradients: biasGradients.pointer, keeps: participants(index), options: options, layer: index,
      position: position, step: steps, team: team)
  }

  /// Updates a sparse first layer.
  private func learnColumns(_ layer: FastLayer, errors: AlignedBuffer, position: TrainingPosition) {
    let (rows, stride) = (layer.kernel.pointee.rows, forward.netStride(0))
    biasGradients.pointer.update(repeating: 0, count: rows)
    for row in positions.indices {
      for unit in 0..<rows { biasGradients.pointer[unit] += errors.pointer[row * stride + unit] }
    }
    forward.inputs.sumSparseGradients(errors: errors, rows: rows, stride: stride)
    layer.stepColumns(
      forward.inputs.touchedGradients, biasGradients.pointer, inputs: forward.inputs.touched,
      scale: 1 / Float(positions.count), options: options, layer: 0, position: position, step: steps)
  }
}
