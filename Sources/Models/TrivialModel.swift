package import DataFrames
internal import DeepLearning
package import Metrics

/// The model that looks at no input: it always predicts the base rates of the classes, or the mean of the response.
///
/// What a trained model must beat. An autoencoder's trivial model reconstructs each input by its mean. Offsets do not count.
package struct TrivialModel: Sendable, Equatable {
  /// The outputs for every row: a probability per class, the mean in the units of the response, or the mean of each input.
  package let outputs: [Double]

  /// The trivial model of a training table.
  ///
  /// - `rows`: The table in its true proportions, that is, before classes were balanced. Rows without response (where there is
  ///   one) or without weight do not count.
  /// - `model`: Says what is predicted; its weights are not looked at.
  package init(_ rows: EncodedRows, for model: Model) {
    let counted = (0..<rows.rowCount).filter { rows.weights?[$0] ?? 1 > 0 }
    func weight(_ row: Int) -> Double { rows.weights?[row] ?? 1 }
    guard model.objective.reconstructed == nil else {
      outputs = Self.meanInputs(rows, counted: counted, model: model)
      return
    }
    let known = counted.filter { !rows.targets[$0].isNaN }
    guard let classes = model.classes else {
      // Differences from the first response are summed, so that a large level of the response costs no digits.
      let origin = known.first.map { model.actualValue(rows.targets[$0]) } ?? .nan
      let (sum, total) = known.reduce((0.0, 0.0)) { sums, row in
        (sums.0 + weight(row) * (model.actualValue(rows.targets[row]) - origin), sums.1 + weight(row))
      }
      outputs = [origin + sum / total]
      return
    }
    var totals = [Double](repeating: 0, count: classes.count)
    for row in known { totals[Int(rows.targets[row])] += weight(row) }
    let total = totals.reduce(0, +)
    outputs = totals.map { $0 / total }
  }

  private static func meanInputs(_ rows: EncodedRows, counted: [Int], model: Model) -> [Double] {
    let cursor = RowCursor<Double>(rows)
    var (sums, total) = ([Double](repeating: 0, count: model.topology.outputs), 0.0)
    for row in counted {
      cursor.move(to: row)
      let weight = rows.weights?[row] ?? 1
      for (unit, input) in cursor.denseInputs(categoricalUnits: model.topology.categoricalInputs).enumerated() {
        sums[unit] += weight * input
      }
      total += weight
    }
    return sums.map { $0 / total }
  }

  /// The rows as this model would have scored them.
  package func predicting(_ rows: ScoredRows) -> ScoredRows {
    ScoredRows(
      actuals: rows.actuals, outputs: repeated(rows.actuals.count), weights: rows.weights,
      actualsLeftOut: rows.actualsLeftOut, strangers: rows.strangers)
  }

  func repeated(_ count: Int) -> [Double] {
    var result: [Double] = []
    result.reserveCapacity(count * outputs.count)
    for _ in 0..<count { result += outputs }
    return result
  }
}

extension ModelScorer {
  /// Metrics of the trivial model on the selected rows: the same as of a real model, with the same options.
  ///
  /// Of two classes it always names the more frequent one: by the threshold of the largest F1 its error would be that of the
  /// rarer one.
  ///
  /// `model`: The real model, which says what kind of metrics these are.
  package func metrics(of trivial: TrivialModel, for model: Model, on table: ScoringTable) -> ModelMetrics {
    guard model.objective.reconstructed == nil else {
      return .autoencoder(AutoencoderMetrics(rowErrors: meanInputErrors(trivial, model, table)))
    }
    return labelled(metrics(of: model, [scoredRows(model, table) { trivial.repeated($0.count) }]))
  }

  /// Metrics of the trivial model on rows that another one has scored, all parts together.
  package func metrics(of trivial: TrivialModel, for model: Model, _ parts: [ScoredRows]) -> ModelMetrics {
    labelled(metrics(of: model, parts.map(trivial.predicting)))
  }

  private func labelled(_ metrics: ModelMetrics) -> ModelMetrics { metrics.labelled(from: 0.5) }

  /// Mean squared difference of the inputs and their means, in scaled units, for each selected row.
  private func meanInputErrors(_ trivial: TrivialModel, _ model: Model, _ table: ScoringTable) -> [Double] {
    let cursor = RowCursor<Double>(table.rows)
    return table.selection.map { row in
      cursor.move(to: row)
      let inputs = cursor.denseInputs(categoricalUnits: model.topology.categoricalInputs)
      let squares = zip(inputs, trivial.outputs).reduce(0.0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      return squares / Double(trivial.outputs.count)
    }
  }
}
