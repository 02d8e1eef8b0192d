/// An error for training that has diverged: weights grow without bound, or the metric has run away.
///
/// The job then resumes from a checkpoint with a lower learning rate or a tighter weight limit, or fails.
package struct UnstableTraining: Error, Sendable, Equatable, Codable {
  package enum Cause: Sendable, Equatable, Codable {
    /// Weights or biases of a layer (counted from 1) are too large to be used; nil if the layer is unknown.
    case grownWeights(layer: Int?)
    /// The loss is far worse than that of the untrained network and of the trivial model.
    ///
    /// `layer` (counted from 1) has the largest weights.
    case runawayMetric(name: String, value: Double, trivialValue: Double, layer: Int)
  }

  /// The number of epochs trained.
  package let epochs: Double
  package let cause: Cause

  package init(epochs: Double, cause: Cause) {
    self.epochs = epochs
    self.cause = cause
  }
}

extension UnstableTraining: CustomStringConvertible {
  private static let beginning = "training became unstable in epoch"

  /// Returns whether a text, such as the reason of a failed job, holds the description of such an error.
  package static func isDescribed(in text: String) -> Bool { text.contains(beginning) }

  package var description: String {
    let start = "\(Self.beginning) \(Int(epochs) + 1)"
    switch cause {
    case .grownWeights(nil): return "\(start): weights grew without bound"
    case .grownWeights(let layer?): return "\(start), layer \(layer): weights grew without bound"
    case .runawayMetric(let name, let value, let trivialValue, let layer):
      // Float prints fewer digits, enough for a message.
      return
        "\(start): \(name) is \(Float(value)), but a constant prediction gives \(Float(trivialValue)); layer "
        + "\(layer) has the largest weights"
    }
  }
}
