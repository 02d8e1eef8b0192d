internal import DataFrames
internal import JobFiles

/// The usable rows of a training table, and why the others are unusable.
struct RowUsage {
  private let rowCount: Int
  private let unusable: RowSet
  /// The reasons with their numbers of rows; each row counts under the first reason that applies.
  private var reasons: [(reason: String, count: Int)] = []

  let usableRows: Int

  init(_ frame: Frame, job: JobFile, encoding: RowEncoding) {
    rowCount = frame.rowCount
    var unusable = RowSet()
    var (withoutResponse, withoutWeight, incomplete) = (0, 0, 0)
    let response = job.responseColumn.flatMap { frame.column(named: $0) }
    let weights = job.weightsColumn.flatMap { frame.column(named: $0) }
    let gaps = job.missingValuesHandling == .skip ? encoding.incompleteRows(of: frame) : RowSet()
    for row in 0..<frame.rowCount {
      let lacksResponse = response?.missing.contains(row) == true
      let hasNoWeight = weights.map { !($0.number(at: row) > 0) } ?? false
      let isIncomplete = gaps.contains(row)
      guard lacksResponse || hasNoWeight || isIncomplete else { continue }
      unusable.insert(row)
      if lacksResponse { withoutResponse += 1 } else if hasNoWeight { withoutWeight += 1 } else { incomplete += 1 }
    }
    self.unusable = unusable
    usableRows = frame.rowCount - unusable.count
    // The models of folds would repeat the warning of the main model.
    guard job.weightsColumn != FoldAssignment.weightsColumn else { return }
    if withoutResponse > 0 { reasons.append(("have no response", withoutResponse)) }
    if withoutWeight > 0 { reasons.append(("have weight 0", withoutWeight)) }
    if incomplete > 0 { reasons.append(("have a missing value (missing_values_handling is Skip)", incomplete)) }
  }

  func isUsable(_ row: Int) -> Bool { !unusable.contains(row) }

  /// A warning such as `213 of 257 rows used: 44 have no response`; nil if all rows are used.
  var sentence: String? {
    guard !reasons.isEmpty else { return nil }
    return "\(usableRows) of \(rowCount) rows used: "
      + reasons.map { "\($0.count) \($0.reason)" }.joined(separator: ", ")
  }
}
