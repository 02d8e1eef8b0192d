import DeepLearning
import Testing

/// Statistics, importances and the choice of an engine.
@Suite("Rules of a network")
struct NetworkRulesTests {
  @Test("arithmetic and mini-batch size decide the engine")
  func engine() {
    #expect(TrainingEngine(.mixedPrecision, batchSize: 32, rule: .adadelta(rho: 0.99, epsilon: 1e-8)) == .exact)
    #expect(TrainingEngine(.singlePrecision, batchSize: 1, rule: .adadelta(rho: 0.99, epsilon: 1e-8)) == .rowByRow)
    #expect(
      TrainingEngine(.singlePrecision, batchSize: 32, rule: .adadelta(rho: 0.99, epsilon: 1e-8))
        == .miniBatches(rows: 32))
    #expect(
      TrainingEngine(.singlePrecision, batchSize: 32, rule: .adadelta(rho: 0.99, epsilon: 1e-8)).rowsPerStep == 32)
    #expect(TrainingEngine(.mixedPrecision, batchSize: 32, rule: .adadelta(rho: 0.99, epsilon: 1e-8)).rowsPerStep == 1)
  }

  @Test("the deviation of weights is around their mean; rms is around 0, or equal to the deviation")
  func spreads() {
    let rule = UpdateRule.momentum(
      RateSchedule(start: 0.1, annealing: 0, decayPerLayer: 1),
      MomentumSchedule(start: 0, stable: 0, ramp: 0, isNesterov: false))
    let layer = LayerState(weights: [1, 3], biases: [2], rule: rule)
    var rules = NetworkRules()
    let statistics = LayerStatistics(layer, index: 0, rule: rule, samples: 0, rules: rules)
    #expect(statistics.weight.mean == 2 && statistics.weight.deviation == 1)
    #expect(abs(statistics.weight.rms - 5.0.squareRoot()) < 1e-12)
    rules.layerStatistics.rootMeanSquare = .aroundMean
    #expect(LayerStatistics(layer, index: 0, rule: rule, samples: 0, rules: rules).weight.rms == 1)
    rules.layerStatistics.squareRoot = .bitTrick
    let approximate = LayerStatistics(layer, index: 0, rule: rule, samples: 0, rules: rules).weight.deviation
    #expect(approximate == 0.985504150390625)
  }

  @Test("importances of Maxout add the channels, or use the first half of the array")
  func importances() {
    let topology = NetworkTopology(
      inputs: 2, categoricalInputs: 0, categoricalColumns: 0, hidden: [1], outputs: 1, activation: .maxout)
    let rule = UpdateRule.adadelta(rho: 0.99, epsilon: 1e-8)
    // Input 0 has the weights 1 and 3 in the two channels, input 1 has 2 and 0.
    let state = NetworkState(layers: [
      LayerState(weights: [1, 3, -2, 0], biases: [0, 0], rule: rule),
      LayerState(weights: [1], biases: [0], rule: rule),
    ])
    #expect(VariableImportances.compute(state, topology: topology, unseen: []) == [1, 0.5])
    let halves = VariableImportances.compute(state, topology: topology, unseen: [], maxout: .firstHalfOfArray)
    // 1 and 3 of 4, divided by the larger one: a third.
    #expect(abs(halves[0] - 1 / 3.0) < 1e-6 && halves[1] == 1)
  }
}
