extension FastTrainer {
  /// Puts the mean of all engines in place of each.
  ///
  /// `sharesOf`: Which of them have trained since the last time; the others take the mean without adding to it.
  package static func average(_ engines: [FastTrainer], sharesOf: [Bool]) {
    let sources = zip(engines, sharesOf).filter(\.1).map(\.0)
    guard let first = sources.first, engines.count > 1 else { return }
    for layer in first.forward.layers.indices {
      FastLayer.average(sources.map { $0.forward.layers[layer] }, into: engines.map { $0.forward.layers[layer] })
    }
  }
}
