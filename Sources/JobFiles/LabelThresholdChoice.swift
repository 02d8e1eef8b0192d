package import Documents

/// The decision threshold for the second of two classes: a probability, or a criterion to maximise.
package enum LabelThresholdChoice: ParameterValue, Hashable {
  case probability(Double)
  case criterion(LabelCriterionChoice)

  package static var typeName: String { "number, or one of \(LabelCriterionChoice.names)" }
  package static var words: [ChoiceName] { LabelCriterionChoice.words }

  package static func parse(_ node: DocumentNode) throws(ValueFault) -> LabelThresholdChoice {
    let text = try node.scalarText(expected: typeName)
    guard Double(text) == nil else { return .probability(try Double.parse(node)) }
    return .criterion(try LabelCriterionChoice.parse(node))
  }

  package var text: String {
    switch self {
    case .probability(let probability): probability.text
    case .criterion(let criterion): criterion.text
    }
  }

  /// The probability, if one is given.
  package var probability: Double? {
    guard case .probability(let probability) = self else { return nil }
    return probability
  }

  /// Returns whether the probability can be a threshold.
  ///
  /// With 0 or less, or 1 or more, all or nearly all rows would get the same label.
  package static func isThreshold(_ probability: Double) -> Bool { probability > 0 && probability < 1 }

  /// The range of ``isThreshold(_:)`` in words that follow "must be".
  package static var rangeText: String { "above 0 and below 1" }
}

/// The criteria that a decision threshold can maximise, by H2O's names and two common ones.
package enum LabelCriterionChoice: String, ParameterChoice {
  case f1
  case accuracy
  /// Matthews' correlation coefficient.
  case mcc
  /// The true positive rate minus the false positive rate.
  ///
  /// Its maximum is at the threshold that maximises H2O's mean_per_class_accuracy.
  case youden
  case f2
  case f0point5
  case precision
  case recall
  case specificity
  case absoluteMCC = "absolute_mcc"
  case minPerClassAccuracy = "min_per_class_accuracy"
  case meanPerClassAccuracy = "mean_per_class_accuracy"

  static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
