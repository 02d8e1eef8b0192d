/// Predictions and actual values, from which all metrics are computed.
package struct ScoredRows: Sendable {
  /// Class indexes or responses; NaN if missing.
  package let actuals: [Double]
  /// Row-major [rows x outputs]: probabilities, or predictions in the units of the response.
  package let outputs: [Double]
  /// The weight of each row; nil if every weight is 1.
  package let weights: [Double]?
  /// The class indexes or responses of rows with weight 0, which are not in `actuals`; H2O predicts 0 for them.
  package let actualsLeftOut: [Double]
  /// The names of classes that the model does not know, and the class of each row that has one, by row index.
  ///
  /// The class index of these rows is NaN.
  package let strangers: (labels: [String], classOfRow: [Int: Int])

  package init(
    actuals: [Double], outputs: [Double], weights: [Double]? = nil, actualsLeftOut: [Double] = [],
    strangers: (labels: [String], classOfRow: [Int: Int]) = ([], [:])
  ) {
    self.strangers = strangers
    self.actuals = actuals
    self.outputs = outputs
    self.weights = weights
    self.actualsLeftOut = actualsLeftOut
  }

  /// Returns the same rows with other predictions.
  package func predicted(_ outputs: [Double]) -> ScoredRows {
    ScoredRows(
      actuals: actuals, outputs: outputs, weights: weights, actualsLeftOut: actualsLeftOut, strangers: strangers)
  }

  /// Calls `body` for each row of an unknown class, with the class (an index of ``strangers``), outputs and weight.
  func forEachStranger(width: Int, _ body: (Int, ArraySlice<Double>, Double) -> Void) {
    for (row, stranger) in strangers.classOfRow.sorted(by: { $0.key < $1.key }) {
      let weight = weights?[row] ?? 1
      guard weight > 0, !outputs[row * width].isNaN else { continue }
      body(stranger, outputs[row * width..<(row + 1) * width], weight)
    }
  }

  /// Calls `body` for each row that counts, with its actual value, outputs and weight.
  ///
  /// A row counts if its actual value is known, its weight is above 0 and its outputs are numbers.
  ///
  /// `width`: The number of outputs per row.
  package func forEachRow(width: Int, _ body: (Double, ArraySlice<Double>, Double) -> Void) {
    for row in actuals.indices {
      let weight = weights?[row] ?? 1
      guard !actuals[row].isNaN, weight > 0, !outputs[row * width].isNaN else { continue }
      body(actuals[row], outputs[row * width..<(row + 1) * width], weight)
    }
  }
}
