internal import CKernels

/// The activation function of the hidden units.
///
/// Dropout is a separate choice (``Dropout``).
package enum Activation: String, Sendable, Codable, CaseIterable {
  case tanh = "Tanh"
  case rectifier = "Rectifier"
  case maxout = "Maxout"
  case expRectifier = "ExpRectifier"

  /// The sets of weights per unit: 2 for Maxout, which takes the maximum of two linear functions; 1 otherwise.
  package var channels: Int {
    switch self {
    case .maxout: 2
    case .tanh, .rectifier, .expRectifier: 1
    }
  }

  /// Returns the output for a net input; for Maxout the net input itself, whose maximum is already taken.
  package func value(of net: Double) -> Double {
    switch self {
    case .tanh: 1 - 2 / (1 + Elementary.exp(2 * net))
    case .rectifier: net > 0 ? net : 0
    case .expRectifier: net >= 0 ? net : Elementary.exp(net) - 1
    case .maxout: net
    }
  }

  /// Returns the derivative of the output with respect to the net input, as a function of the output.
  ///
  /// `expRectifier`: The formula for ExpRectifier below zero.
  package func derivative(
    atOutput output: Double, expRectifier: NetworkRules.ExpRectifierDerivative = .exact
  ) -> Double {
    switch self {
    case .tanh: return 1 - output * output
    case .rectifier: return output > 0 ? 1 : 0
    case .expRectifier:
      guard output < 0 else { return 1 }
      return switch expRectifier {
      case .exact: output + 1
      case .exponentialOfOutput: Elementary.exp(output)
      }
    case .maxout: return 1
    }
  }

  /// The function as a constant of the kernels.
  var kernel: ck_activation {
    switch self {
    case .tanh: CK_TANH
    case .rectifier: CK_RECTIFIER
    case .expRectifier: CK_EXP_RECTIFIER
    case .maxout: CK_MAXOUT
    }
  }

  /// Returns the initial bias of the units in hidden layer `layer` (0 is the first).
  package func initialBias(hiddenLayer layer: Int) -> Double {
    switch self {
    case .rectifier, .maxout: layer == 0 ? 0.5 : 1
    case .tanh, .expRectifier: 0
    }
  }

  /// H2O's constant in the seed of the dropout mask, as a signed 32-bit number.
  var maskSeed: Int {
    switch self {
    case .tanh, .expRectifier: -629_514_240
    case .rectifier: 0x3C71_F1ED
    case .maxout: 0x51C8_D00D
    }
  }
}
