/// A row of the table "status of neuron layers" that describes a layer of weights.
package struct LayerStatistics: Sendable, Hashable {
  /// The mean and spread of a set of numbers.
  package struct Spread: Sendable, Hashable {
    package let mean: Double
    /// The population standard deviation around the mean.
    package let deviation: Double
    /// The root mean square, or the standard deviation, which H2O calls rms
    /// (h2o-behaviour.md#tables-of-a-result).
    package let rms: Double
  }

  package let rate: Spread
  package let momentum: Double
  package let weight: Spread
  package let bias: Spread

  /// The statistics of weight layer `index`.
  ///
  /// `samples`: The rows trained so far, which decide the manual learning rate and the momentum.
  package init(_ layer: LayerState, index: Int, rule: UpdateRule, samples: Int, rules: NetworkRules) {
    let statistics = rules.layerStatistics
    weight = Spread(layer.weights.count, statistics) { Double(layer.weights[$0]) }
    bias = Spread(layer.biases.count, statistics) { layer.biases[$0] }
    switch rule {
    case .adadelta(_, let epsilon):
      let epsilon = Float(epsilon)
      rate = Spread(layer.weights.count, statistics) { position in
        rules.squareRoot.ofRatio(layer.weightMemory[position] + epsilon, layer.weightSquares[position] + epsilon)
      }
      momentum = 0
    case .momentum(let rates, let schedule):
      let value = rates.rate(layer: index, samples: samples)
      rate = Spread(mean: value, deviation: 0, rms: statistics.rootMeanSquare == .aroundMean ? 0 : abs(value))
      momentum = schedule.momentum(samples: samples)
    case .adam(let rates, let moments, _):
      let value = rates.rate(layer: index, samples: samples)
      rate = Spread(mean: value, deviation: 0, rms: abs(value))
      momentum = moments.beta1
    }
  }
}

extension LayerStatistics.Spread {
  /// The spread of `count` numbers.
  fileprivate init(_ count: Int, _ statistics: LayerStatisticsRules, _ value: (Int) -> Double) {
    guard count > 0 else {
      self.init(mean: 0, deviation: 0, rms: 0)
      return
    }
    var sum = 0.0
    for position in 0..<count { sum += value(position) }
    let mean = sum / Double(count)
    var squares = 0.0
    for position in 0..<count { squares += (value(position) - mean) * (value(position) - mean) }
    let deviation = statistics.squareRoot(squares / Double(count))
    let rms =
      switch statistics.rootMeanSquare {
      case .aroundMean: deviation
      case .aroundZero: statistics.squareRoot(squares / Double(count) + mean * mean)
      }
    self.init(mean: mean, deviation: deviation, rms: rms)
  }

  fileprivate func stays(below limit: Double) -> Bool { abs(mean) <= limit && deviation <= limit }
}

extension LayerState {
  /// The limits beyond which H2O calls a model unstable and refuses to use it (h2o-behaviour.md#instability).
  private static let largestWeight = 1e10
  private static let largestBias = 1e5

  fileprivate func isStable(_ statistics: LayerStatisticsRules) -> Bool {
    LayerStatistics.Spread(weights.count, statistics) { Double(weights[$0]) }.stays(below: Self.largestWeight)
      && LayerStatistics.Spread(biases.count, statistics) { biases[$0] }.stays(below: Self.largestBias)
  }
}

extension NetworkState {
  /// Returns the first layer, counted from 0, whose weights or biases
  /// exceed the limits of stability; nil if none does.
  package func unstableLayer(_ rules: NetworkRules) -> Int? {
    layers.firstIndex { !$0.isStable(rules.layerStatistics) }
  }
}
