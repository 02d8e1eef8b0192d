/// Collects the scores of rows of two classes, in parts, and builds their threshold table.
struct ThresholdTableBuilder {
  /// A row; its weight is negative for class 0.
  private struct Row {
    let score: Double
    let signedWeight: Double
  }

  private let curve: MetricRules.Curve
  private var rows: [Row] = []
  private var histogram = AUCHistogram()
  /// The histogram of the current part.
  private var part = AUCHistogram()
  private var isFirstPart = true

  init(_ curve: MetricRules.Curve) { self.curve = curve }

  /// Adds one row with a weight above 0.
  mutating func insert(_ score: Double, isPositive: Bool, weight: Double) {
    switch curve {
    case .exact: rows.append(Row(score: score, signedWeight: isPositive ? weight : -weight))
    case .bins: part.insert(score, isPositive: isPositive, weight: weight)
    }
  }

  /// Ends a part; as in H2O's cross-validation, each part first has its own histogram.
  mutating func endPart() {
    guard curve == .bins else { return }
    if isFirstPart { histogram = part } else { histogram.merge(part) }
    isFirstPart = false
    part = AUCHistogram()
  }

  /// Returns the table of all ended parts; sorting n rows takes O(n log n) steps.
  consuming func table() -> ThresholdTable {
    guard curve == .exact else { return ThresholdTable(histogram) }
    var sorted = rows
    rows = []
    sorted.sort { $0.score > $1.score }
    var steps: [ThresholdTable.Step] = []
    for row in sorted {
      let (positives, negatives) = (max(0, row.signedWeight), max(0, -row.signedWeight))
      if let last = steps.last, last.threshold == row.score {
        steps[steps.count - 1].positives += positives
        steps[steps.count - 1].negatives += negatives
      } else {
        steps.append(.init(threshold: row.score, positives: positives, negatives: negatives))
      }
    }
    return ThresholdTable(steps)
  }
}
