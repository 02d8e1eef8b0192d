internal import CKernels

extension FastTrainer {
  /// Replaces the weights of each engine with the mean.
  ///
  /// `sharesOf`: True for engines that have trained since the last averaging; only these contribute to the mean.
  package static func average(_ engines: [FastTrainer], sharesOf: [Bool]) {
    guard engines.count > 1, sharesOf.contains(true) else { return }
    let copies = engines.map(\.averagedNumbers)
    for part in copies[0].indices {
      let numbers = copies.compactMap { $0[part].baseAddress }
      let sources = zip(numbers, sharesOf).filter(\.1).map { UnsafePointer($0.0) }
      mean(of: sources, into: numbers, count: copies[0][part].count)
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

  /// Writes the mean of `sources`, summed in their order, to each of `targets`.
  ///
  /// - Shapes: Each of `sources` and `targets` has `count` numbers.
  package static func mean(
    of sources: [UnsafePointer<Float>], into targets: [UnsafeMutablePointer<Float>], count: Int
  ) {
    ck_mean(targets.map { $0 }, targets.count, sources.map { $0 }, sources.count, count)
  }
}
