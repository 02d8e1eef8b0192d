internal import CKernels

extension FastTrainer {
  /// Replaces the weights of each engine with the mean.
  ///
  /// `sharesOf`: True for engines that have trained since the last averaging; only these contribute to the mean.
  package static func average(_ engines: [FastTrainer], sharesOf: [Bool]) {
    let sources = zip(engines, sharesOf).filter(\.1).map(\.0)
    guard let first = sources.first, engines.count > 1 else { return }
    for layer in first.forward.layers.indices {
      FastLayer.average(sources.map { $0.forward.layers[layer] }, into: engines.map { $0.forward.layers[layer] })
    }
  }

  /// The level of x86-64 whose instructions train on this machine; networks of different levels differ in their last
  /// bits.
  package static var processorLevel: Int { Int(ck_processor_level()) }

  /// The numbers that averaging covers: weights, biases and optimizer state of all layers, in a fixed order.
  ///
  /// The memory belongs to the engine. It has the layout of the kernels, which engines of one topology share.
  package var averagedNumbers: [UnsafeMutableBufferPointer<Float>] {
    forward.layers.flatMap(\.averagedNumbers)
  }

  /// Writes the mean of `sources`, summed in their order, to `target`: the arithmetic of ``average(_:sharesOf:)``.
  ///
  /// - Shapes: `target` and each of `sources` have `count` numbers.
  package static func mean(of sources: [UnsafePointer<Float>], into target: UnsafeMutablePointer<Float>, count: Int) {
    ck_mean([target], 1, sources.map { $0 }, sources.count, count)
  }
}
