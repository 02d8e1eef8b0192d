/// What wrong decisions between two classes cost, in any unit; right ones cost nothing.
package struct DecisionCosts: Sendable, Hashable {
  /// The cost of a row of the first class with the label of the second.
  package let falsePositive: Double
  /// The cost of a row of the second class with the label of the first.
  package let falseNegative: Double

  package init(falsePositive: Double, falseNegative: Double) {
    self.falsePositive = falsePositive
    self.falseNegative = falseNegative
  }

  /// Returns the cost per row if rows from `threshold` on get the label of the second class; NaN without rows.
  package func mean(_ table: ThresholdTable, from threshold: Double) -> Double {
    guard let index = table.index(from: threshold) else {
      return falseNegative * table.positives / (table.positives + table.negatives)
    }
    return total(table, at: index) / (table.positives + table.negatives)
  }

  /// Returns the index of the threshold with the smallest cost, of several the highest; nil without rows of both classes.
  func best(_ table: ThresholdTable) -> Int? {
    guard table.positives > 0, table.negatives > 0 else { return nil }
    return table.indexOfMaximum { -total(table, at: $0) }
  }

  private func total(_ table: ThresholdTable, at index: Int) -> Double {
    falsePositive * table.falsePositives[index] + falseNegative * (table.positives - table.truePositives[index])
  }
}
