package import DataFrames
internal import DeepLearning
internal import Metrics
package import Models

/// Explains a model on rows of a table.
///
/// The result depends on the seed and not on the number of threads.
package struct ModelExplainer: Sendable {
  private let model: Model
  private let metric: JudgingMetric
  private let scorer: ModelScorer
  private let draw: RowDraw

  /// - Parameters:
  ///   - model: A model that predicts a response.
  ///   - metric: Judges permutation importance.
  ///   - seed: The seed of all draws.
  ///   - scorer: Predicts and measures rows.
  package init(_ model: Model, metric: JudgingMetric, seed: UInt64, scorer: ModelScorer) {
    self.model = model
    self.metric = metric
    self.scorer = scorer
    draw = RowDraw(seed: seed)
  }

  /// Explains the model.
  ///
  /// - Parameters:
  ///   - frame: The table; at most as many of its rows as the effort says are drawn.
  ///   - background: The rows to compare with; nil for none.
  ///   - ranked: The columns by the sum of their weights, for tables with more columns than the effort covers.
  ///   - effort: The rows, repetitions and columns to cover.
  /// - Returns: The explanations; nil for an autoencoder, and if no row has a known response.
  /// - Throws: `FrameError` if the table does not fit the model.
  package func explain(
    _ frame: Frame, background: Background?, ranked: [String], effort: ExplanationEffort
  ) throws(FrameError) -> ModelExplanations? {
    guard model.objective.reconstructed == nil, let response = model.encoding.response.name,
      let responses = frame.column(named: response)
    else { return nil }
    let rows = draw.rows(effort.rows, of: UsableRows(frame, for: model, response: responses).rows)
    guard !rows.isEmpty else { return nil }
    let drawn = frame.selecting(rows)
    let encoded = try model.encode(drawn).rows
    let known = scorer.metrics(of: model, on: ScoringTable(encoded, selection: Array(0..<encoded.rowCount)))
    let importances = importances(encoded, ranked: ranked, known: known, effort)
    let strongest = strongest(importances, ranked: ranked).prefix(effort.dependenceColumns)
    return ModelExplanations(
      metric: metric.name, metricValue: metric.value(known), rowCount: rows.count, importances: importances,
      dependences: try dependences(Array(strongest), drawn, rows: rows, effort),
      errors: errors(Array(strongest), drawn, encoded),
      contributions: try contributions(drawn, rows: rows, background, effort), effort: effort)
  }

  private func importances(
    _ rows: EncodedRows, ranked: [String], known: ModelMetrics, _ effort: ExplanationEffort
  ) -> [PermutationImportance] {
    guard metric.value(known).isFinite else { return [] }
    let columns = model.encoding.columnInputs.map(\.name)
    var positions = Array(columns.indices)
    if effort.importanceColumns < columns.count {
      let places = Dictionary(columns.enumerated().map { ($1, $0) }) { first, _ in first }
      positions = ranked.compactMap { places[$0] }.prefix(effort.importanceColumns).sorted()
    }
    return PermutationExplainer(model: model, scorer: scorer, metric: metric, draw: draw).importances(
      of: positions, rows, repeats: effort.repeats)
  }

  /// Returns the columns by their permutation importance or, without one, by their weights.
  private func strongest(_ importances: [PermutationImportance], ranked: [String]) -> [String] {
    if !importances.isEmpty { return importances.map(\.column) }
    return ranked.isEmpty ? model.encoding.columnInputs.map(\.name) : ranked
  }

  private func dependences(
    _ columns: [String], _ frame: Frame, rows: [Int], _ effort: ExplanationEffort
  ) throws(FrameError) -> [PartialDependence] {
    let positions = RowDraw(seed: draw.seed).rows(effort.dependenceRows, of: Array(rows.indices))
    let explainer = DependenceExplainer(model: model, scorer: scorer)
    let (drawn, numbers) = (frame.selecting(positions), positions.map { rows[$0] })
    var found: [PartialDependence] = []
    for column in columns {
      if let dependence = try explainer.dependence(on: column, drawn, numbers: numbers) { found.append(dependence) }
    }
    return found
  }

  private func errors(_ columns: [String], _ frame: Frame, _ rows: EncodedRows) -> [ColumnErrors] {
    let outputs = scorer.predict(model, rows)
    let width = model.topology.outputs
    let known = (0..<rows.rowCount).map { row -> ColumnErrors.Row? in
      let (target, weight) = (rows.targets[row], rows.weights?[row] ?? 1)
      guard target.isFinite, weight > 0 else { return nil }
      let predicted = outputs[row * width..<(row + 1) * width]
      guard let classes = model.classes else {
        return .init(actual: model.actualValue(target), predicted: predicted[predicted.startIndex], weight: weight)
      }
      if classes.count == 2 {
        return .init(actual: target, predicted: predicted[predicted.startIndex + 1], weight: weight)
      }
      let label = ClassificationMetrics.mostProbable(predicted)
      return .init(
        actual: Int(target) == label ? 1 : 0, predicted: predicted[predicted.startIndex + label], weight: weight)
    }
    return columns.compactMap { name in frame.column(named: name).flatMap { ColumnErrors($0, rows: known) } }
  }

  private func contributions(
    _ frame: Frame, rows: [Int], _ background: Background?, _ effort: ExplanationEffort
  ) throws(FrameError) -> ContributionSample? {
    guard let background, effort.contributionRows > 0,
      let explainer = ContributionExplainer(
        model, background: background.prefix(effort.backgroundRows), method: effort.method, seed: draw.seed,
        scorer: scorer)
    else { return nil }
    let positions = RowDraw(seed: draw.seed).rows(effort.contributionRows, of: Array(rows.indices))
    let drawn = frame.selecting(positions)
    let contributions = explainer.contributions(try model.encode(drawn, isForPrediction: true).rows)
    let columns = contributions.columns.map { drawn.column(named: $0) }
    return ContributionSample(
      contributions: contributions, rows: positions.map { rows[$0] },
      texts: columns.map { column in positions.indices.map { column?.text(at: $0) ?? "" } },
      places: columns.map { column in column.map(Self.places) ?? positions.map { _ in .nan } },
      backgroundRows: min(effort.backgroundRows, background.rows.rowCount), method: effort.method)
  }

  /// Returns the place of each value among those of its column, from 0 to 1.
  private static func places(_ column: Column) -> [Double] {
    let values = (0..<column.rowCount).map { row in
      column.levels == nil ? column.number(at: row) : column.level(at: row).map(Double.init) ?? .nan
    }
    let known = values.filter(\.isFinite)
    guard let lowest = known.min(), let highest = known.max(), highest > lowest else {
      return values.map { $0.isFinite ? 0.5 : .nan }
    }
    // Ranks, so that one extreme value does not hide the differences of all others.
    let sorted = known.sorted()
    return values.map { value in
      guard value.isFinite else { return .nan }
      let below = sorted.partitionIndex { $0 >= value }
      let notAbove = sorted.partitionIndex { $0 > value }
      return Double(below + notAbove - 1) / Double(2 * (sorted.count - 1))
    }
  }
}

extension [Double] {
  /// Returns the first position of a sorted array whose element fulfils a condition.
  fileprivate func partitionIndex(_ isBeyond: (Double) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isBeyond(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
