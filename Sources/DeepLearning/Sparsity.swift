/// A control that holds the hidden units of a sparse autoencoder at a mean activation.
///
/// The biases of the hidden units follow only the activations, like a thermostat. The target is reached at
/// any learning rate, and units that are never active recover. H2O adds a pull to the gradient instead
/// (h2o-behaviour.md#sparse-autoencoders; ``NetworkRules/SparsityControl``), which settles off the target.
package struct Sparsity: Sendable, Hashable, Codable {
  /// The decay of the running mean per row.
  static let memory = 0.999

  /// The strength of the control.
  package let beta: Double
  package let averageActivation: Double

  package init(beta: Double, averageActivation: Double) {
    self.beta = beta
    self.averageActivation = averageActivation
  }

  /// The smallest proportional gain; the first rows, which start far from the target, use a larger one.
  private static let smallestGain = 0.02
  /// The damping of the first rows: the gain is 1 / (dampingRows + rows so far) until it reaches ``smallestGain``.
  private static let dampingRows = 10.0
  /// The integral gain, per accumulated distance in thousands of rows.
  ///
  /// It compensates for weights that drift. With the smallest proportional gain, the control is critically
  /// damped where half of the rows are active.
  private static let driftGain = 0.05
  private static let rowsOfExcess = 1000.0
  /// The strength at which biases move at half of the full gain.
  private static let halfStrength = 0.01

  /// Moves the bias of a unit after a row.
  ///
  /// - `excess`: The accumulated distance of the unit from the target, in thousands of rows; starts at 0.
  /// - `activation`: The activation of the unit in this row.
  /// - `samples`: The rows trained before.
  package func hold(_ bias: inout Double, excess: inout Double, activation: Double, samples: Int) {
    let strength = beta / (beta + Self.halfStrength)
    let gain = max(Self.smallestGain, 1 / (Self.dampingRows + Double(samples)))
    let distance = activation - averageActivation
    bias -= strength * (gain * distance + Self.driftGain * excess)
    excess += distance / Self.rowsOfExcess
  }

  /// Updates the running means with the activations of a row.
  package static func update(_ means: inout [Double], with activations: [Double]) {
    for unit in means.indices { means[unit] = memory * means[unit] + (1 - memory) * activations[unit] }
  }
}

extension LayerState {
  /// Moves the biases of a sparse autoencoder so that they hold the mean activations.
  mutating func hold(_ sparsity: Sparsity, outputs: [Double], samples: Int) {
    for unit in biases.indices {
      var (bias, excess) = (biases[unit], meanActivations[unit])
      sparsity.hold(&bias, excess: &excess, activation: outputs[unit], samples: samples)
      (biases[unit], meanActivations[unit]) = (bias, excess)
    }
  }
}
