internal import DataFrames
internal import Models

/// The predictions of a model as a function of one column.
///
/// The mean is partial dependence (Friedman 2001), the curve of each row its individual conditional
/// expectation (Goldstein, Kapelner, Bleich and Pitkin 2015).
package struct PartialDependence: Sendable {
  /// A value of the column.
  package struct Point: Sendable {
    /// The value as text; empty for a missing one.
    package let label: String
    /// The number or time; nil for levels and for a missing value.
    package let number: Double?

    package var isMissing: Bool { label.isEmpty && number == nil }
  }

  package let column: String
  package let isTime: Bool
  package let points: [Point]
  /// The classes with a curve each; empty for a regression.
  package let classes: [String]
  /// The numbers of the rows in their table, from 0.
  package let rows: [Int]
  /// The predictions [points x rows x outputs].
  private let predictions: [Double]
  private let outputCount: Int
  /// The weight of each row.
  private let weights: [Double]

  init(
    column: ColumnInputs, points: [Point], classes: [String], rows: [Int], predictions: [Double], outputCount: Int,
    weights: [Double]
  ) {
    self.column = column.name
    isTime = column.type == .time
    self.points = points
    self.classes = classes
    self.rows = rows
    self.predictions = predictions
    self.outputCount = outputCount
    self.weights = weights
  }

  /// The number of curves: one for a regression and for two classes, otherwise one per class.
  package var curveCount: Int { max(1, classes.count) }

  /// Returns the prediction for a row with the column set to a point's value.
  package func prediction(point: Int, row: Int, curve: Int = 0) -> Double {
    // Of two classes, the curve is that of the second.
    let output = outputCount == 2 && classes.count == 1 ? 1 : curve
    return predictions[(point * rows.count + row) * outputCount + output]
  }

  /// Returns the mean prediction at a point.
  package func mean(point: Int, curve: Int = 0) -> Double {
    let total = weights.reduce(0, +)
    return rows.indices.reduce(0) { $0 + weights[$1] * prediction(point: point, row: $1, curve: curve) } / total
  }

  /// Returns the standard deviation of the predictions at a point.
  package func deviation(point: Int, curve: Int = 0) -> Double {
    let (mean, total) = (mean(point: point, curve: curve), weights.reduce(0, +))
    let squares = rows.indices.reduce(0.0) { sum, row in
      let difference = prediction(point: point, row: row, curve: curve) - mean
      return sum + weights[row] * difference * difference
    }
    return (squares / total).squareRoot()
  }

  /// The distance between the largest and the smallest mean.
  package var range: Double {
    (0..<curveCount).map { curve in
      let means = points.indices.map { mean(point: $0, curve: curve) }
      return (means.max() ?? 0) - (means.min() ?? 0)
    }.max() ?? 0
  }
}
