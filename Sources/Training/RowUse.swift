package import DataFrames

/// The use that training makes of the rows of its table.
package struct RowUse: Sendable {
  /// The rules of the tables for training and scoring.
  package let rules: TableRules
  /// Whether rows with a missing predictor are skipped.
  package let skipsIncomplete: Bool
  /// Whether rows are drawn by their weight, as H2O does for weights that are neither constant nor 0 and 1.
  package let drawsByWeight: Bool
  /// The balanced classes; nil if the table is used as it is.
  package let balance: ClassBalance?
  /// The factor of the loss of each class; nil without class_weight.
  package let classWeights: [Double]?

  package init(
    rules: TableRules, skipsIncomplete: Bool, drawsByWeight: Bool, balance: ClassBalance?, classWeights: [Double]?
  ) {
    self.rules = rules
    self.skipsIncomplete = skipsIncomplete
    self.drawsByWeight = drawsByWeight
    self.balance = balance
    self.classWeights = classWeights
  }
}
