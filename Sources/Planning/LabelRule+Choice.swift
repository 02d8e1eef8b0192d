internal import JobFiles
internal import Metrics

extension LabelRule {
  /// The rule for a value of `label_threshold`.
  init(_ choice: LabelThresholdChoice) {
    switch choice {
    case .probability(let probability): self = .given(probability)
    case .costs(let costs): self = .smallestCost(costs)
    case .criterion(let criterion):
      self =
        switch criterion {
        case .f1: .largest(.f1)
        case .accuracy: .largest(.accuracy)
        case .mcc: .largestCorrelation
        case .f2: .largest(.f2)
        case .f0point5: .largest(.f0point5)
        case .precision: .largest(.precision)
        case .recall: .largest(.recall)
        case .specificity: .largest(.specificity)
        case .absoluteMCC: .largest(.absoluteMCC)
        case .minPerClassAccuracy: .largest(.minPerClassAccuracy)
        // Youden's J = 2 * mean per-class accuracy - 1, so both have the same maximum.
        case .youden, .meanPerClassAccuracy: .largest(.meanPerClassAccuracy)
        }
    }
  }
}
