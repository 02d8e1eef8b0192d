package import JobFiles

/// One row of the table "status of neuron layers" that describes a layer of weights.
package struct LayerStatistics: Sendable, Hashable {
  package let meanRate: Double
  package let rateDeviation: Double
  package let momentum: Double
  package let meanWeight: Double
  package let weightDeviation: Double
  package let meanBias: Double
  package let biasDeviation: Double

  /// Statistics of weight layer `index`.
  ///
  /// The deviations are population standard deviations around the mean; H2O calls them rms (behavioural notes,
  /// section 13).
  ///
  /// `samples`: Rows trained so far; decides the manual rate and momentum.
  package init(_ layer: LayerState, index: Int, rule: UpdateRule, samples: Int, quirks: H2OQuirks) {
    func root(_ value: Double) -> Double {
      quirks.contains(.deviationIsApproximate) ? Elementary.approximateSquareRoot(value) : value.squareRoot()
    }
    func moments(_ count: Int, _ value: (Int) -> Double) -> (mean: Double, deviation: Double) {
      guard count > 0 else { return (0, 0) }
      var sum = 0.0
      for position in 0..<count { sum += value(position) }
      let mean = sum / Double(count)
      var squares = 0.0
      for position in 0..<count { squares += (value(position) - mean) * (value(position) - mean) }
      return (mean, root(squares / Double(count)))
    }
    (meanWeight, weightDeviation) = moments(layer.weights.count) { Double(layer.weights[$0]) }
    (meanBias, biasDeviation) = moments(layer.biases.count) { layer.biases[$0] }
    switch rule {
    case .adadelta(_, let epsilon):
      let epsilon = Float(epsilon)
      (meanRate, rateDeviation) = moments(layer.weights.count) { position in
        let numerator = layer.weightMemory[position] + epsilon
        let denominator = layer.weightSquares[position] + epsilon
        return quirks.contains(.approximateSquareRoot)
          ? Double(
            Elementary.approximateSquareRoot(numerator) * Elementary.approximateInverseSquareRoot(denominator))
          : Double((numerator / denominator).squareRoot())
      }
      momentum = 0
    case .momentum(let rates, let schedule):
      meanRate = rates.rate(layer: index, samples: samples)
      rateDeviation = 0
      momentum = schedule.momentum(samples: samples)
    }
  }

  /// Beyond these sizes H2O calls a model unstable and refuses to use it (behavioural notes, section 6.11).
  package var isStable: Bool {
    let largestWeight = 1e10
    let largestBias = 1e5
    let weights = [abs(meanWeight), weightDeviation]
    let biases = [abs(meanBias), biasDeviation]
    return weights.allSatisfy { $0 <= largestWeight } && biases.allSatisfy { $0 <= largestBias }
  }
}

extension NetworkState {
  /// The first layer, from 0, whose weights or biases have grown beyond use; nil if none has.
  ///
  /// - Parameters:
  ///   - rule: Of the updates.
  ///   - samples: Rows trained.
  ///   - quirks: Of the arithmetic.
  /// - Returns: Its number.
  package func unstableLayer(rule: UpdateRule, samples: Int, quirks: H2OQuirks) -> Int? {
    layers.indices.first { index in
      !LayerStatistics(layers[index], index: index, rule: rule, samples: samples, quirks: quirks).isStable
    }
  }
}
