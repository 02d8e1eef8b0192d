internal import Metrics
internal import Wording

/// From which probability on a model of two classes gives the label of the second one, and what decided that.
package struct LabelThreshold: Sendable, Hashable {
  package enum Source: String, Sendable {
    case validation
    /// The rows held out from the models of the folds.
    case crossValidation = "cross_validation"
    case training
    /// By the job, as a number.
    case given

    /// For sentences.
    package var words: String {
      switch self {
      case .validation: "the validation rows"
      case .crossValidation: "the held-out rows of cross-validation"
      case .training: "the training rows"
      case .given: "the job"
      }
    }
  }

  package let value: Double
  package let source: Source

  package init(value: Double, source: Source) {
    self.value = value
    self.source = source
  }
}

extension Model {
  /// The same model with another decision threshold.
  ///
  /// - Throws: ``LabelThresholdError`` where it has none, or the threshold is out of range.
  package func labelled(from threshold: Double) throws(LabelThresholdError) -> Model {
    guard category == "Binomial" else { throw .notTwoClasses(category: category) }
    // 0 or 1 and beyond would give all rows, or nearly none, the same label.
    guard threshold > 0, threshold < 1 else { throw .outOfRange(threshold) }
    var model = self
    model.defaultThreshold = threshold
    return model
  }
}

/// Why a model cannot have a decision threshold.
package enum LabelThresholdError: Error, Hashable, CustomStringConvertible {
  case notTwoClasses(category: String)
  case outOfRange(Double)

  package var description: String {
    switch self {
    case .notTwoClasses(let category):
      "is for models of two classes; this one is of the category \(category), so leave the threshold out"
    case .outOfRange(let threshold): "must be above 0 and below 1, found \(NumberText.shortest(threshold))"
    }
  }
}
