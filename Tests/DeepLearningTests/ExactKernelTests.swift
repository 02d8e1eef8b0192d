import CExactKernels
import DeepLearning
import Testing

/// The kernels of mixed precision, which process several weights at a time, against their naive twins, bit by bit.
@Suite("Kernels of mixed precision against their naive twins")
struct ExactKernelTests {
  /// Sizes around the eight weights of a vector and the 128 weights of one loop.
  static let sizes = [1, 2, 7, 8, 9, 15, 16, 17, 31, 127, 128, 129, 136, 300]

  struct Step: Sendable, CustomTestStringConvertible {
    var inputs: Int
    var rows = Int(CX_ROWS)
    var l1 = 0.0
    var l2 = 0.0
    var skipsZeros = true
    var approximates = true
    var propagates = true

    var testDescription: String {
      "\(rows) x \(inputs), l1 \(l1), l2 \(l2), skips \(skipsZeros), bit trick \(approximates), below \(propagates)"
    }
  }

  static let steps =
    sizes.map { Step(inputs: $0) } + (0...Int(CX_ROWS)).map { Step(inputs: 21, rows: $0) }
    + [false, true].flatMap { flag in
      [
        Step(inputs: 140, l1: 1e-3, l2: 1e-2, skipsZeros: flag), Step(inputs: 140, l1: 1e-3, approximates: flag),
        Step(inputs: 140, l2: 1e-2, propagates: flag), Step(inputs: 140, skipsZeros: flag, approximates: !flag),
        Step(inputs: 140, propagates: flag), Step(inputs: 140, skipsZeros: false, approximates: flag),
      ]
    }

  /// Numbers around 0; one in four is exactly zero.
  private static func numbers(_ count: Int, seed: UInt64) -> [Double] {
    var generator = RandomGenerator(seed: seed)
    return (0..<count).map { _ in generator.nextIndex(below: 4) == 0 ? 0 : generator.nextGaussian() }
  }

  @Test("the dot product of weights and inputs", arguments: [0] + sizes)
  func dot(_ inputs: Int) {
    let weights = Self.numbers(inputs, seed: 3).map { Float($0) }
    let input = Self.numbers(inputs, seed: 4)
    // Eight interleaved sums, then the remainder.
    var partial = [Double](repeating: 0, count: 8)
    let whole = inputs / 8 * 8
    for index in 0..<whole { partial[index % 8] += Double(weights[index]) * input[index] }
    var sum = partial[0] + partial[1] + partial[2] + partial[3]
    sum += partial[4] + partial[5] + partial[6] + partial[7]
    for index in whole..<inputs { sum += Double(weights[index]) * input[index] }
    #expect(cx_dot(weights, input, inputs) == sum)
  }

  /// The rows of weights that learn, with their optimizer state.
  private struct Rows: Equatable {
    var weights: [Float]
    var memory: [Float]
    var squares: [Float]
    var below: [Double]
    var means: [Double]
  }

  @Test("the ADADELTA update", arguments: steps)
  func step(_ step: Step) {
    // Rows that are not trained lie between those that are.
    let count = 2 * step.rows * step.inputs
    let start = Rows(
      weights: Self.numbers(count, seed: 5).map { Float($0) },
      memory: Self.numbers(count, seed: 6).map { Float(abs($0) * 1e-3) },
      squares: Self.numbers(count, seed: 7).map { Float(abs($0) * 1e-2) },
      below: Self.numbers(step.inputs, seed: 8), means: [Double](repeating: 0, count: step.rows))
    let errors = Self.numbers(step.rows, seed: 9).map { $0 == 0 ? 0.3 : $0 }
    let input = Self.numbers(step.inputs, seed: 10)
    let offsets = (0..<step.rows).map { 2 * $0 * step.inputs }

    var expected = start
    for row in 0..<step.rows {
      expected.means[row] = Self.learn(&expected, from: offsets[row], error: errors[row], input: input, step)
    }
    var found = start
    var scratch = [Double](repeating: 0, count: Int(CX_ROWS) * step.inputs)
    var rule = cx_adadelta(
      rho: 0.99, epsilon: 1e-8, l1: step.l1, l2: step.l2, skips_zero_inputs: step.skipsZeros ? 1 : 0,
      approximates_root: step.approximates ? 1 : 0)
    found.below.withUnsafeMutableBufferPointer { below in
      cx_adadelta_rows(
        &found.means, &found.weights, &found.memory, &found.squares, step.propagates ? below.baseAddress : nil,
        &scratch,
        offsets, errors, step.rows, input, step.inputs, &rule)
    }
    #expect(found == expected)
    #expect(step.rows == 0 || found.weights != start.weights)
  }

  /// Trains one row, weight by weight; returns the mean of the squared gradients.
  private static func learn(_ rows: inout Rows, from start: Int, error: Double, input: [Double], _ step: Step) -> Double
  {
    let (rho, epsilon) = (Float(0.99), Float(1e-8))
    var sum = 0.0
    for index in input.indices {
      let position = start + index
      let weight = Double(rows.weights[position])
      if step.propagates { rows.below[index] += error * weight }
      if step.skipsZeros, input[index] == 0 { continue }
      let sign: Double = weight > 0 ? 1 : weight < 0 ? -1 : 0
      let gradient = error * input[index] + sign * step.l1 + weight * step.l2
      let square = gradient * gradient
      sum += square
      let mean = Float(Double(rho * rows.squares[position]) + Double(1 - rho) * square)
      rows.squares[position] = mean
      let ratio = (rows.memory[position] + epsilon) / (mean + epsilon)
      let rate = step.approximates ? Elementary.approximateSquareRoot(ratio) : ratio.squareRoot()
      rows.memory[position] = Float(Double(rho * rows.memory[position]) + Double((1 - rho) * rate * rate) * square)
      rows.weights[position] = Float(weight - Double(rate) * gradient)
    }
    return sum / Double(input.count)
  }
}
