internal import CKernels

/// The penalties on weights: a cost per weight, and a limit on the weights of each unit.
///
/// Only this type and `update.h` in CKernels define what penalties do; another cost needs no change elsewhere in this
/// module. The kernels of mixed precision repeat `l1` and `l2` in `exact.c`; for a cost that they do not support, mixed
/// precision uses this type (``isKnownToExactKernels``).
package struct Penalty: Sendable, Hashable, Codable {
  /// The cost of a weight's absolute value.
  package private(set) var l1: Double
  /// The cost of half a weight's square.
  package private(set) var l2: Double
  /// The largest sum of the squared weights of a unit; infinity disables the limit.
  package let maximumSquaredSum: Float

  package init(l1: Double = 0, l2: Double = 0, maximumSquaredSum: Float = .infinity) {
    self.l1 = l1
    self.l2 = l2
    self.maximumSquaredSum = maximumSquaredSum
  }

  /// Whether there is a limit; a value that single precision cannot exceed is none.
  package var limitsNorm: Bool { maximumSquaredSum < .greatestFiniteMagnitude }

  /// Whether weights have a cost; the limit is not a cost.
  var hasCost: Bool { self != Penalty(maximumSquaredSum: maximumSquaredSum) }
}

/// Penalties in mixed precision.
extension Penalty {
  /// The same penalty with its costs rounded to single precision, in which H2O computes.
  var rounded: Penalty {
    var rounded = self
    rounded.l1 = Double(Float(l1))
    rounded.l2 = Double(Float(l2))
    return rounded
  }

  /// Returns `gradient` plus the derivative of the cost of `weight` (``NetworkRules/Penalties/gradients``).
  func added(to gradient: Double, weight: Double) -> Double {
    let sign: Double = weight > 0 ? 1 : weight < 0 ? -1 : 0
    return gradient + sign * l1 + weight * l2
  }

  /// Returns the weight after the proximal step that follows the gradient step
  /// (``NetworkRules/Penalties/proximalSteps``).
  ///
  /// Parikh and Boyd 2014, Proximal Algorithms, section 6.5.
  func shrunk(_ weight: Float, rate: Float) -> Float {
    guard hasCost else { return weight }
    let kept = abs(weight) - rate * Float(l1)
    return kept <= 0 ? 0 : (weight < 0 ? -kept : kept) / (1 + rate * Float(l2))
  }

  /// Whether the kernels of mixed precision support its costs; they support `l1` and `l2`.
  var isKnownToExactKernels: Bool { self == Penalty(l1: l1, l2: l2, maximumSquaredSum: maximumSquaredSum) }
}

/// Penalties in single precision.
extension Penalty {
  /// The penalty as the vector kernels take it.
  ///
  /// - Parameters:
  ///   - skipsZeroInputs: Whether weights of inputs that are zero stay as they are.
  ///   - skipsZeroErrors: Whether units without an error stay as they are.
  ///   - elastic: The strength of elastic averaging; 0 without it.
  /// - Returns: The parameters of the kernels.
  func kernel(skipsZeroInputs: Bool = false, skipsZeroErrors: Bool = false, elastic: Double = 0) -> ck_penalty {
    ck_penalty(
      cost: ck_weight_cost(l1: Float(l1), l2: Float(l2)), max_squared_sum: limitsNorm ? maximumSquaredSum : .infinity,
      skips_zero_inputs: skipsZeroInputs ? 1 : 0, skips_zero_errors: skipsZeroErrors ? 1 : 0, elastic: Float(elastic))
  }
}
