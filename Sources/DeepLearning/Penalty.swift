internal import CKernels

/// Penalties on weights: what each of them costs, and a limit for those of a unit.
///
/// Everything that the engines ask of a penalty stands here and, for the vector kernels, in `update.h` of CKernels; a further
/// cost needs no change elsewhere in this module.
package struct Penalty: Sendable, Hashable, Codable {
  /// Cost of a weight's absolute value.
  package private(set) var l1: Double
  /// Cost of half of a weight's square.
  package private(set) var l2: Double
  /// Largest sum of squared weights that enter a unit; infinite is off.
  package let maximumSquaredSum: Float

  package init(l1: Double = 0, l2: Double = 0, maximumSquaredSum: Float = .infinity) {
    self.l1 = l1
    self.l2 = l2
    self.maximumSquaredSum = maximumSquaredSum
  }

  /// Whether single precision can reach the limit at all.
  package var limitsNorm: Bool { maximumSquaredSum < .greatestFiniteMagnitude }

  /// Whether weights cost anything, the limit apart.
  var hasCost: Bool { self != Penalty(maximumSquaredSum: maximumSquaredSum) }
}

/// In mixed precision.
extension Penalty {
  /// The same with costs of single precision, which H2O computes with.
  var rounded: Penalty {
    var rounded = self
    rounded.l1 = Double(Float(l1))
    rounded.l2 = Double(Float(l2))
    return rounded
  }

  /// `gradient` with the derivative of the cost of `weight` added (``NetworkRules/Penalties/gradients``).
  func added(to gradient: Double, weight: Double) -> Double {
    let sign: Double = weight > 0 ? 1 : weight < 0 ? -1 : 0
    return gradient + sign * l1 + weight * l2
  }

  /// The proximal step of the cost, which follows the step of the gradient (``NetworkRules/Penalties/proximalSteps``).
  ///
  /// Parikh and Boyd 2014, Proximal Algorithms, section 6.5.
  func shrunk(_ weight: Float, rate: Float) -> Float {
    guard hasCost else { return weight }
    let kept = abs(weight) - rate * Float(l1)
    return kept <= 0 ? 0 : (weight < 0 ? -kept : kept) / (1 + rate * Float(l2))
  }

  /// Whether it costs nothing but what the kernels of mixed precision know, `l1` and `l2`.
  var isKnownToExactKernels: Bool { self == Penalty(l1: l1, l2: l2, maximumSquaredSum: maximumSquaredSum) }
}

/// In single precision.
extension Penalty {
  /// The costs as the vector kernels take them.
  var cost: ck_weight_cost { ck_weight_cost(l1: Float(l1), l2: Float(l2)) }

  /// The limit as the vector kernels take it.
  var limit: Float { limitsNorm ? maximumSquaredSum : .infinity }
}
