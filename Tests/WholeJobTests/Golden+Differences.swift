extension Golden {
  /// A difference from H2O's number and its tolerance.
  struct Difference {
    let what: String
    let size: Double
    let tolerance: Double

    var isTolerable: Bool { size <= tolerance }
  }

  /// H2O prints tables with about ten decimals; small cases have nine digits.
  private static let sixDigits = 1e-6
  private static let fiveDigits = 1e-5

  /// Returns the differences in everything stored of a case.
  ///
  /// - `result`: The folder of the same job's result.
  /// - `test`: The table for predictions.
  func differences(_ result: String, test: String) throws -> [Difference] {
    let (six, five) = (Self.sixDigits, Self.fiveDigits)
    let all: [(what: String, size: Double?, tolerance: Double)] = [
      ("predictions", try predictionDifference(Project.predict(result, test)), six),
      ("weights", try weightDifference(result), five), ("metrics", try metricDifference(result), six),
      ("gains and lift", try gainsLiftDifference(result), six), ("history", try historyDifference(result), five),
      ("hit ratios", try hitRatioDifference(result), six),
      ("importances", try importanceDifference(result), five),
      ("model summary", try modelSummaryDifference(result), six),
      ("anomaly and deep features", try autoencoderDifference(result, test), six),
      ("held-out predictions", try heldOutDifference(result), six),
      ("cross-validation summary", try summaryDifference(result), six),
    ]
    return all.compactMap { what, size, tolerance in
      size.map { Difference(what: what, size: $0, tolerance: tolerance) }
    }
  }
}
