/// The running average of a layer's iterations, to which elastic averaging holds it
/// (h2o-behaviour.md#elastic-averaging).
package struct LayerConsensus: Sendable, Equatable {
  package var weights: [Float]
  package var biases: [Double]
  /// What the update rule remembers of the average, as in ``LayerState``: H2O goes on from it in a later job.
  ///
  /// Empty where the average is for scoring only.
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
  /// - `movingRate`: Share of the network in the new consensus.
  /// - `averaging`: Whether the network itself is multiplied by that rate, too; what the update rule remembers then is
  ///   averaged with it.
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
    // H2O divides by the inverse of the rate, which rounds differently from a product.
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
    // Under ADADELTA the biases keep what they remember.
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

  /// What is not remembered has no average.
  private static func add<Number: FloatingPoint>(
    _ numbers: [Number], to average: inout [Number], dividedBy divisor: Number
  ) {
    for index in average.indices { average[index] = average[index] / divisor + numbers[index] }
  }
}
