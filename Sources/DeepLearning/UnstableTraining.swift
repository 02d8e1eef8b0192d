/// A training that has left every useful range: its weights or its metric have run away.
///
/// Training goes back to a checkpoint with gentler settings, or fails.
package struct UnstableTraining: Error, Sendable, Equatable {
  package enum Cause: Sendable, Equatable {
    /// Weights or biases of a layer, counted from 1, are beyond use; nil if no layer can be named.
    case grownWeights(layer: Int?)
    /// The metric by which networks are judged is far worse than that of the untrained network and of a trivial model.
    /// `layer`, from 1, has the largest weights.
    case runawayMetric(name: String, value: Double, trivialValue: Double, layer: Int)
  }

  /// Epochs trained.
  package let epochs: Double
  package let cause: Cause

  package init(epochs: Double, cause: Cause) {
    self.epochs = epochs
    self.cause = cause
  }
}

extension UnstableTraining: CustomStringConvertible {
  package var description: String {
    let start = "training became unstable in epoch \(Int(epochs) + 1)"
    switch cause {
    case .grownWeights(nil): return "\(start): weights grew without bound"
    case .grownWeights(let layer?): return "\(start), layer \(layer): weights grew without bound"
    case .runawayMetric(let name, let value, let trivialValue, let layer):
      // Single precision prints as many digits as a message needs.
      return
        "\(start): \(name) is \(Float(value)), where always predicting the same gives \(Float(trivialValue)); layer "
        + "\(layer) has the largest weights"
    }
  }
}
