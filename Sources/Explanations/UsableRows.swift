internal import DataFrames
internal import Models

/// The rows of a table that a model can score: those with a weight above 0 and a known offset.
struct UsableRows {
  /// The numbers of the rows, in their order.
  let rows: [Int]

  /// - Parameters:
  ///   - frame: The table.
  ///   - model: The model that names the columns of weights and offsets.
  ///   - response: The column whose value must be known; nil if rows without a response are usable.
  init(_ frame: Frame, for model: Model, response: Column? = nil) {
    let weights = model.encoding.weights.flatMap(frame.column(named:))
    let offsets = model.encoding.offset.flatMap(frame.column(named:))
    rows = (0..<frame.rowCount).filter { row in
      if let weights, !(weights.number(at: row) > 0) { return false }
      if let offsets, !offsets.number(at: row).isFinite { return false }
      return response.map { !$0.missing.contains(row) } ?? true
    }
  }
}
