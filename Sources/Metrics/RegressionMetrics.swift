/// Metrics of a model that predicts numbers (h2o-behaviour.md#regression-metrics).
package struct RegressionMetrics: Sendable, Equatable {
  package let rowCount: Int
  package let meanSquaredError: Double
  package let meanAbsoluteError: Double
  /// The root mean squared difference of log(1 + x); NaN if an actual or predicted value is below -1.
  package let rootMeanSquaredLogError: Double
  package let r2: Double
  package let meanResidualDeviance: Double

  /// The user-defined metric; nil without one.
  package let custom: Double?

  package var rootMeanSquaredError: Double { meanSquaredError.squareRoot() }

  /// Computes the metrics of rows with a known actual value.
  ///
  /// - Parameters:
  ///   - parts: Responses and predictions.
  ///   - options: The requested further metrics, and their precision.
  ///   - deviance: Returns the deviance of a row of weight 1 from its actual value, not rounded, and its prediction.
  package init(
    _ parts: [ScoredRows], options: MetricOptions = MetricOptions(), deviance: (Double, Double) -> Double
  ) {
    let rounds = options.rules.responsePrecision == .single
    var sums = Sums()
    for part in parts {
      part.forEachRow(width: 1) { exact, predictions, weight in
        let prediction = predictions[predictions.startIndex]
        sums.add(
          actual: rounds ? Double(Float(exact)) : exact, prediction: prediction, deviance: deviance(exact, prediction),
          weight: weight)
      }
    }
    rowCount = sums.count
    custom = options.custom?.value(parts, width: 1)
    meanSquaredError = sums.squares / sums.weight
    meanAbsoluteError = sums.absolutes / sums.weight
    rootMeanSquaredLogError = (sums.logs / sums.weight).squareRoot()
    r2 = 1 - meanSquaredError / (rounds ? sums.variance : Self.variance(parts, mean: sums.mean, weight: sums.weight))
    meanResidualDeviance = sums.deviances / sums.weight
  }

  /// Computes the variance around a known mean: for large responses, a difference of two sums would
  /// have no correct digit.
  private static func variance(_ parts: [ScoredRows], mean: Double, weight: Double) -> Double {
    var squares = 0.0
    for part in parts {
      part.forEachRow(width: 1) { actual, _, weight in squares += weight * (actual - mean) * (actual - mean) }
    }
    return squares / weight
  }

  private struct Sums {
    var (count, weight) = (0, 0.0)
    var (squares, absolutes, logs, deviances) = (0.0, 0.0, 0.0, 0.0)
    private var (sum, sumOfSquares) = (0.0, 0.0)

    var mean: Double { sum / weight }
    /// The one-pass variance that H2O computes; for large responses, no digit of it is correct.
    var variance: Double {
      guard count > 1 else { return 0 }
      let deviation = (sumOfSquares / weight - (sum * sum) / (weight * weight)).squareRoot()
      return deviation * deviation
    }

    mutating func add(actual: Double, prediction: Double, deviance: Double, weight: Double) {
      count += 1
      self.weight += weight
      let error = actual - prediction
      squares += weight * error * error
      absolutes += weight * abs(error)
      let logError = Logarithm.natural(prediction + 1) - Logarithm.natural(actual + 1)
      logs += weight * logError * logError
      deviances += weight * deviance
      sum += weight * actual
      sumOfSquares += weight * actual * actual
    }
  }
}
