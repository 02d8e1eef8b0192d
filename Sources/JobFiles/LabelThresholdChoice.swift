package import Documents

/// Where labels of class 1 of two begin: at a probability, or where a criterion is largest.
package enum LabelThresholdChoice: ParameterValue, Hashable {
  case probability(Double)
  case criterion(LabelCriterionChoice)

  package static var typeName: String { "number, or one of \(LabelCriterionChoice.names)" }

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

  /// The probability, where one was given.
  package var probability: Double? {
    guard case .probability(let probability) = self else { return nil }
    return probability
  }

  /// A threshold of 0 or 1 and beyond would give all rows, or nearly none, the same label.
  package static func isThreshold(_ probability: Double) -> Bool { probability > 0 && probability < 1 }

  /// What ``isThreshold(_:)`` accepts, in words that follow "must be".
  package static var rangeText: String { "above 0 and below 1" }
}

/// The criteria that a label threshold can make largest; H2O's names, and the usual ones of two of them.
package enum LabelCriterionChoice: String, ParameterChoice {
  case f1
  case accuracy
  /// Matthews' correlation coefficient.
  case mcc
  /// True positive rate minus false positive rate; largest where H2O's mean_per_class_accuracy is.
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
