internal import Metrics
internal import Wording

/// The decision threshold of a model of two classes, and its source.
///
/// Rows get the label of the second class if its probability reaches the threshold.
package struct LabelThreshold: Sendable, Hashable {
  package enum Source: String, Sendable {
    case validation
    /// The rows held out from the models of the folds.
    case crossValidation = "cross_validation"
    case training
    /// A number in the job.
    case given

    /// The source in the words of a sentence.
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
  /// Returns the same model with another decision threshold.
  ///
  /// - Throws: ``LabelThresholdError`` if the model has no threshold, or if `threshold` is out of range.
  package func labelled(from threshold: Double) throws(LabelThresholdError) -> Model {
    guard category == "Binomial" else { throw .notTwoClasses(category: category) }
    // A threshold of 0 or less, or of 1 or more, would give all rows, or nearly all, the same label.
    guard threshold > 0, threshold < 1 else { throw .outOfRange(threshold) }
    var model = self
    model.defaultThreshold = threshold
    return model
  }
}

/// The reason why a model cannot have a decision threshold.
package enum LabelThresholdError: Error, Hashable, CustomStringConvertible {
  case notTwoClasses(category: String)
  case outOfRange(Double)

  package var description: String {
    switch self {
    case .notTwoClasses(let category):
      "is for models of two classes; this model's category is \(category), so leave the threshold out"
    case .outOfRange(let threshold): "must be above 0 and below 1, found \(NumberText.shortest(threshold))"
    }
  }
}
