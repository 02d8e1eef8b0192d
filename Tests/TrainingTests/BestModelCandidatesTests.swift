import DeepLearning
import Metrics
import Testing
import Training

@Suite("Candidates for the best model")
struct BestModelCandidatesTests {
  /// A network with one weight and one bias.
  private func network(_ weight: Float) -> NetworkState {
    var layer = LayerState(weights: [weight], biases: [Double(weight) * 2], rule: .adadelta(rho: 0.99, epsilon: 1e-8))
    layer.weightMemory = [weight * 10]
    return NetworkState(layers: [layer])
  }

  private func point(_ iteration: Int, isLast: Bool = false) -> ScoringPoint {
    ScoringPoint(
      iteration: iteration, samples: iteration * 100, epochs: Double(iteration), elapsedSeconds: 0,
      fraction: Double(iteration) / 10, isLast: isLast)
  }

  /// A training of ten epochs of 100 rows, one per iteration; all rows are scored.
  private func candidates(
    keepsBestModel: Bool = true, dutyCycle: Double = 0.1, parameterCount: Int = 2
  ) -> BestModelCandidates {
    let plan = ScoringPlan(
      pace: .init(
        scoresEachIteration: false, waitsForScores: false, interval: .seconds(5), dutyCycle: dutyCycle),
      stopping: StoppingRule(metric: .logloss, rounds: 5, tolerance: 0),
      target: .init(rule: .classificationStop, limit: 0), keepsBestModel: keepsBestModel,
      metricOptions: MetricOptions())
    return BestModelCandidates(
      plan, parameterCount: parameterCount, memories: 2, trainedRows: 1000, scoredRows: 100)
  }

  private func weights(
    _ networks: [(state: NetworkState, origin: DeliveredNetwork, trainedMissingUnits: [Int])]
  ) -> [Float] { networks.map { $0.state.layers[0].weights[0] } }

  @Test("the mean of the second half of the training comes first, then the latest networks within the limit")
  func order() {
    var candidates = candidates()
    for iteration in 1...9 { candidates.keep(network(Float(iteration)), at: point(iteration), isScored: false) }
    // Iterations 5 to 9 and the last: (5 + 6 + 7 + 8 + 9 + 19) / 6 = 9. A
    // tenth of the time is enough for three scorings.
    let found = candidates.competitors(last: network(19), at: point(10, isLast: true))
    #expect(candidates.limit == 3)
    #expect(weights(found) == [9, 8, 9])
    #expect(found[0].state.layers[0].biases == [18])
    #expect(found[0].origin.kind == .mean && found[0].origin.range == 5...10)
    #expect(found[1].origin.kind == .iteration && found[1].origin.iteration == 8)
    // The optimizer state is not averaged; it is that of the last network.
    #expect(found[0].state.layers[0].weightMemory == [190])
  }

  @Test("many short iterations keep networks a tenth of the training apart, scored or not")
  func spacing() {
    var candidates = candidates()
    for step in 1..<100 {
      let point = ScoringPoint(
        iteration: step, samples: step * 10, epochs: Double(step) / 10, elapsedSeconds: 0,
        fraction: Double(step) / 100, isLast: false)
      let isTenth = step.isMultiple(of: 10)
      #expect(candidates.wants(point) == isTenth, "\(step)")
      candidates.keep(network(Float(step)), at: point, isScored: step.isMultiple(of: 2))
    }
    let end = ScoringPoint(
      iteration: 100, samples: 1000, epochs: 10, elapsedSeconds: 0, fraction: 1, isLast: true)
    // The mean of 50, 60, 70, 80, 90 and the last.
    #expect(weights(candidates.competitors(last: network(100), at: end)) == [75])
  }

  @Test("networks scored during training are part of the mean but do not compete again")
  func scored() {
    var candidates = candidates()
    for iteration in 6...9 {
      candidates.keep(network(Float(iteration)), at: point(iteration), isScored: iteration != 7)
    }
    #expect(weights(candidates.competitors(last: network(10), at: point(10, isLast: true))) == [8, 7])
  }

  @Test("with room for one network, the one before the last competes, and its mean with the last")
  func oneKept() {
    var candidates = candidates(parameterCount: 5_000_000)
    for iteration in 8...9 { candidates.keep(network(Float(iteration)), at: point(iteration), isScored: false) }
    #expect(weights(candidates.competitors(last: network(11), at: point(10, isLast: true))) == [10, 9])
  }

  @Test("the network with which training ends does not compete with itself")
  func last() {
    var candidates = candidates()
    candidates.keep(network(4), at: point(10), isScored: true)
    #expect(candidates.competitors(last: network(4), at: point(10, isLast: true)).isEmpty)
  }

  @Test(
    "without overwrite_with_best_model, or without time for scoring, nothing competes",
    arguments: [(false, 0.1), (true, 0.01)])
  func none(_ keepsBestModel: Bool, _ dutyCycle: Double) {
    var candidates = candidates(keepsBestModel: keepsBestModel, dutyCycle: dutyCycle)
    for iteration in 1...9 { candidates.keep(network(1), at: point(iteration), isScored: false) }
    #expect(candidates.limit == 0)
    #expect(candidates.competitors(last: network(2), at: point(10, isLast: true)).isEmpty)
  }
}
