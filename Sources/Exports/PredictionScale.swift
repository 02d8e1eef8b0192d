internal import DataFrames
internal import DeepLearning
package import Models

/// The scale of a model's predictions, against which rounding errors are measured.
///
/// The networks compute the standardised response in single precision, so rounding grows with the
/// deviation of the response, not with its distance from zero.
package struct PredictionScale {
  /// Always above 0.
  package let size: Double

  /// - `predictions`: The predictions for some rows.
  package init(_ model: Model, predictions: [Double]) {
    let numbers = predictions.filter(\.isFinite)
    let range = (numbers.max() ?? 0) - (numbers.min() ?? 0)
    switch model.objective {
    case .classification: size = 1
    case .reconstruction:
      // Reconstruction errors are squares of the rounded values, and may all be equal.
      size = max(range, numbers.max() ?? 0, 1e-6)
    case .regression:
      guard case .number(_, let subtract, let multiply) = model.encoding.response, multiply > 0 else {
        size = max(range, 1)
        return
      }
      // A response that is not standardised is computed by the network itself, at any distance from zero.
      let magnitude = subtract == 0 ? numbers.map(abs).max() ?? 0 : 0
      size = max(range, 1 / multiply, magnitude)
    }
  }
}
