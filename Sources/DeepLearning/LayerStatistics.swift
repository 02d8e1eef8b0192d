/// One row of the table "status of neuron layers" that describes a layer of weights.
package struct LayerStatistics: Sendable, Hashable {
  /// Mean and spread of a set of numbers.
  package struct Spread: Sendable, Hashable {
    package let mean: Double
    /// Population standard deviation around the mean.
    package let deviation: Double
    /// Root of the mean square, or the deviation, which H2O calls rms (h2o-behaviour.md#tables-of-a-result).
    package let rms: Double
  }

  package let rate: Spread
  package let momentum: Double
  package let weight: Spread
  package let bias: Spread

  /// Statistics of weight layer `index`.
  ///
  /// `samples`: Rows trained so far; decides the manual rate and momentum.
  package init(_ layer: LayerState, index: Int, rule: UpdateRule, samples: Int, rules: NetworkRules) {
    let statistics = rules.layerStatistics
    func spread(_ count: Int, _ value: (Int) -> Double) -> Spread {
      guard count > 0 else { return Spread(mean: 0, deviation: 0, rms: 0) }
      var sum = 0.0
      for position in 0..<count { sum += value(position) }
      let mean = sum / Double(count)
      var squares = 0.0
      for position in 0..<count { squares += (value(position) - mean) * (value(position) - mean) }
      let deviation = statistics.squareRoot(squares / Double(count))
      return switch statistics.rootMeanSquare {
      case .aroundMean: Spread(mean: mean, deviation: deviation, rms: deviation)
      case .aroundZero:
        Spread(
          mean: mean, deviation: deviation, rms: statistics.squareRoot(squares / Double(count) + mean * mean))
      }
    }
    weight = spread(layer.weights.count) { Double(layer.weights[$0]) }
    bias = spread(layer.biases.count) { layer.biases[$0] }
    switch rule {
    case .adadelta(_, let epsilon):
      let epsilon = Float(epsilon)
      rate = spread(layer.weights.count) { position in
        rules.squareRoot.ofRatio(layer.weightMemory[position] + epsilon, layer.weightSquares[position] + epsilon)
      }
      momentum = 0
    case .momentum(let rates, let schedule):
      let value = rates.rate(layer: index, samples: samples)
      rate = Spread(mean: value, deviation: 0, rms: statistics.rootMeanSquare == .aroundMean ? 0 : abs(value))
      momentum = schedule.momentum(samples: samples)
    }
  }

  /// Beyond these sizes H2O calls a model unstable and refuses to use it (h2o-behaviour.md#instability).
  package var isStable: Bool {
    let largestWeight = 1e10
    let largestBias = 1e5
    let weights = [abs(weight.mean), weight.deviation]
    let biases = [abs(bias.mean), bias.deviation]
    return weights.allSatisfy { $0 <= largestWeight } && biases.allSatisfy { $0 <= largestBias }
  }
}

extension NetworkState {
  /// The first layer, from 0, whose weights or biases have grown beyond use; nil if none has.
  ///
  /// - Parameters:
  ///   - rule: Of the updates.
  ///   - samples: Rows trained.
  ///   - rules: Of the arithmetic.
  /// - Returns: Its number.
  package func unstableLayer(rule: UpdateRule, samples: Int, rules: NetworkRules) -> Int? {
    layers.indices.first { index in
      !LayerStatistics(layers[index], index: index, rule: rule, samples: samples, rules: rules).isStable
    }
  }
}
