internal import DataFrames
internal import JobFiles

/// The effect of class_weight and missing_indicators on a plan.
extension TrainingPlanner {
  /// Whether missing indicators become inputs; not with Skip, which drops all rows with missing values.
  var addsMissingIndicators: Bool { job.missingIndicators && job.missingValuesHandling != .skip }

  /// Returns the weight of each class for plan.yaml.
  func resolvedWeights(_ weights: [Double]?, _ response: Column?) -> [(key: String, text: String)] {
    guard let weights, let classes = response?.levels else { return [] }
    return [(ParameterCatalogue.shared.classWeight.key, Dictionary(uniqueKeysWithValues: zip(classes, weights)).text)]
  }

  func gapWarnings(_ encoding: RowEncoding) -> [String] {
    guard addsMissingIndicators, encoding.indicators.isEmpty else { return [] }
    return ["missing_indicators has no effect: no numeric predictor has a missing value in a training row"]
  }
}
