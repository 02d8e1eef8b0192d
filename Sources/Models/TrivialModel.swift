package import DataFrames
internal import DeepLearning
package import Metrics

/// A model without inputs that always predicts the base rates of the classes, or the mean of the response.
///
/// It is the baseline that a trained model must beat. For an autoencoder it reconstructs each input
/// by its mean. Offsets are ignored.
package struct TrivialModel: Sendable, Equatable {
  /// The outputs for every row: one probability per class, the mean in the units of the response,
  /// or the mean of each input.
  package let outputs: [Double]

  /// Computes the trivial model of a training table.
  ///
  /// - `rows`: The table before class balancing. Rows with a missing response or with weight 0 do not count.
  /// - `model`: The model that determines the kind of prediction; its weights are not used.
  package init(_ rows: EncodedRows, for model: Model) {
    let counted = (0..<rows.rowCount).filter { rows.weights?[$0] ?? 1 > 0 }
    func weight(_ row: Int) -> Double { rows.weights?[row] ?? 1 }
    guard model.objective.reconstructed == nil else {
      outputs = Self.meanInputs(rows, counted: counted, model: model)
      return
    }
    let known = counted.filter { !rows.targets[$0].isNaN }
    guard let classes = model.classes else {
      // Sums differences from the first response, so that a large offset of the response costs no precision.
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

  /// Returns the rows with the predictions of this model.
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
  /// Returns the metrics of the trivial model on the selected rows, of the same kind and with the same options.
  ///
  /// With two classes it always predicts the more frequent one. The threshold of maximum F1 would
  /// predict class 1 for every row, even where class 1 is the rarer one.
  ///
  /// `model`: The real model, which determines the kind of metrics.
  package func metrics(of trivial: TrivialModel, for model: Model, on table: ScoringTable) -> ModelMetrics {
    guard model.objective.reconstructed == nil else {
      return .autoencoder(AutoencoderMetrics(rowErrors: meanInputErrors(trivial, model, table)))
    }
    return labelled(metrics(of: model, [scoredRows(model, table) { trivial.repeated($0.count) }]))
  }

  /// Returns the metrics of the trivial model on rows that another model has scored, over all parts together.
  package func metrics(of trivial: TrivialModel, for model: Model, _ parts: [ScoredRows]) -> ModelMetrics {
    labelled(metrics(of: model, parts.map(trivial.predicting)))
  }

  private func labelled(_ metrics: ModelMetrics) -> ModelMetrics { metrics.labelled(from: 0.5) }

  /// Returns the mean squared difference between the inputs and their means, in scaled units, of each selected row.
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
