package import DataFrames
internal import DeepLearning
package import Models

/// Rows of the training table with which the rows to explain are compared.
package struct Background: Sendable, Equatable, Codable {
  /// The maximum number of inputs of all rows together; wider tables keep fewer rows.
  package static let maximumInputs = 1 << 18

  /// The inputs of the rows.
  package let rows: PlainRows
  /// The mean of what the offsets of the rows add to the margin.
  package let meanOffset: Double

  package init(rows: PlainRows, meanOffset: Double) {
    self.rows = rows
    self.meanOffset = meanOffset
  }

  /// Encodes rows of a table.
  ///
  /// - Parameters:
  ///   - frame: The table.
  ///   - model: The model that will be explained.
  ///   - count: The number of rows to draw; a table with fewer rows is used as it is.
  ///   - seed: The seed of the draw.
  /// - Throws: `FrameError` if the table does not fit the model.
  package init(_ frame: Frame, for model: Model, count: Int, seed: UInt64) throws(FrameError) {
    let usable = UsableRows(frame, for: model).rows
    let inputs = max(1, model.encoding.categoricals.count + model.encoding.numerics.count)
    let drawn = RowDraw(seed: seed).rows(
      min(count, max(1, Self.maximumInputs / inputs)), of: usable)
    let encoded = try model.encode(frame.selecting(drawn), isForPrediction: true).rows
    let shifts = OffsetShift(model).shifts(encoded) ?? []
    self.init(
      rows: PlainRows(encoded), meanOffset: shifts.isEmpty ? 0 : shifts.reduce(0, +) / Double(shifts.count))
  }

  /// The background with its first rows only.
  package func prefix(_ count: Int) -> Background {
    count < rows.rowCount ? Background(rows: rows.prefix(count), meanOffset: meanOffset) : self
  }

  /// Returns true if a stored background fits the model.
  package func isSound(for model: Model) -> Bool {
    let isDouble =
      switch model.rules.network.arithmetic {
      case .mixedPrecision: true
      case .singlePrecision: false
      }
    return rows.rowCount > 0 && meanOffset.isFinite && rows.isSound(for: model.encoding, isDouble: isDouble)
  }
}

/// What the offsets of rows add to the margin.
struct OffsetShift {
  private let rule: OffsetRule
  private let multiply: Double

  init(_ model: Model) {
    rule = OffsetRule(model.encoding.response, meaning: model.rules.tables.offsets)
    if case .number(_, _, let multiply) = model.encoding.response { self.multiply = multiply } else { multiply = 1 }
  }

  /// Returns the summand of each row; nil without offsets.
  func shifts(_ rows: EncodedRows) -> [Double]? {
    rows.offsets.map { offsets in offsets.map { rule.outputOffset($0) / multiply } }
  }
}
