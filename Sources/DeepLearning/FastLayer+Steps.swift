internal import CKernels

/// Conversion of the options to kernel parameters, and the mini-batch updates.
extension FastLayer {
  enum Rule {
    case adadelta(ck_adadelta)
    case momentum(ck_momentum)
  }

  static func adadelta(rho: Double, epsilon: Double) -> ck_adadelta {
    ck_adadelta(
      rho: min(Float(rho), ADADELTALimits.largestRho), epsilon: max(Float(epsilon), ADADELTALimits.smallestEpsilon))
  }

  /// Returns the update rule of weight layer `layer` for a row, or for the first row of a batch.
  static func rule(_ rule: UpdateRule, layer: Int, position: TrainingPosition) -> Rule {
    switch rule {
    case .adadelta(let rho, let epsilon):
      return .adadelta(adadelta(rho: rho, epsilon: epsilon))
    case .momentum(let rates, let schedule):
      let momentum = schedule.momentum(samples: position.samplesBefore)
      let rate = rates.rate(layer: layer, samples: position.samplesBefore)
      return .momentum(
        ck_momentum(
          rate: Float(rate * (1 - momentum)), full_rate: Float(rate), momentum: Float(momentum),
          nesterov: schedule.isNesterov ? 1 : 0,
          remembers: schedule.isPresent ? 1 : 0))
    }
  }

  static func penalty(_ options: LearningOptions) -> ck_penalty {
    ck_penalty(
      cost: options.penalty.cost, max_squared_sum: options.penalty.limit,
      skips_zero_inputs: options.isFast ? 1 : 0, skips_zero_errors: options.skipsUnitsWithoutError ? 1 : 0,
      elastic: Float(options.elasticity?.regularization ?? 0))
  }

  /// Updates a row-major layer with the mean gradient of a mini-batch.
  ///
  /// - `gradients`: Scratch for [rows x stride]; `biasGradients`: scratch for [rows].
  /// - `keeps`: 0 for rows of weights that no row of the batch has used.
  func step(
    _ batch: ck_batch, errors: UnsafePointer<Float>, gradients: UnsafeMutablePointer<Float>,
    biasGradients: UnsafeMutablePointer<Float>,
    keeps: [UInt8], options: LearningOptions, layer: Int, position: TrainingPosition, team: NeuronTeam?
  ) {
    var batch = batch
    keeps.withUnsafeBufferPointer { keeps in
      var learning = Self.learning(
        errors: errors, keeps: keeps.baseAddress,
        rule: Self.rule(options.rule, layer: layer, position: position), penalty: Self.penalty(options))
      ck_batch_step_shared(
        team?.handle, kernel, gradients, biasGradients, &batch, 1 / Float(batch.count), &learning)
    }
  }

  /// Returns the learning parameters of a layer in the form of the kernels.
  static func learning(
    errors: UnsafePointer<Float>, keeps: UnsafePointer<UInt8>?, rule: Rule, penalty: ck_penalty
  ) -> ck_learning {
    var learning = ck_learning()
    learning.errors = errors
    learning.keeps = keeps
    learning.penalty = penalty
    switch rule {
    case .adadelta(let rule):
      learning.is_adaptive = 1
      learning.adadelta = rule
    case .momentum(let rule): learning.momentum = rule
    }
    return learning
  }

  /// Updates a column-major layer from the gradients of the touched inputs.
  func stepColumns(
    _ gradients: [Float], _ biasGradients: UnsafePointer<Float>, inputs: [Int32], scale: Float,
    options: LearningOptions, layer: Int, position: TrainingPosition
  ) {
    var penalty = Self.penalty(options)
    switch Self.rule(options.rule, layer: layer, position: position) {
    case .adadelta(var rule):
      ck_adadelta_dense_columns(
        kernel, gradients, biasGradients, inputs, inputs.count, scale, &rule, &penalty)
    case .momentum(var rule):
      ck_momentum_dense_columns(kernel, gradients, biasGradients, inputs, inputs.count, scale, &rule, &penalty)
    }
  }
}
