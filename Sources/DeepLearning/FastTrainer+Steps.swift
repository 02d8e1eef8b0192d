internal import CKernels

/// The backward pass of single layers.
extension FastTrainer {
  /// Passes the errors of a layer back to the layer below, and updates the
  /// layer unless its update waits for the next row.
  func learn(_ layer: Int, position: TrainingPosition) {
    if layer == strategy.waitingLayer { return }
    let pass = forward.passes[layer]
    if strategy.outputWaits, topology.isOutput(layer) {
      return ck_below_row(below[layer - 1].pointer, pass.kernel, errors[layer].pointer)
    }
    let rule = rule(of: layer, at: position)
    if pass.isColumnMajor {
      learnColumns(pass, rule: rule)
    } else {
      learnRows(layer, rule: rule)
    }
    if let sparsity = options.sparsity, !topology.isOutput(layer) {
      forward.layers[layer].hold(sparsity, outputs: pass.output, samples: position.samplesBefore)
    }
  }

  private func learnRows(_ layer: Int, rule: FastLayer.Rule) {
    let pass = forward.passes[layer]
    let team = team?.handle(for: pass)
    withLearning(layer: layer, keeps: masks.learningRows(layer, winners: pass.winners), rule: rule) { learning in
      guard layer > 0 else {
        var row = forward.row.kernel
        return ck_first_layer(team, pass.kernel, &row, learning, nil, nil, nil)
      }
      if team != nil { own(errors[layer - 1]) }
      ck_learn_slices(
        team, pass.backwardSlices, pass.kernel, below[layer - 1].pointer, belowBySlice[layer].pointer, pass.input,
        learning)
    }
  }

  /// Updates a sparse first layer.
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
    case .adam: preconditionFailure("Adam trains mini-batches only; TrainingEngine chooses BatchTrainer for it")
    }
  }

  /// Calls `body` with the learning parameters of a layer in the form of the kernels.
  ///
  /// `keeps`: One byte per row of weights, 0 for those to skip; nil for none.
  func withLearning(
    layer: Int, keeps: UnsafePointer<UInt8>?, rule: FastLayer.Rule, _ body: (UnsafePointer<ck_learning>) -> Void
  ) {
    var learning = FastLayer.learning(
      errors: UnsafePointer(errors[layer].pointer), keeps: keeps, rule: rule, penalty: penalty)
    body(&learning)
  }

  /// Requests ownership of cache lines that the team has read, before this thread writes them.
  func own(_ buffer: AlignedBuffer) { ck_own(buffer.pointer, buffer.count * MemoryLayout<Float>.stride) }
}
