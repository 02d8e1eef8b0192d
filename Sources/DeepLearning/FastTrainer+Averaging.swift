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
}
