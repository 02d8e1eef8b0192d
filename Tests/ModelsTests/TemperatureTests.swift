import DeepLearning
import Metrics
import Models
import TestSupport
import Testing

@Suite("Temperature scaling")
struct TemperatureTests {
  /// Rows with the net inputs -1 and 1, of which 3 of 4 are right.
  ///
  /// Each counts as wrong by 1/6, so the log loss is smallest where the probability is 5/6 * 3/4 + 1/6 * 1/4 = 2/3, thus
  /// 2 / T = log 2.
  @Test("an analytic case", arguments: [1.0, 0.5, 4])
  func analytic(_ scale: Double) throws {
    let sure = 1 / (1 + Elementary.exp(-2 * scale))
    let rows = ScoredRows(
      actuals: [1, 1, 1, 0], outputs: (0..<4).flatMap { _ in [1 - sure, sure] }, weights: [1, 1, 1, 1])
    let temperature = try #require(Temperature.best(rows, correction: nil, classCount: 2))
    #expect(abs(temperature - 2 * scale / Elementary.log(2)) < 1e-9)
  }

  @Test("weights count, and a correction of the classes is left out of the net inputs")
  func weighted() throws {
    // With factors 1 and 1.5, net inputs of -1 and 1 have the odds 1.5 e^2. The weights 9 to 1, of which a quarter counts
    // as wrong, ask for the share 0.7, thus 1.5 e^(2/T) = 7/3.
    let odds = 1.5 * Elementary.exp(2)
    let rows = ScoredRows(
      actuals: [1, 0], outputs: (0..<2).flatMap { _ in [1 / (1 + odds), odds / (1 + odds)] }, weights: [9, 1])
    let temperature = try #require(Temperature.best(rows, correction: [1, 1.5], classCount: 2))
    #expect(abs(temperature - 2 / Elementary.log(14.0 / 9)) < 1e-9)
  }

  @Test("a model that is always right is the surer the more rows say so", arguments: [2, 10, 1000])
  func alwaysRight(_ rowCount: Int) throws {
    let rows = ScoredRows(
      actuals: [Double](repeating: 1, count: rowCount),
      outputs: (0..<rowCount).flatMap { _ in [0.05, 0.8, 0.15] as [Double] })
    let temperature = try #require(Temperature.best(rows, correction: nil, classCount: 3))
    let shares = [0.05, 0.8, 0.15].map { Elementary.exp(Elementary.log($0) / temperature) }
    let sum = shares.reduce(0, +)
    // The minimum: the mean net input by the model's probabilities is that by the classes of the rows.
    let doubt = 1 / Double(rowCount + 2)
    let mean = zip(shares, [0.05, 0.8, 0.15]).reduce(0) { $0 + $1.0 / sum * Elementary.log($1.1) }
    #expect(abs(mean - (1 - doubt) * Elementary.log(0.8) - doubt * Elementary.log(0.15)) < 1e-6)
  }

  @Test("models that are always right, or never, keep a finite temperature")
  func extremes() throws {
    let right = ScoredRows(actuals: [0, 1], outputs: [0.9, 0.1, 0.1, 0.9])
    let wrong = ScoredRows(actuals: [1, 0], outputs: [1, 0, 0, 1])
    #expect(abs(try #require(Temperature.best(right, correction: nil, classCount: 2)) - 2) < 1e-9)
    #expect(try #require(Temperature.best(wrong, correction: nil, classCount: 2)) == 20)
    #expect(Temperature.best(ScoredRows(actuals: [.nan], outputs: [1, 0]), correction: nil, classCount: 2) == nil)
  }

  @Test("the published network has it in the weights of its output layer, and a file keeps it")
  func published() throws {
    let topology = NetworkTopology(
      inputs: 2, categoricalInputs: 0, categoricalColumns: 0, hidden: [3], outputs: 2, activation: .tanh)
    let rule = UpdateRule.adam(RateSchedule(start: 1, annealing: 0, decayPerLayer: 1), AdamMoments(), RateGroups())
    var state = InitialWeights(distribution: .uniform, scale: 1, seed: 1, scalesInputs: true).network(
      topology, isClassifier: true, rule: rule)
    state.temperature = 2
    state.steps = 7
    state.inputScales?.state.weights = [3, 0.5]
    let published = state.published
    #expect(published.layers[1].weights == state.layers[1].weights.map { $0 / 2 })
    let factors: [Float] = [3, 0.5, 3, 0.5, 3, 0.5]
    #expect(published.layers[0].weights == zip(state.layers[0].weights, factors).map(*))
    #expect(published.published == published && published.inputScales == nil && published.temperature == 1)
    var bytes: [UInt8] = []
    StateCoding.encode(state, into: &bytes)
    var reader = StateCoding.Reader(bytes)
    #expect(try reader.state(topology: topology, rule: rule) == state)
    #expect(reader.isAtEnd)
  }
}
