internal import DataFrames
internal import DeepLearning
internal import Models

/// Computes partial dependence.
struct DependenceExplainer {
  let model: Model
  let scorer: ModelScorer

  /// Computes the dependence of the predictions on a column.
  ///
  /// - Parameters:
  ///   - name: The name of the column.
  ///   - frame: The rows to predict.
  ///   - numbers: The numbers of the rows in the whole table.
  /// - Returns: The dependence; nil if the table has no values of the column.
  /// - Throws: `FrameError` if the table does not fit the model.
  func dependence(on name: String, _ frame: Frame, numbers: [Int]) throws(FrameError) -> PartialDependence? {
    guard let inputs = model.encoding.columnInputs.first(where: { $0.name == name }),
      let column = frame.column(named: name), let grid = DependenceGrid(column), let scale = MarginScale(model)
    else { return nil }
    let rows = try model.encode(frame, isForPrediction: true).rows
    let first = frame.selecting([Int](repeating: 0, count: grid.points.count))
    let others = first.columns.filter { $0.name != name }
    let values = PlainRows(try model.encode(first.with(others + [grid.column]), isForPrediction: true).rows)
    var mixed = PlainRows(rows)
    var predictions: [Double] = []
    for point in grid.points.indices {
      for row in 0..<rows.rowCount { mixed.replace(inputs, inRow: row, by: point, of: values) }
      predictions += scorer.predict(model, rows.withInputs(mixed))
    }
    let weights = model.encoding.weights.flatMap(frame.column(named:)).map { weights in
      (0..<frame.rowCount).map { max(0, weights.number(at: $0)) }.map { $0.isFinite ? $0 : 0 }
    }
    return PartialDependence(
      column: inputs, points: grid.points, classes: scale.classes, rows: numbers, predictions: predictions,
      outputCount: model.topology.outputs, weights: weights ?? [Double](repeating: 1, count: frame.rowCount))
  }
}
