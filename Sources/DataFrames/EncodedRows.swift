/// Rows ready for a network, row after row, in the narrowest form that loses nothing of the engine's precision.
package struct EncodedRows: Sendable {
  /// Numeric inputs, row-major [rows x numeric columns].
  package enum Numerics: Sendable {
    /// Raw values; the input is (byte - subtract) * multiply, column by column.
    case bytes([UInt8], subtract: [Float], multiply: [Float])
    /// Inputs in single precision.
    case singles([Float])
    /// Inputs in double precision.
    case doubles([Double])
  }

  package let rowCount: Int
  package let categoricalCount: Int
  package let numericCount: Int
  /// Input unit of each categorical column, row-major [rows x categorical columns]; -1 where none is on.
  let units: [Int32]
  package let numerics: Numerics
  /// Class index, or response in training units.
  ///
  /// NaN where it is missing. Empty without a response.
  package let targets: [Double]
  /// Weight of each row; nil where every row has weight 1.
  package let weights: [Double]?
  /// Offset of each row, in the units of the column; nil where there is none.
  package let offsets: [Double]?
  /// Rows that hold a missing predictor.
  package let incomplete: RowSet

  init(
    rowCount: Int, categoricalCount: Int, numericCount: Int, units: [Int32], numerics: Numerics, targets: [Double],
    weights: [Double]?, offsets: [Double]?, incomplete: RowSet
  ) {
    self.rowCount = rowCount
    self.categoricalCount = categoricalCount
    self.numericCount = numericCount
    self.units = units
    self.numerics = numerics
    self.targets = targets
    self.weights = weights
    self.offsets = offsets
    self.incomplete = incomplete
  }
}
