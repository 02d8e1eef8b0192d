/// The rule that turns a gradient into a step.
package enum UpdateRule: Sendable, Hashable, Codable {
  /// One learning rate per weight, from running averages of squared gradients and squared steps (Zeiler 2012).
  case adadelta(rho: Double, epsilon: Double)
  /// One learning rate for all weights of a layer, with or without momentum.
  case momentum(RateSchedule, MomentumSchedule)
  /// One step length per weight, from running averages of gradients and squared gradients (Kingma and Ba 2015).
  ///
  /// For mini-batches only.
  case adam(RateSchedule, AdamMoments, RateGroups)

  /// The numbers of optimizer state per weight.
  package var memoriesPerWeight: Int {
    switch self {
    case .adadelta: 2
    case .momentum(_, let momentum): momentum.isPresent ? 1 : 0
    case .adam: 2
    }
  }

  /// Whether models with the rule need the newest version of the native file.
  package var isRecent: Bool {
    switch self {
    case .adadelta: false
    case .momentum(let rates, _): rates.curve != nil
    case .adam: true
    }
  }

  /// Whether a step depends on the number of steps before.
  var countsSteps: Bool { if case .adam = self { true } else { false } }
}

/// The manual learning rate, by layer and trained rows.
package struct RateSchedule: Sendable, Hashable, Codable {
  package let start: Double
  package let annealing: Double
  package let decayPerLayer: Double
  /// The course of the rate over a training of fixed length; nil, as in older models, without one.
  package let curve: RateCurve?

  package init(start: Double, annealing: Double, decayPerLayer: Double, curve: RateCurve? = nil) {
    self.start = start
    self.annealing = annealing
    self.decayPerLayer = decayPerLayer
    self.curve = curve
  }

  /// Returns the learning rate of weight layer `layer` (0 is the first) after `samples` rows.
  package func rate(layer: Int, samples: Int) -> Double {
    let rate = start * Elementary.pow(decayPerLayer, Double(layer))
    guard let curve else { return rate / (1 + annealing * Double(samples)) }
    return rate * curve.factor(samples: samples)
  }
}

/// The momentum, by trained rows.
package struct MomentumSchedule: Sendable, Hashable, Codable {
  package let start: Double
  package let stable: Double
  /// The number of rows from `start` to `stable`.
  package let ramp: Double
  package let isNesterov: Bool

  package init(start: Double, stable: Double, ramp: Double, isNesterov: Bool) {
    self.start = start
    self.stable = stable
    self.ramp = ramp
    self.isNesterov = isNesterov
  }

  package var isPresent: Bool { start != 0 || stable != 0 }

  /// Returns the momentum after `samples` rows, linear from `start` to `stable`.
  package func momentum(samples: Int) -> Double {
    guard ramp > 0 else { return start }
    return samples < 0 || Double(samples) < ramp ? start + (stable - start) * Double(samples) / ramp : stable
  }
}
