package import DataFrames
internal import DeepLearning
package import Metrics

/// Measures a model on rows with a known response.
package struct ModelScorer: Sendable {
  private let threads: Int
  private let options: MetricOptions
  private let heartbeat: @Sendable () -> Void

  /// - `heartbeat`: Called regularly while rows are scored.
  package init(
    threads: Int, options: MetricOptions = MetricOptions(), heartbeat: @escaping @Sendable () -> Void = {}
  ) {
    self.threads = threads
    self.options = options
    self.heartbeat = heartbeat
  }

  /// Returns the metrics of `model` on the selected rows.
  package func metrics(of model: Model, on table: ScoringTable) -> ModelMetrics {
    guard model.objective.reconstructed == nil else {
      let errors = reconstructionErrors(model, table.rows, selection: table.selection)
      return .autoencoder(AutoencoderMetrics(rowErrors: errors))
    }
    return metrics(of: model, [score(model, table)])
  }

  /// Returns predictions and actual values, in the units of the response, for the selected rows
  /// with positive weight.
  package func score(_ model: Model, _ table: ScoringTable) -> ScoredRows {
    scoredRows(model, table) { selection in
      BatchScorer(model: model, threads: threads, heartbeat: heartbeat).predict(table.rows, selection: selection)
    }
  }

  /// Returns actual values with predictions from another source.
  ///
  /// `predict`: Returns the outputs for the rows with the given indexes.
  func scoredRows(_ model: Model, _ table: ScoringTable, predict: ([Int]) -> [Double]) -> ScoredRows {
    let weights = table.rows.weights
    let selection = weights.map { weights in table.selection.filter { weights[$0] > 0 } } ?? table.selection
    let outputs = predict(selection)
    func actuals(_ rows: [Int]) -> [Double] {
      let targets = rows.map { table.rows.targets[$0] }
      return model.classes == nil ? targets.map(model.actualValue) : targets
    }
    let known = table.rows.strangers
    let strangers = selection.enumerated().compactMap { index, row in known.classOfRow[row].map { (index, $0) } }
    return ScoredRows(
      actuals: actuals(selection), outputs: outputs, weights: weights.map { weights in selection.map { weights[$0] } },
      actualsLeftOut: weights.map { weights in actuals(table.selection.filter { weights[$0] <= 0 }) } ?? [],
      strangers: (known.labels, Dictionary(uniqueKeysWithValues: strangers)))
  }

  /// Returns the metrics of rows scored earlier, over all parts together.
  ///
  /// `model`: The model that scored them.
  package func metrics(of model: Model, _ parts: [ScoredRows]) -> ModelMetrics {
    switch model.objective {
    case .reconstruction: preconditionFailure("the metrics of an autoencoder are those of its reconstruction errors")
    case .classification:
      return .classification(ClassificationMetrics(parts, labels: model.classes ?? [], options: options))
    case .regression(let distribution):
      // H2O uses rounded responses for all deviances except Huber's.
      let rounds = options.rules.responsePrecision == .single && distribution != .huber
      let isHuber = distribution == .huber
      let delta = isHuber ? huberDelta(parts, alpha: model.huberAlpha) : 1
      return .regression(
        RegressionMetrics(parts, options: options) {
          distribution.deviance(actual: rounds ? Double(Float($0)) : $0, prediction: $1, huberDelta: delta)
        })
    }
  }

  /// Returns the outputs for all rows or for `selection`, row-major [rows x outputs].
  package func predict(_ model: Model, _ rows: EncodedRows, selection: [Int]? = nil) -> [Double] {
    BatchScorer(model: model, threads: threads, heartbeat: heartbeat).predict(
      rows, selection: selection ?? Array(0..<rows.rowCount))
  }

  /// Returns the mean squared difference between reconstruction and inputs, in scaled units, of each row.
  package func reconstructionErrors(_ model: Model, _ rows: EncodedRows, selection: [Int]? = nil) -> [Double] {
    let selection = selection ?? Array(0..<rows.rowCount)
    let units = model.topology.outputs
    let outputs = BatchScorer(model: model, threads: threads, heartbeat: heartbeat).predict(rows, selection: selection)
    return squaredErrors(model, rows, selection: selection, outputs: outputs).map { $0.reduce(0, +) / Double(units) }
  }

  /// Returns the squared difference between reconstruction and input, of each input of each row.
  package func squaredErrors(
    _ model: Model, _ rows: EncodedRows, selection: [Int], outputs: [Double]
  ) -> [[Double]] {
    let cursor = RowCursor<Double>(rows)
    let units = model.topology.outputs
    return selection.enumerated().map { index, row in
      cursor.move(to: row)
      let inputs = cursor.denseInputs(categoricalUnits: model.topology.categoricalInputs)
      return (0..<units).map { unit in
        let difference = outputs[index * units + unit] - inputs[unit]
        return difference * difference
      }
    }
  }

  /// Returns the outputs of a hidden layer for all rows, row-major [rows x units].
  package func deepFeatures(_ model: Model, _ rows: EncodedRows, layer: Int) -> [Double] {
    BatchScorer(model: model, threads: 1, heartbeat: heartbeat).activations(rows, layer: layer)
  }

  /// Returns the `alpha` quantile of the absolute residuals.
  private func huberDelta(_ parts: [ScoredRows], alpha: Double) -> Double {
    var residuals: [WeightedQuantiles.Item] = []
    for part in parts {
      part.forEachRow(width: 1) { actual, output, weight in
        residuals.append(.init(value: abs(actual - output[output.startIndex]), weight: weight))
      }
      residuals += part.actualsLeftOut.filter { !$0.isNaN }.map { .init(value: abs($0), weight: 0) }
    }
    return WeightedQuantiles(residuals, counting: options.rules.rowCounting)?.value(at: alpha) ?? 1
  }
}
