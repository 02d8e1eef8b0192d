internal import CExactKernels

/// The update of weights and biases from one row, in H2O's arithmetic.
///
/// As in H2O, constants are rounded to single precision first.
struct ExactStep {
  enum Rule {
    case adadelta(rho: Float, epsilon: Float)
    /// `rate` includes the factor (1 - momentum); penalties use `fullRate`, because they have no momentum.
    case momentum(rate: Float, fullRate: Float, momentum: Float, isPresent: Bool, isNesterov: Bool)
  }

  let rule: Rule
  let penalty: Penalty
  let skipsZeroInputs: Bool
  let rules: NetworkRules
  /// The strength of the pull towards the consensus; 0 disables it.
  let elastic: Double
  /// Nil in the output layer and in networks without sparsity.
  let sparsity: Sparsity?

  /// The update of weight layer `layer` for a row at `position`.
  init(options: LearningOptions, layer: Int, isOutput: Bool, position: TrainingPosition) {
    rules = options.rules
    elastic = options.elasticity?.regularization ?? 0
    sparsity = isOutput || rules.sparsity != .pull ? nil : options.sparsity
    penalty = options.penalty.rounded
    skipsZeroInputs = options.isFast
    switch options.rule {
    case .adadelta(let rho, let epsilon):
      rule = .adadelta(rho: Float(rho), epsilon: Float(epsilon))
    case .momentum(let rates, let schedule):
      let annealed = rules.annealing == .eachIteration ? position.samplesBeforeIteration : position.samplesBefore
      let momentum = Float(
        schedule.momentum(samples: rules.momentumRamp == .staysBeforeStart ? -1 : position.samplesBefore))
      let fullRate = Float(rates.rate(layer: layer, samples: annealed))
      rule = .momentum(
        rate: fullRate * (1 - momentum), fullRate: fullRate, momentum: momentum, isPresent: schedule.isPresent,
        isNesterov: schedule.isNesterov)
    case .adam: preconditionFailure("Adam is not available in mixed precision; check the job with ParameterRules first")
    }
  }

  /// The rule as the kernels take it; nil where they do not support it.
  var kernelRule: cx_adadelta? {
    guard case .adadelta(let rho, let epsilon) = rule, elastic == 0, penalty.isKnownToExactKernels,
      penalizesGradients || !penalty.hasCost
    else { return nil }
    return cx_adadelta(
      rho: rho, epsilon: epsilon, l1: penalty.l1, l2: penalty.l2, skips_zero_inputs: skipsZeroInputs ? 1 : 0,
      approximates_root: rules.squareRoot == .bitTrick ? 1 : 0)
  }

  private var penalizesGradients: Bool { rules.penalties == .gradients }

  /// Returns the weight after its proximal step, if the penalties have one.
  private func shrunk(_ weight: Float, rate: Float) -> Float {
    penalizesGradients ? weight : penalty.shrunk(weight, rate: rate)
  }

  /// Updates the weights of one row of the matrix.
  ///
  /// - Returns: The mean of the squared gradients over all inputs, skipped ones included as 0.
  func changeWeights(
    _ layer: inout LayerState, start: Int, stride: Int, error: Double, input: UnsafeBufferPointer<Double>,
    below: UnsafeMutableBufferPointer<Double>?
  ) -> Double {
    let consensus = elastic == 0 ? [] : layer.consensus?.weights ?? []
    return layer.weights.withUnsafeMutableBufferPointer { weights in
      layer.weightMemory.withUnsafeMutableBufferPointer { memory in
        layer.weightSquares.withUnsafeMutableBufferPointer { squares in
          var sum = 0.0
          for index in 0..<input.count {
            let position = start + index * stride
            let weight = Double(weights[position])
            if let below { below[index] += error * weight }
            guard !(skipsZeroInputs && input[index] == 0) else { continue }
            var gradient = error * input[index]
            if penalizesGradients { gradient = penalty.added(to: gradient, weight: weight) }
            if !consensus.isEmpty { gradient += elastic * Double(weights[position] - consensus[position]) }
            switch rule {
            case .adadelta(let rho, let epsilon):
              let square = gradient * gradient
              sum += square
              let mean = Float(Double(rho * squares[position]) + Double(1 - rho) * square)
              squares[position] = mean
              let rate = rules.squareRoot((memory[position] + epsilon) / (mean + epsilon))
              memory[position] = Float(
                Double(rho * memory[position]) + Double((1 - rho) * rate * rate) * square)
              weights[position] = shrunk(Float(weight - Double(rate) * gradient), rate: rate)
            case .momentum(let rate, let fullRate, _, isPresent: false, _):
              weights[position] = shrunk(Float(weight - Double(rate) * gradient), rate: fullRate)
            case .momentum(let rate, let fullRate, let momentum, isPresent: true, let isNesterov):
              let moved = moved(
                weights[position], &memory[position], gradient, rate: rate, momentum: momentum, isNesterov: isNesterov)
              weights[position] = shrunk(moved, rate: fullRate)
            }
          }
          return sum / Double(input.count)
        }
      }
    }
  }

  /// Returns a weight after one momentum step.
  private func moved(
    _ weight: Float, _ memory: inout Float, _ gradient: Double, rate: Float, momentum: Float, isNesterov: Bool
  ) -> Float {
    guard rules.acceleration == .heavyBall else {
      memory = Float(Double(memory * momentum) - gradient)
      let step = isNesterov ? Double(momentum * memory) - gradient : Double(memory)
      return Float(Double(weight) + Double(rate) * step)
    }
    if isNesterov {
      memory = Float(Double(memory * momentum) - gradient)
      return Float(Double(weight) + Double(rate) * Double(memory))
    }
    let step = -Double(rate) * gradient
    let next = Float(Double(weight) + step) + momentum * memory
    memory = Float(step)
    return next
  }

  /// Scales the row down to the largest allowed sum of squares.
  func limitNorm(_ weights: inout [Float], start: Int, stride: Int, inputs: Int) {
    guard penalty.limitsNorm else { return }
    let mixesChannels = stride == 2 && rules.normLimit == .acrossChannels
    let (count, step) = mixesChannels ? (2 * (inputs - 1), 1) : (inputs, stride)
    let sum = sumOfSquares(weights, start: start, step: step, count: count)
    guard sum > penalty.maximumSquaredSum else { return }
    let scale = rules.squareRoot(penalty.maximumSquaredSum / sum)
    for index in 0..<count { weights[start + index * step] *= scale }
  }

  /// Returns the sum of squares in H2O's order of summation.
  ///
  /// Eight lanes are accumulated, the first four and the last four lanes are added, then the remainder follows.
  private func sumOfSquares(_ weights: [Float], start: Int, step: Int, count: Int) -> Float {
    func square(_ index: Int) -> Float { weights[start + index * step] * weights[start + index * step] }
    var lanes = SIMD8<Float>(repeating: 0)
    let whole = count / 8 * 8
    for index in 0..<whole { lanes[index % 8] += square(index) }
    var sum = lanes[0] + lanes[1] + lanes[2] + lanes[3]
    sum += lanes[4] + lanes[5] + lanes[6] + lanes[7]
    for index in whole..<count { sum += square(index) }
    return sum
  }

  /// Updates the bias of one row.
  ///
  /// `weightSquare`: The mean squared gradient of the row's weights.
  func changeBias(_ layer: inout LayerState, row: Int, error: Double, weightSquare: Double) {
    let bias = layer.biases[row]
    var gradient = error
    if penalizesGradients { gradient = penalty.added(to: error, weight: bias) }
    if elastic != 0, let consensus = layer.consensus { gradient += elastic * (bias - consensus.biases[row]) }
    switch rule {
    case .adadelta(let rho, let epsilon):
      let keep = Double(rho)
      let take = Double(1 - rho)
      let meanSquaredGradient = rules.biasRates == .ofWeights ? weightSquare : gradient * gradient
      layer.biasSquares[row] = keep * layer.biasSquares[row] + take * meanSquaredGradient
      let rate = rules.squareRoot(
        (layer.biasMemory[row] + Double(epsilon)) / (layer.biasSquares[row] + Double(epsilon)))
      layer.biasMemory[row] = keep * layer.biasMemory[row] + take * rate * rate * meanSquaredGradient
      layer.biases[row] = bias - rate * gradient
      pullToMeanActivation(&layer, row: row, rate: rate)
    case .momentum(let rate, _, let momentum, let isPresent, let isNesterov):
      defer { pullToMeanActivation(&layer, row: row, rate: Double(rate)) }
      guard isPresent else {
        layer.biases[row] = bias - Double(rate) * gradient
        return
      }
      let memory = layer.biasMemory[row]
      if rules.acceleration == .heavyBall, !isNesterov {
        let step = -Double(rate) * gradient
        layer.biases[row] = bias + step + Double(momentum) * memory
        layer.biasMemory[row] = step
        return
      }
      let velocity = memory * Double(momentum) - gradient
      let looksAhead = isNesterov && rules.acceleration == .lookahead
      layer.biases[row] = bias + Double(rate) * (looksAhead ? Double(momentum) * velocity - gradient : velocity)
      layer.biasMemory[row] = velocity
    }
  }

  private func pullToMeanActivation(_ layer: inout LayerState, row: Int, rate: Double) {
    guard let sparsity else { return }
    layer.biases[row] -= rate * sparsity.beta * (layer.meanActivations[row] - sparsity.averageActivation)
  }
}
