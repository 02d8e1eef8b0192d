/// Penalties on weights.
package struct Penalty: Sendable, Hashable, Codable {
  package let l1: Double
  package let l2: Double
  /// Largest sum of squared weights that enter a unit; infinite is off.
  package let maximumSquaredSum: Float

  package init(l1: Double = 0, l2: Double = 0, maximumSquaredSum: Float = .infinity) {
    self.l1 = l1
    self.l2 = l2
    self.maximumSquaredSum = maximumSquaredSum
  }

  /// Whether single precision can reach the limit at all.
  package var limitsNorm: Bool { maximumSquaredSum < .greatestFiniteMagnitude }
}

/// Shares of units that are dropped at random while training.
package struct Dropout: Sendable, Hashable, Codable {
  package let inputRatio: Double
  /// One per hidden layer; nil where the activation has no dropout (a ratio of 0 still draws masks).
  package let hiddenRatios: [Double]?

  package init(inputRatio: Double = 0, hiddenRatios: [Double]? = nil) {
    self.inputRatio = inputRatio
    self.hiddenRatios = hiddenRatios
  }

  /// Factor of the activations of hidden layer `layer` in scoring.
  package func scoringScale(hiddenLayer layer: Int) -> Double { 1 - (hiddenRatios?[layer] ?? 0) }
}

/// The pull of a sparse autoencoder towards a mean activation of its hidden units (behavioural notes, section 6.8).
package struct Sparsity: Sendable, Hashable, Codable {
  /// Share of the running mean that is kept at each row.
  static let memory = 0.999

  /// Strength.
  package let beta: Double
  package let averageActivation: Double

  package init(beta: Double, averageActivation: Double) {
    self.beta = beta
    self.averageActivation = averageActivation
  }

  /// The running means after a row with these activations.
  package static func update(_ means: inout [Double], with activations: [Double]) {
    for unit in means.indices { means[unit] = memory * means[unit] + (1 - memory) * activations[unit] }
  }
}

/// The elastic force between a network and the running consensus of its iterations (Zhang, Choromanska and LeCun 2015;
/// behavioural notes, section 6.9).
package struct Elasticity: Sendable, Hashable, Codable {
  package let movingRate: Double
  /// Strength: the share of the distance to the consensus that is added to each gradient.
  package let regularization: Double

  package init(movingRate: Double, regularization: Double) {
    self.movingRate = movingRate
    self.regularization = regularization
  }
}
