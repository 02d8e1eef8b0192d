import DataFrames
import Explanations
import Metrics
import Models
import TestSupport
import Testing

@Suite("Explanations agree with shap and scikit-learn")
struct ReferenceTests {
  private func background(_ frame: Frame, _ rows: Range<Int>, _ model: Model) throws -> Background {
    try Background(frame.selecting(Array(rows)), for: model, count: rows.count, seed: 1)
  }

  @Test("contributions equal the exact values of shap", arguments: ["multi", "reg", "maxout"])
  func contributions(_ name: String) throws {
    let reference = try Reference.read()
    let (model, expected) = try reference.model(name)
    let frame = reference.frame(model, expected.targets)
    let count = frame.rowCount
    let explainer = try #require(
      ContributionExplainer(
        model, background: try background(frame, count - reference.background..<count, model), seed: 1,
        scorer: ModelScorer(threads: 1)))
    let rows = try model.encode(frame.selecting(Array(0..<expected.contributions.values.count))).rows
    let found = explainer.contributions(rows)
    let names = model.encoding.columnInputs.map(\.name).sorted()
    #expect(found.columns.sorted() == names)
    for (row, margins) in expected.contributions.values.enumerated() {
      for (margin, values) in margins.enumerated() {
        for (name, value) in zip(names, values) {
          let column = try #require(found.columns.firstIndex(of: name))
          let own = found.values(row: row, margin: margin)
          #expect(abs(own[own.startIndex + column] - value) < 1e-6, "\(row) \(margin) \(name)")
        }
        #expect(abs(found.bias[margin] - expected.contributions.bias[margin]) < 1e-6)
      }
    }
  }

  @Test("random orders of 14 columns are unbiased: their mean approaches the exact values of shap")
  func permutations() throws {
    let reference = try Reference.read().wide
    let model = try Reference.wideModel()
    let columns = (0..<reference.rows[0].count).map { column in
      Reference.numbers("x\(column + 1)", reference.rows.map { $0[column] })
    }
    let frame = Frame(path: "t.csv", columns: columns)
    let background = try background(frame, reference.explained..<frame.rowCount, model)
    let rows = try model.encode(frame.selecting(Array(0..<reference.explained)), isForPrediction: true).rows
    let predictions = ModelScorer(threads: 1).predict(model, rows)
    let repeats = 300
    var sums = reference.contributions.values.map { $0[0].map { _ in 0.0 } }
    for seed in 0..<repeats {
      let explainer = try #require(
        ContributionExplainer(
          model, background: background, seed: UInt64(seed), scorer: ModelScorer(threads: 1)))
      let found = explainer.contributions(rows)
      for row in sums.indices {
        let own = found.values(row: row, margin: 0)
        for (column, name) in found.columns.enumerated() {
          sums[row][(Int(name.dropFirst()) ?? 0) - 1] += own[own.startIndex + column]
        }
        #expect(abs(found.sum(row: row, margin: 0) - predictions[row]) < 1e-9 * abs(predictions[row]))
      }
    }
    let scale = reference.contributions.values.joined().joined().map { abs($0) }.max() ?? 0
    for (row, margins) in reference.contributions.values.enumerated() {
      for (column, value) in margins[0].enumerated() {
        #expect(abs(sums[row][column] / Double(repeats) - value) < 0.02 * scale, "\(row) \(column)")
      }
    }
  }

  @Test("every set of columns gives the exact values of shap for 14 columns, too")
  func wideExact() throws {
    let reference = try Reference.read().wide
    let model = try Reference.wideModel()
    let columns = (0..<reference.rows[0].count).map { column in
      Reference.numbers("x\(column + 1)", reference.rows.map { $0[column] })
    }
    let frame = Frame(path: "t.csv", columns: columns)
    let explainer = try #require(
      ContributionExplainer(
        model, background: try background(frame, reference.explained..<frame.rowCount, model), method: .exact, seed: 1,
        scorer: ModelScorer(threads: 2)))
    let found = explainer.contributions(
      try model.encode(frame.selecting(Array(0..<reference.explained)), isForPrediction: true).rows)
    for (row, margins) in reference.contributions.values.enumerated() {
      let own = found.values(row: row, margin: 0)
      for (column, name) in found.columns.enumerated() {
        let value = margins[0][(Int(name.dropFirst()) ?? 0) - 1]
        #expect(abs(own[own.startIndex + column] - value) < 1e-6, "\(row) \(name)")
      }
    }
  }

  private func explanations(_ name: String, repeats: Int) throws -> (ModelExplanations, Reference.Case, Model) {
    let reference = try Reference.read()
    let (model, expected) = try reference.model(name)
    let frame = reference.frame(model, expected.targets)
    let metric = JudgingMetric(name: "loss", moreIsBetter: false) { metrics in
      switch metrics {
      case .classification(let metrics): metrics.logLoss
      case .regression(let metrics): metrics.meanSquaredError
      case .autoencoder: .nan
      }
    }
    var effort = ExplanationEffort(
      rows: 1000, background: 6, columns: model.encoding.columnInputs.count, inputs: 3, outputs: 3)
    effort.repeats = repeats
    let explainer = ModelExplainer(model, metric: metric, seed: 3, scorer: ModelScorer(threads: 2))
    let found = try #require(try explainer.explain(frame, background: nil, ranked: [], effort: effort))
    return (found, expected, model)
  }

  @Test("permutation importance equals that of scikit-learn within its error", arguments: ["multi", "reg", "maxout"])
  func importances(_ name: String) throws {
    let repeats = try Reference.read().repeats
    let (found, expected, model) = try explanations(name, repeats: repeats)
    for (index, column) in model.encoding.columnInputs.map(\.name).sorted().enumerated() {
      let importance = try #require(found.importances.first { $0.column == column })
      let error = expected.deviations[index] * (2 / Double(repeats)).squareRoot()
      #expect(abs(importance.mean - expected.importances[index]) < 5 * error, "\(column)")
      #expect(abs(importance.deviation / expected.deviations[index] - 1) < 0.2, "\(column)")
    }
    #expect(found.importances.map(\.mean) == found.importances.map(\.mean).sorted(by: >))
  }

  @Test(
    "partial dependence and the curve of each row equal those of scikit-learn", arguments: ["multi", "reg", "maxout"])
  func dependence(_ name: String) throws {
    let (found, expected, _) = try explanations(name, repeats: 2)
    let dependence = try #require(found.dependences.first { $0.column == "x1" })
    #expect(dependence.points.count == expected.dependence.values.count)
    #expect(dependence.curveCount == expected.dependence.average.count)
    for (index, value) in expected.dependence.values.enumerated() {
      let point = try #require(dependence.points.firstIndex { $0.number == value })
      for curve in 0..<dependence.curveCount {
        #expect(
          abs(dependence.mean(point: point, curve: curve) - expected.dependence.average[curve][index]) < 1e-6)
        for row in dependence.rows.indices {
          let prediction = dependence.prediction(point: point, row: row, curve: curve)
          #expect(abs(prediction - expected.dependence.individual[curve][row][index]) < 1e-6)
        }
      }
    }
  }
}
