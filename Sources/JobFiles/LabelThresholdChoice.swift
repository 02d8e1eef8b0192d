package import Documents
package import Metrics

/// The decision threshold for the second of two classes: a probability, a criterion to maximise, or costs to minimise.
package enum LabelThresholdChoice: ParameterValue, Hashable {
  case probability(Double)
  case criterion(LabelCriterionChoice)
  case costs(DecisionCosts)

  package static var typeName: String {
    "number, one of \(LabelCriterionChoice.names), or \(costKeys.joined(separator: " and ")) with their costs"
  }

  package static var words: [ChoiceName] { LabelCriterionChoice.words }

  private static let costKeys = ["false_positive", "false_negative"]

  package static func parse(_ node: DocumentNode) throws(ValueFault) -> LabelThresholdChoice {
    if case .mapping(let entries) = node.content { return try costs(entries, node) }
    let text = try node.scalarText(expected: typeName)
    guard Double(text) == nil else { return .probability(try Double.parse(node)) }
    return .criterion(try LabelCriterionChoice.parse(node))
  }

  private static func costs(
    _ entries: [(key: DocumentKey, value: DocumentNode)], _ node: DocumentNode
  ) throws(ValueFault) -> LabelThresholdChoice {
    var costs: [Double] = []
    for key in costKeys {
      guard let value = entries.first(where: { $0.key.name == key })?.value else {
        throw ValueFault(
          at: node.location, "\(key) is missing; give both costs: {false_positive: 1, false_negative: 5}")
      }
      let cost = try Double.parse(value)
      guard cost > 0, cost.isFinite else {
        throw ValueFault(at: value.location, "\(key) must be above 0 and finite, found \(cost.text)")
      }
      costs.append(cost)
    }
    if let other = entries.first(where: { !costKeys.contains($0.key.name) }) {
      throw ValueFault(
        at: other.key.location,
        "unknown key '\(other.key.name.prefix(40))'; the costs are false_positive and false_negative")
    }
    return .costs(DecisionCosts(falsePositive: costs[0], falseNegative: costs[1]))
  }

  package var text: String {
    switch self {
    case .costs(let costs):
      "{false_positive: \(costs.falsePositive.text), false_negative: \(costs.falseNegative.text)}"
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
