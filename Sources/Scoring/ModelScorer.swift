package import DataFrames
internal import DeepLearning
package import Metrics

/// Measures a model on rows whose response is known.
package struct ModelScorer: Sendable {
  private let threads: Int
  private let heartbeat: @Sendable () -> Void

  /// `heartbeat`: Called now and then while rows are scored.
  package init(threads: Int, heartbeat: @escaping @Sendable () -> Void = {}) {
    self.threads = threads
    self.heartbeat = heartbeat
  }

  /// Metrics of `model` on the selected rows.
  package func metrics(of model: Model, on table: ScoringTable) -> ModelMetrics {
    guard model.objective.reconstructed == nil else {
      let errors = reconstructionErrors(model, table.rows, selection: table.selection)
      return .autoencoder(AutoencoderMetrics(rowErrors: errors))
    }
    let outputs = BatchScorer(model: model, threads: threads, heartbeat: heartbeat).predict(
      table.rows, selection: table.selection)
    let weights = table.rows.weights.map { weights in table.selection.map { weights[$0] } }
    let targets = table.selection.map { table.rows.targets[$0] }
    switch model.objective {
    case .reconstruction: preconditionFailure("autoencoders were dealt with above")
    case .classification:
      return .classification(
        ClassificationMetrics(actuals: targets, probabilities: outputs, labels: model.classes ?? [], weights: weights))
    case .regression(let distribution):
      let actuals = targets.map(model.actualValue)
      let delta = distribution == .huber ? huberDelta(actuals, outputs, alpha: model.huberAlpha) : 1
      return .regression(
        RegressionMetrics(actuals: actuals, predictions: outputs, weights: weights) {
          distribution.deviance(actual: $0, prediction: $1, huberDelta: delta)
        })
    }
  }

  /// Outputs for all rows, row-major [rows x outputs].
  package func predict(_ model: Model, _ rows: EncodedRows) -> [Double] {
    BatchScorer(model: model, threads: threads, heartbeat: heartbeat).predict(rows, selection: Array(0..<rows.rowCount))
  }

  /// Mean squared difference of reconstruction and inputs, in scaled units, for each row.
  package func reconstructionErrors(_ model: Model, _ rows: EncodedRows, selection: [Int]? = nil) -> [Double] {
    let selection = selection ?? Array(0..<rows.rowCount)
    let units = model.topology.outputs
    let outputs = BatchScorer(model: model, threads: threads, heartbeat: heartbeat).predict(rows, selection: selection)
    return squaredErrors(model, rows, selection: selection, outputs: outputs).map { $0.reduce(0, +) / Double(units) }
  }

  /// Squared difference of reconstruction and input for each input of each row.
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

  /// Outputs of a hidden layer for all rows, row-major [rows x units].
  package func deepFeatures(_ model: Model, _ rows: EncodedRows, layer: Int) -> [Double] {
    BatchScorer(model: model, threads: 1, heartbeat: heartbeat).activations(rows, layer: layer)
  }

  /// The `alpha` quantile (type 7) of the absolute residuals.
  private func huberDelta(_ actuals: [Double], _ predictions: [Double], alpha: Double) -> Double {
    let residuals = zip(actuals, predictions).map { abs($0 - $1) }.filter { !$0.isNaN }.sorted()
    guard let last = residuals.last else { return 1 }
    let position = alpha * Double(residuals.count - 1)
    let lower = Int(position)
    guard lower + 1 < residuals.count else { return last }
    return residuals[lower] + (position - Double(lower)) * (residuals[lower + 1] - residuals[lower])
  }
}
