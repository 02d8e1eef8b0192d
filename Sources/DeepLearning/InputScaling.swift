internal import CKernels

/// Trains the input scales (``InputScales``) in mini-batches.
///
/// Not Sendable: it belongs to one engine.
final class InputScaling {
  private let factors: FastLayer
  private let channels: Int
  /// The scaled rows of the batch, [rows x stride].
  private let scaled: AlignedBuffer
  /// dE/dinput of the first layer, laid out like the rows.
  private let below: AlignedBuffer
  private let gradients: AlignedBuffer
  private let stride: Int

  init(_ scales: InputScales, batchSize: Int, rule: UpdateRule) {
    let inputs = scales.state.weights.count
    channels = scales.channels
    factors = FastLayer(
      inputs: inputs, units: 1, channels: 1, layout: .rowMajor, state: scales.state,
      memories: rule.memoriesPerWeight)
    stride = AlignedBuffer.rowStride(inputs)
    scaled = AlignedBuffer(count: batchSize * stride)
    below = AlignedBuffer(count: batchSize * stride)
    gradients = AlignedBuffer(count: stride)
  }

  /// Returns the rows multiplied by the factors, [count x stride].
  func scale(_ rows: UnsafePointer<Float>, count: Int) -> UnsafePointer<Float> {
    ck_scale_inputs(scaled.pointer, rows, factors.kernel.pointee.weights, count, factors.inputs, stride)
    return UnsafePointer(scaled.pointer)
  }

  /// Updates the factors from a batch, before the first layer changes.
  ///
  /// - `rows`: The unscaled rows.
  /// - `errors`: dE/dnet of the first layer, [count x errorStride].
  func learn(
    _ rows: UnsafePointer<Float>, count: Int, first: FastLayer, errors: AlignedBuffer, errorStride: Int,
    options: LearningOptions, position: TrainingPosition, step: Int
  ) {
    guard case .adam(let rates, let moments, let groups) = options.rule else {
      preconditionFailure("input scales learn with Adam only; check the job with ParameterRules first")
    }
    ck_below_block(below.pointer, first.kernel, errors.pointer, count, stride, errorStride)
    ck_sum_products(gradients.pointer, below.pointer, rows, count, factors.inputs, stride)
    let rate = rates.rate(layer: 0, samples: position.samplesBefore) * groups.inputScales
    var rule = FastLayer.adam(moments, rate: rate, biasRate: 0, step: step)
    var penalty = FastLayer.noPenalty
    var noError: Float = 0
    ck_adam_dense(factors.kernel, gradients.pointer, &noError, 1 / Float(count), &rule, &penalty)
  }

  /// See ``AveragedTrainer/averagedNumbers``.
  func averagedNumbers(_ options: LearningOptions) -> [UnsafeMutableBufferPointer<Float>] {
    factors.averagedNumbers(options)
  }

  func state(rule: UpdateRule) -> InputScales { InputScales(state: factors.state(rule: rule), channels: channels) }
}
