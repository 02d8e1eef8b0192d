/// The consensus of elastic averaging: the running average of a layer over the iterations.
///
/// Source: h2o-behaviour.md#elastic-averaging.
package struct LayerConsensus: Sendable, Equatable {
  package var weights: [Float]
  package var biases: [Double]
  /// The averaged optimizer state, as in ``LayerState``: H2O continues from it in a later job.
  ///
  /// Empty where the average is used for scoring only.
  package var weightMemory: [Float] = []
  package var weightSquares: [Float] = []
  package var biasMemory: [Double] = []
  package var biasSquares: [Double] = []

  package init(weights: [Float], biases: [Double]) {
    self.weights = weights
    self.biases = biases
  }
}

extension LayerState {
  /// Moves the consensus towards the network.
  ///
  /// - `movingRate`: The weight of the network in the new consensus.
  /// - `averaging`: Decides whether the network itself is multiplied by that rate too; if so, the optimizer
  ///   state is averaged with it.
  mutating func formConsensus(movingRate: Float, averaging: NetworkRules.ElasticAveraging) {
    let scalesNetwork = averaging == .consensusAndNetwork
    guard var average = consensus, movingRate < 1 else {
      var first = LayerConsensus(weights: weights, biases: biases)
      if scalesNetwork {
        (first.weightMemory, first.weightSquares) = (weightMemory, weightSquares)
        (first.biasMemory, first.biasSquares) = (biasMemory, biasSquares)
      }
      consensus = first
      return
    }
    consensus = nil
    // H2O divides by the reciprocal of the rate, which rounds differently from multiplying by the rate.
    let (own, rest) = (1 / Double(movingRate), 1 / Double(1 - movingRate))
    var scaled = self
    Self.divide(&scaled.weights, by: Float(own))
    Self.divide(&scaled.biases, by: own)
    Self.divide(&scaled.weightMemory, by: Float(own))
    Self.divide(&scaled.weightSquares, by: Float(own))
    Self.divide(&scaled.meanActivations, by: own)
    Self.add(scaled.weights, to: &average.weights, dividedBy: Float(rest))
    Self.add(scaled.biases, to: &average.biases, dividedBy: rest)
    Self.add(scaled.weightMemory, to: &average.weightMemory, dividedBy: Float(rest))
    Self.add(scaled.weightSquares, to: &average.weightSquares, dividedBy: Float(rest))
    // Under ADADELTA the biases keep their optimizer state.
    if biasSquares.isEmpty {
      Self.divide(&scaled.biasMemory, by: own)
      Self.add(scaled.biasMemory, to: &average.biasMemory, dividedBy: rest)
    }
    if scalesNetwork { self = scaled }
    consensus = average
  }

  private static func divide<Number: FloatingPoint>(_ numbers: inout [Number], by divisor: Number) {
    for index in numbers.indices { numbers[index] /= divisor }
  }

  /// Adds `numbers` to the scaled average; an empty average stays empty.
  private static func add<Number: FloatingPoint>(
    _ numbers: [Number], to average: inout [Number], dividedBy divisor: Number
  ) {
    for index in average.indices { average[index] = average[index] / divisor + numbers[index] }
  }
}
