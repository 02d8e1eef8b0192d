internal import DataFrames
internal import JobFiles

/// What class_weight and missing_indicators mean for a plan.
extension TrainingPlanner {
  /// Under Skip no row with a gap is trained on, so that indicators would never be 1.
  var addsMissingIndicators: Bool { job.missingIndicators && job.missingValuesHandling != .skip }

  /// The weight of each class, for plan.yaml.
  func resolvedWeights(_ weights: [Double]?, _ response: Column?) -> [(key: String, text: String)] {
    guard let weights, let classes = response?.levels else { return [] }
    return [(ParameterCatalogue.shared.classWeight.key, Dictionary(uniqueKeysWithValues: zip(classes, weights)).text)]
  }

  func gapWarnings(_ encoding: RowEncoding) -> [String] {
    guard addsMissingIndicators, encoding.indicators.isEmpty else { return [] }
    return ["missing_indicators has no effect: no numeric predictor lacks a value in a row that is trained on"]
  }
}
