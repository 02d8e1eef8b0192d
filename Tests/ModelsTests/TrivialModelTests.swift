import DataFrames
import DeepLearning
import Metrics
import Models
import Testing

@Suite("The trivial model predicts base rates and means")
struct TrivialModelTests {
  private static let missing = Double.nan

  private func column(_ name: String, _ values: [Double]) -> Column {
    var gaps = RowSet()
    for (row, value) in values.enumerated() where value.isNaN { gaps.insert(row) }
    return Column(name: name, values: .doubles(values), missing: gaps)
  }

  private func classes(_ codes: [Int32], _ levels: [String]) -> Column {
    var gaps = RowSet()
    for (row, code) in codes.enumerated() where code < 0 { gaps.insert(row) }
    return Column(name: "y", values: .categorical(codes.map { max(0, $0) }, levels: levels), missing: gaps)
  }

  private func model(_ objective: Objective, _ response: ResponseEncoding, outputs: Int, weights: String?) -> Model {
    let encoding = RowEncoding(
      categoricals: [], numerics: [.init(name: "x", mean: 0, subtract: 0, multiply: 1)], usesAllLevels: true,
      response: response, weights: weights)
    let topology = NetworkTopology(
      inputs: 1, categoricalInputs: 0, categoricalColumns: 0, hidden: [1], outputs: outputs, activation: .tanh)
    return Model(
      topology: topology, objective: objective, dropout: Dropout(), encoding: encoding,
      rules: ModelRules(network: NetworkRules(), tables: TableRules()), state: NetworkState(layers: []))
  }

  private func table(_ model: Model, _ columns: [Column]) throws -> ScoringTable {
    ScoringTable(try model.encode(Frame(path: "a.csv", columns: columns)).rows, samples: 0, seed: 1)
  }

  @Test("classes get their weighted frequencies; rows without class or weight do not count")
  func baseRates() throws {
    let model = model(
      .classification(.crossEntropy), .classes(name: "y", levels: ["a", "b"]), outputs: 2, weights: "w")
    let training = try table(
      model,
      [
        column("x", [1, 2, 3, 4, 5]), classes([0, 0, 1, -1, 1], ["a", "b"]),
        column("w", [1, 2, 1, 50, 0]),
      ])
    let trivial = TrivialModel(training.encodedRows, for: model)
    #expect(trivial.outputs == [0.75, 0.25])
    // Another table with two rows of a and one of b; log loss -(2 ln 0.75 + ln 0.25) / 3.
    let other = try table(
      model, [column("x", [1, 2, 3]), classes([0, 0, 1], ["a", "b"]), column("w", [1, 1, 1])])
    guard case .classification(let metrics) = ModelScorer(threads: 1).metrics(of: trivial, for: model, on: other) else {
      Issue.record("a classifier needs classification metrics")
      return
    }
    #expect(abs(metrics.logLoss - 0.653886) < 1e-6)
    #expect(metrics.binomial?.auc == 0.5)
    #expect(metrics.rowCount == 3)
  }

  @Test("a numeric response gets its weighted mean, in its own units, also if it is large")
  func mean() throws {
    let model = model(
      .regression(.gaussian), .number(name: "y", subtract: 1e8, multiply: 0.5), outputs: 1, weights: "w")
    let training = try table(
      model,
      [
        column("x", [1, 2, 3, 4]), column("y", [1e8 + 1, 1e8 + 4, Self.missing, 1e8 + 90]),
        column("w", [2, 1, 5, 0]),
      ])
    let trivial = TrivialModel(training.encodedRows, for: model)
    #expect(trivial.outputs == [1e8 + 2])
    let scored = trivial.predicting(ScoredRows(actuals: [5, 7], outputs: [1, 2]))
    #expect(scored.outputs == [1e8 + 2, 1e8 + 2])
    #expect(scored.actuals == [5, 7])
  }

  @Test("the trivial autoencoder outputs the mean of each input, so its error is the variance")
  func inputs() throws {
    let model = model(.reconstruction(.gaussian), .none, outputs: 1, weights: nil)
    let training = try table(model, [column("x", [1, 2, 6])])
    let trivial = TrivialModel(training.encodedRows, for: model)
    #expect(trivial.outputs == [3])
    guard
      case .autoencoder(let metrics) = ModelScorer(threads: 1).metrics(of: trivial, for: model, on: training)
    else {
      Issue.record("an autoencoder needs autoencoder metrics")
      return
    }
    // (4 + 1 + 9) / 3
    #expect(abs(metrics.meanSquaredError - 14.0 / 3) < 1e-12)
  }
}
