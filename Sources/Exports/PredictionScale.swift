internal import DataFrames
internal import DeepLearning
package import Models

/// How large predictions of a model are, against which their rounding is measured.
///
/// The networks compute the standardised response in single precision, so rounding grows with the deviation of the
/// response, not with its distance from zero.
package struct PredictionScale {
  /// Always above 0.
  package let size: Double

  /// - `predictions`: Of some rows.
  package init(_ model: Model, predictions: [Double]) {
    let numbers = predictions.filter(\.isFinite)
    let range = (numbers.max() ?? 0) - (numbers.min() ?? 0)
    switch model.objective {
    case .classification: size = 1
    case .reconstruction:
      // Errors are squares of what rounding moves, and may all be the same.
      size = max(range, numbers.max() ?? 0, 1e-6)
    case .regression:
      guard case .number(_, let subtract, let multiply) = model.encoding.response, multiply > 0 else {
        size = max(range, 1)
        return
      }
      // A response that is not standardised is what the network itself computes, however far from zero.
      let magnitude = subtract == 0 ? numbers.map(abs).max() ?? 0 : 0
      size = max(range, 1 / multiply, magnitude)
    }
  }
}
