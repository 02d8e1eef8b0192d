package import DataFrames
internal import JobFiles

extension TrainingPlanner {
  /// Returns the table to train on.
  ///
  /// With a weights column and the quirk ``H2OQuirks/skippedRowsLoseTheirWeight``, rows that Skip
  /// leaves out get weight 0.
  ///
  /// - Throws: Errors about columns, as ``plan(_:given:seed:basis:)``.
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
