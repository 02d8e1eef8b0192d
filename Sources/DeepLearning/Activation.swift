internal import CKernels

/// The activation function of the hidden units.
///
/// Dropout is a separate choice (``Dropout``).
package enum Activation: String, Sendable, Codable, CaseIterable {
  case tanh = "Tanh"
  case rectifier = "Rectifier"
  case maxout = "Maxout"
  case expRectifier = "ExpRectifier"
  /// Klambauer et al. 2017, Self-normalizing neural networks.
  case selu = "SELU"
  /// Misra 2019, Mish: x tanh(ln(1 + e^x)), the only function here that is not monotonic.
  case mish = "Mish"

  /// The constants of SELU, for which the mean 0 and the variance 1 of activations are a fixed point.
  private static let (seluScale, seluAlpha) = (1.0507009873554805, 1.6732632423543772)

  /// Whether H2O has the function.
  package var isKnownToH2O: Bool {
    switch self {
    case .tanh, .rectifier, .maxout, .expRectifier: true
    case .selu, .mish: false
    }
  }

  /// The sets of weights per unit: 2 for Maxout, which takes the maximum of two linear functions; 1 otherwise.
  package var channels: Int {
    switch self {
    case .maxout: 2
    case .tanh, .rectifier, .expRectifier, .selu, .mish: 1
    }
  }

  /// Returns the output for a net input; for Maxout the net input itself, whose maximum is already taken.
  package func value(of net: Double) -> Double {
    switch self {
    case .tanh: 1 - 2 / (1 + Elementary.exp(2 * net))
    case .rectifier: net > 0 ? net : 0
    case .expRectifier: net >= 0 ? net : Elementary.exp(net) - 1
    case .selu: Self.seluScale * (net >= 0 ? net : Self.seluAlpha * (Elementary.exp(net) - 1))
    case .mish: net * Self.tangent(ofSoftplus: net)
    case .maxout: net
    }
  }

  /// Returns tanh(ln(1 + e^x)), which is n / (n + 2) with n = e^x (e^x + 2).
  private static func tangent(ofSoftplus net: Double) -> Double {
    // Beyond the limit the result is 1 in double precision.
    let power = Elementary.exp(min(net, 40))
    let n = power * (power + 2)
    return n / (n + 2)
  }

  /// Returns the derivative of the output with respect to the net input, as a function of the output.
  ///
  /// - Parameters:
  ///   - output: The output.
  ///   - net: The net input; only Mish depends on it.
  ///   - expRectifier: The formula for ExpRectifier below zero.
  /// - Returns: The derivative.
  package func derivative(
    atOutput output: Double, net: Double, expRectifier: NetworkRules.ExpRectifierDerivative = .exact
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
    case .selu: return output < 0 ? output + Self.seluScale * Self.seluAlpha : Self.seluScale
    case .mish:
      let tangent = Self.tangent(ofSoftplus: net)
      return tangent + net * (1 - tangent * tangent) / (1 + Elementary.exp(-net))
    case .maxout: return 1
    }
  }

  /// The function as a constant of the kernels.
  var kernel: ck_activation {
    switch self {
    case .tanh: CK_TANH
    case .rectifier: CK_RECTIFIER
    case .expRectifier: CK_EXP_RECTIFIER
    case .selu: CK_SELU
    case .mish: CK_MISH
    case .maxout: CK_MAXOUT
    }
  }

  /// Returns the initial bias of the units in hidden layer `layer` (0 is the first).
  package func initialBias(hiddenLayer layer: Int) -> Double {
    switch self {
    case .rectifier, .maxout: layer == 0 ? 0.5 : 1
    case .tanh, .expRectifier, .selu, .mish: 0
    }
  }

  /// H2O's constant in the seed of the dropout mask, as a signed 32-bit number; functions that H2O lacks use another's.
  var maskSeed: Int {
    switch self {
    case .tanh, .expRectifier, .selu, .mish: -629_514_240
    case .rectifier: 0x3C71_F1ED
    case .maxout: 0x51C8_D00D
    }
  }
}
