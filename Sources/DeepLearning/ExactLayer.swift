internal import CExactKernels

/// A layer in H2O's arithmetic: weights and their optimizer state in single, all else in double precision.
///
/// Formulas and order of rounding: h2o-behaviour.md#forward-pass and #backward-pass. Under the default
/// rules it is also the naive twin that the vector kernels are tested against.
struct ExactLayer {
  let inputs: Int
  let units: Int
  let channels: Int
  var parameters: LayerState
  var outputs: [Double]
  /// In the backward pass: dE/dnet for the output layer, dE/doutput for hidden layers.
  var errors: [Double]
  /// The winning channel of each Maxout unit in the last row in which the unit was active.
  var winners: [UInt8]
  var keeps: [Bool]
  /// The net inputs of the last row, for an activation whose derivative needs them; otherwise empty.
  private(set) var nets: [Double] = []
  private var scratch: [Double] = []

  /// Creates weight layer `layer` with its part of `state`.
  init(_ layer: Int, of topology: NetworkTopology, _ state: NetworkState) {
    inputs = topology.inputs(of: layer)
    units = topology.units(of: layer)
    channels = topology.channels(of: layer)
    parameters = state.layers[layer]
    outputs = [Double](repeating: 0, count: units)
    errors = [Double](repeating: 0, count: units)
    winners = parameters.winners.isEmpty ? [UInt8](repeating: 0, count: units) : parameters.winners
    keeps = [Bool](repeating: true, count: units)
  }

  mutating func forgetWinners() {
    for unit in winners.indices { winners[unit] = 0 }
  }

  /// Computes net inputs into `outputs`: for Maxout the larger of the two, for dropped units 0.
  mutating func computeNet(_ input: UnsafeBufferPointer<Double>) {
    let inputs = inputs
    func dot(_ weights: UnsafeBufferPointer<Float>, from start: Int, stride: Int) -> Double {
      if stride == 1, let weights = weights.baseAddress, let input = input.baseAddress {
        return cx_dot(weights + start, input, inputs)
      }
      return Self.dot(weights, from: start, stride: stride, input)
    }
    parameters.weights.withUnsafeBufferPointer { weights in
      for unit in 0..<units {
        guard keeps[unit] else {
          outputs[unit] = 0
          continue
        }
        guard channels == 2 else {
          outputs[unit] = dot(weights, from: unit * inputs, stride: 1) + parameters.biases[unit]
          continue
        }
        let start = 2 * unit * inputs
        let first = dot(weights, from: start, stride: 2) + parameters.biases[2 * unit]
        let second = dot(weights, from: start + 1, stride: 2) + parameters.biases[2 * unit + 1]
        winners[unit] = second > first ? 1 : 0
        outputs[unit] = max(first, second)
      }
    }
  }

  /// Returns the dot product in H2O's order of summation: eight interleaved partial sums, then the remainder.
  private static func dot(
    _ weights: UnsafeBufferPointer<Float>, from start: Int, stride: Int, _ input: UnsafeBufferPointer<Double>
  ) -> Double {
    let inputs = input.count
    var partial = SIMD8<Double>(repeating: 0)
    let whole = inputs - inputs % 8
    var index = 0
    while index < whole {
      for lane in 0..<8 {
        partial[lane] += Double(weights[start + (index + lane) * stride]) * input[index + lane]
      }
      index += 8
    }
    var sum = partial[0] + partial[1] + partial[2] + partial[3]
    sum += partial[4] + partial[5] + partial[6] + partial[7]
    while index < inputs {
      sum += Double(weights[start + index * stride]) * input[index]
      index += 1
    }
    return sum
  }

  /// Applies the hidden activation to the net inputs.
  mutating func activate(_ activation: Activation) {
    if activation == .mish { nets = outputs }
    for unit in 0..<units { outputs[unit] = activation.value(of: outputs[unit]) }
  }

  /// Learns from one row: adds each unit's error times its weights to `below`, then updates weights and bias.
  ///
  /// - `below`: Receives dE/doutput of the layer below, through the
  ///   weights before the update; nil for the first layer.
  /// - `localErrors`: dE/dnet of each unit.
  /// - `learns`: Returns false for units that are skipped.
  mutating func learn(
    from input: UnsafeBufferPointer<Double>, below: UnsafeMutableBufferPointer<Double>?, localErrors: [Double],
    learns: (Int) -> Bool, step: ExactStep, skipsUnitsWithoutError: Bool
  ) {
    if channels == 1, let rule = step.kernelRule {
      let rows = (0..<units).filter { learns($0) && !(skipsUnitsWithoutError && localErrors[$0] == 0) }
      return learn(rows, rule, from: input, below: below, localErrors: localErrors, step: step)
    }
    for unit in 0..<units {
      let error = localErrors[unit]
      guard learns(unit), !(skipsUnitsWithoutError && error == 0) else { continue }
      let row = channels == 2 ? 2 * unit + Int(winners[unit]) : unit
      // The position of the first weight of the unit, or of its winning channel.
      let start = channels == 2 ? 2 * unit * inputs + Int(winners[unit]) : unit * inputs
      let meanSquare = step.changeWeights(
        &parameters, start: start, stride: channels, error: error, input: input, below: below)
      step.limitNorm(&parameters.weights, start: start, stride: channels, inputs: inputs)
      step.changeBias(&parameters, row: row, error: error, weightSquare: meanSquare)
    }
  }

  /// Learns as above with the kernel, several rows of weights at a time; units have one channel.
  private mutating func learn(
    _ units: [Int], _ rule: cx_adadelta, from input: UnsafeBufferPointer<Double>,
    below: UnsafeMutableBufferPointer<Double>?, localErrors: [Double], step: ExactStep
  ) {
    let block = Int(CX_ROWS)
    if scratch.count < block * inputs { scratch = [Double](repeating: 0, count: block * inputs) }
    var rule = rule
    var means = [Double](repeating: 0, count: block)
    for start in Swift.stride(from: 0, to: units.count, by: block) {
      let rows = Array(units[start..<min(start + block, units.count)])
      cx_adadelta_rows(
        &means, &parameters.weights, &parameters.weightMemory, &parameters.weightSquares, below?.baseAddress, &scratch,
        rows.map { $0 * inputs }, rows.map { localErrors[$0] }, rows.count, input.baseAddress, inputs, &rule)
      for (row, mean) in zip(rows, means) {
        step.limitNorm(&parameters.weights, start: row * inputs, stride: 1, inputs: inputs)
        step.changeBias(&parameters, row: row, error: localErrors[row], weightSquare: mean)
      }
    }
  }
}
