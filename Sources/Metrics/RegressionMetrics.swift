/// Metrics of a model that predicts numbers (behavioural notes, section 10.1).
package struct RegressionMetrics: Sendable, Equatable {
  package let rowCount: Int
  package let meanSquaredError: Double
  package let meanAbsoluteError: Double
  /// Root mean squared difference of log(1 + x); NaN if an actual or predicted value is below -1.
  package let rootMeanSquaredLogError: Double
  package let r2: Double
  package let meanResidualDeviance: Double

  /// The metric of the user's own; nil if there is none.
  package let custom: Double?

  package var rootMeanSquaredError: Double { meanSquaredError.squareRoot() }

  /// Metrics of rows whose actual value is known.
  ///
  /// - Parameters:
  ///   - parts: Responses, which are rounded to single precision first, as in H2O, beside predictions.
  ///   - options: Which further metrics are wanted.
  ///   - deviance: The deviance of one row of weight 1 from actual, not rounded, and predicted value.
  package init(
    _ parts: [ScoredRows], options: MetricOptions = MetricOptions(), deviance: (Double, Double) -> Double
  ) {
    var count = 0
    var (total, squares, absolutes, logs, deviances) = (0.0, 0.0, 0.0, 0.0, 0.0)
    var (sum, sumOfSquares) = (0.0, 0.0)
    for part in parts {
      part.forEachRow(width: 1) { exact, predictions, weight in
        let actual = Double(Float(exact))
        let prediction = predictions[predictions.startIndex]
        count += 1
        total += weight
        let error = actual - prediction
        squares += weight * error * error
        absolutes += weight * abs(error)
        let logError = Logarithm.natural(prediction + 1) - Logarithm.natural(actual + 1)
        logs += weight * logError * logError
        deviances += weight * deviance(exact, prediction)
        sum += weight * actual
        sumOfSquares += weight * actual * actual
      }
    }
    rowCount = count
    custom = options.custom?.value(parts, width: 1)
    meanSquaredError = squares / total
    meanAbsoluteError = absolutes / total
    rootMeanSquaredLogError = (logs / total).squareRoot()
    let variance = count > 1 ? sumOfSquares / total - sum / total * (sum / total) : 0
    r2 = 1 - meanSquaredError / variance
    meanResidualDeviance = deviances / total
  }
}
