internal import CKernels

/// Conversion of the options to kernel parameters, and the mini-batch updates.
extension FastLayer {
  enum Rule {
    case adadelta(ck_adadelta)
    case momentum(ck_momentum)
    /// For mini-batches only.
    case adam(ck_adam)
  }

  static func adadelta(rho: Double, epsilon: Double) -> ck_adadelta {
    ck_adadelta(
      rho: min(Float(rho), ADADELTALimits.largestRho), epsilon: max(Float(epsilon), ADADELTALimits.smallestEpsilon))
  }

  /// Returns the update rule of weight layer `layer` for a row, or for the first row of a batch.
  ///
  /// - `step`: The number of the update, of which the first is 1; only Adam depends on it.
  /// - `inputs`: The inputs of the layer; only Adam's parametrisations depend on them.
  static func rule(
    _ rule: UpdateRule, layer: Int, position: TrainingPosition, step: Int = 1, inputs: Int = 1
  ) -> Rule {
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
    case .adam(let rates, let moments, let groups):
      let rate = rates.rate(layer: layer, samples: position.samplesBefore)
      return .adam(
        adam(moments, rate: rate * groups.weights(inputs: inputs), biasRate: rate * groups.biases, step: step))
    }
  }

  static func adam(_ moments: AdamMoments, rate: Double, biasRate: Double, step: Int) -> ck_adam {
    let corrections = moments.corrections(step: step)
    return ck_adam(
      rate: Float(rate), bias_rate: Float(biasRate), beta1: Float(moments.beta1), beta2: Float(moments.beta2),
      epsilon: Float(moments.epsilon), correction1: Float(corrections.first), correction2: Float(corrections.second))
  }

  /// The kernels' parameters of an update without any cost, limit or skipping.
  static var noPenalty: ck_penalty { Penalty().kernel() }

  static func penalty(_ options: LearningOptions) -> ck_penalty {
    options.penalty.kernel(
      skipsZeroInputs: options.isFast, skipsZeroErrors: options.skipsUnitsWithoutError,
      elastic: options.elasticity?.regularization ?? 0)
  }

  /// Updates a row-major layer with the mean gradient of a mini-batch.
  ///
  /// - `gradients`: Scratch for [rows x stride]; `biasGradients`: scratch for [rows].
  /// - `keeps`: 0 for rows of weights that no row of the batch has used.
  func step(
    _ batch: ck_batch, errors: UnsafePointer<Float>, gradients: UnsafeMutablePointer<Float>,
    biasGradients: UnsafeMutablePointer<Float>,
    keeps: [UInt8], options: LearningOptions, layer: Int, position: TrainingPosition, step: Int, team: NeuronTeam?
  ) {
    var batch = batch
    let rule = Self.rule(options.rule, layer: layer, position: position, step: step, inputs: inputs)
    keeps.withUnsafeBufferPointer { keeps in
      var learning = Self.learning(
        errors: errors, keeps: keeps.baseAddress, rule: rule, penalty: Self.penalty(options))
      let scale = 1 / Float(batch.count)
      guard case .adam(var adam) = rule else {
        return ck_batch_step_shared(team?.handle, kernel, gradients, biasGradients, &batch, scale, &learning)
      }
      withUnsafePointer(to: &adam) { adam in
        learning.adam = adam
        ck_batch_step_shared(team?.handle, kernel, gradients, biasGradients, &batch, scale, &learning)
      }
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
    // A pointer to the rule belongs to the caller, who knows how long it is valid.
    case .adam: break
    }
    return learning
  }

  /// Updates a column-major layer from the gradients of the touched inputs.
  func stepColumns(
    _ gradients: [Float], _ biasGradients: UnsafePointer<Float>, inputs: [Int32], scale: Float,
    options: LearningOptions, layer: Int, position: TrainingPosition, step: Int
  ) {
    var penalty = Self.penalty(options)
    switch Self.rule(options.rule, layer: layer, position: position, step: step, inputs: self.inputs) {
    case .adadelta(var rule):
      ck_adadelta_dense_columns(
        kernel, gradients, biasGradients, inputs, inputs.count, scale, &rule, &penalty)
    case .momentum(var rule):
      ck_momentum_dense_columns(kernel, gradients, biasGradients, inputs, inputs.count, scale, &rule, &penalty)
    case .adam(var rule):
      ck_adam_dense_columns(kernel, gradients, biasGradients, inputs, inputs.count, scale, &rule, &penalty)
    }
  }
}
