/// What holds the hidden units of a sparse autoencoder at a mean activation.
///
/// The biases of the hidden units follow their activations and nothing else, as a thermostat does, so that the mean is
/// reached whatever the learning rate is, and units that are never active wake up. H2O adds a pull to the gradient
/// instead (h2o-behaviour.md#sparse-autoencoders; ``NetworkRules/SparsityControl``): the two balance away from the
/// wanted mean.
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

  /// Least share of the distance between a row's activation and the wanted one that moves a bias; the first rows, which
  /// begin far away, move it more.
  private static let smallestGain = 0.02
  /// Rows that the first steps are damped by.
  private static let dampingRows = 10.0
  /// Share of the distances so far, in thousands of rows, that moves a bias at each row.
  ///
  /// It makes up for weights that drift; with the smallest gain it is damped critically where half of the rows are
  /// active.
  private static let driftGain = 0.05
  private static let rowsOfExcess = 1000.0
  /// The strength at which biases move half as fast as they can.
  private static let halfStrength = 0.01

  /// Moves the bias of a unit after a row.
  ///
  /// - `excess`: The distances of the unit so far, in thousands of rows; begins at 0.
  /// - `activation`: Of the unit in this row.
  /// - `samples`: Rows trained before.
  package func hold(_ bias: inout Double, excess: inout Double, activation: Double, samples: Int) {
    let strength = beta / (beta + Self.halfStrength)
    let gain = max(Self.smallestGain, 1 / (Self.dampingRows + Double(samples)))
    let distance = activation - averageActivation
    bias -= strength * (gain * distance + Self.driftGain * excess)
    excess += distance / Self.rowsOfExcess
  }

  /// The running means after a row with these activations.
  package static func update(_ means: inout [Double], with activations: [Double]) {
    for unit in means.indices { means[unit] = memory * means[unit] + (1 - memory) * activations[unit] }
  }
}

extension LayerState {
  /// Puts the biases of a sparse autoencoder where they hold the activations.
  mutating func hold(_ sparsity: Sparsity, outputs: [Double], samples: Int) {
    for unit in biases.indices {
      var (bias, excess) = (biases[unit], meanActivations[unit])
      sparsity.hold(&bias, excess: &excess, activation: outputs[unit], samples: samples)
      (biases[unit], meanActivations[unit]) = (bias, excess)
    }
  }
}
