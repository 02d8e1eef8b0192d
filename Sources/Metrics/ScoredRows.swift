/// Predictions beside the truth: what all metrics are computed from.
package struct ScoredRows: Sendable {
  /// Class numbers or responses; NaN where missing.
  package let actuals: [Double]
  /// Row-major [rows x outputs]: probabilities, or predictions in the units of the response.
  package let outputs: [Double]
  /// One per row; nil stands for ones.
  package let weights: [Double]?
  /// Class numbers or responses of the rows without weight, which are not above; H2O predicts 0 for them.
  package let actualsLeftOut: [Double]
  /// Classes that the model does not know, by name, and for each row (by its index here) of one of them which; there the
  /// class number is NaN.
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

  /// Calls `body` with class (an index of ``strangers``), outputs and weight of each row of a class that the model does not
  /// know.
  func forEachStranger(width: Int, _ body: (Int, ArraySlice<Double>, Double) -> Void) {
    for (row, stranger) in strangers.classOfRow.sorted(by: { $0.key < $1.key }) {
      let weight = weights?[row] ?? 1
      guard weight > 0, !outputs[row * width].isNaN else { continue }
      body(stranger, outputs[row * width..<(row + 1) * width], weight)
    }
  }

  /// Calls `body` with actual value, outputs and weight of each row that counts: its actual value is known, its weight
  /// is above 0, and its outputs are numbers.
  ///
  /// `width`: Outputs of a row.
  package func forEachRow(width: Int, _ body: (Double, ArraySlice<Double>, Double) -> Void) {
    for row in actuals.indices {
      let weight = weights?[row] ?? 1
      guard !actuals[row].isNaN, weight > 0, !outputs[row * width].isNaN else { continue }
      body(actuals[row], outputs[row * width..<(row + 1) * width], weight)
    }
  }
}
