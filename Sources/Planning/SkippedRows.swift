package import DataFrames
internal import JobFiles

extension TrainingPlanner {
  /// The table to train on: with a weights column, and under the quirk
  /// ``H2OQuirks/skippedRowsLoseTheirWeight``, rows that Skip passes over have the weight 0.
  ///
  /// Throws what ``plan(_:given:seed:)`` throws of the columns.
  package func weighted(_ frame: Frame, seed: Int) throws -> Frame {
    guard compatibility.has(.skippedRowsLoseTheirWeight), job.missingValuesHandling == .skip,
      let name = job.weightsColumn
    else { return frame }
    let encoding = try encoding(of: frame, seed: seed).encoding
    let weights = try frame.column(named: name, for: .weights)
    var skipped = encoding.incompleteRows(of: frame)
    let response = job.responseColumn.flatMap { frame.column(named: $0) }
    if let response { skipped.insert(response.missing, shiftedBy: 0) }
    guard !skipped.isEmpty else { return frame }
    let values = (0..<frame.rowCount).map { skipped.contains($0) ? 0 : weights.number(at: $0) }
    return frame.adding(Column(name: name, values: .doubles(values), missing: RowSet()))
  }
}
