internal import Wording

/// The origin of the network that became the model.
package struct DeliveredNetwork: Sendable, Equatable, Codable {
  package enum Kind: String, Sendable, Codable {
    /// The network with which training ended.
    case last
    /// The network after an earlier iteration.
    case iteration
    /// The mean of the networks of several iterations.
    case mean
  }

  package let kind: Kind
  /// The epochs trained when the network, or the last network of the mean, was taken.
  package let epochs: Double
  /// The iteration after which it was taken; nil for a mean.
  package let iteration: Int?
  /// The epochs of the first and the last network of a mean.
  package let range: ClosedRange<Double>?

  private init(kind: Kind, epochs: Double, iteration: Int?, range: ClosedRange<Double>?) {
    self.kind = kind
    self.epochs = epochs
    self.iteration = iteration
    self.range = range
  }

  /// The network with which training ended.
  package static func last(_ point: ScoringPoint) -> DeliveredNetwork {
    DeliveredNetwork(kind: .last, epochs: point.epochs, iteration: point.iteration, range: nil)
  }

  /// The network at an earlier point.
  package static func iteration(_ point: ScoringPoint) -> DeliveredNetwork {
    DeliveredNetwork(kind: .iteration, epochs: point.epochs, iteration: point.iteration, range: nil)
  }

  /// The mean of the networks from one point to another.
  package static func mean(from first: ScoringPoint, to last: ScoringPoint) -> DeliveredNetwork {
    DeliveredNetwork(
      kind: .mean, epochs: last.epochs, iteration: nil, range: min(first.epochs, last.epochs)...last.epochs)
  }
}

extension DeliveredNetwork: CustomStringConvertible {
  /// `the network of epoch 12.3`.
  package var description: String {
    if let range {
      return "the mean of the networks of epochs \(Self.text(range.lowerBound)) to \(Self.text(range.upperBound))"
    }
    return kind == .last
      ? "the last network, of epoch \(Self.text(epochs))" : "the network of epoch \(Self.text(epochs))"
  }

  /// Rounds to two decimals.
  private static func text(_ epochs: Double) -> String { NumberText.shortest((epochs * 100).rounded() / 100) }
}
