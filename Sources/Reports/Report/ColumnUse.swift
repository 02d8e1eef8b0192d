internal import DataFrames
internal import JobFiles
internal import Models

/// The use of a table's columns by a model.
struct ColumnUse {
  private let job: JobFile
  private let inputs: Set<String>
  private let indicated: Set<String>
  private let roles: [String: String]

  init(_ content: ReportContent) {
    let (job, encoding) = (content.job, content.model.encoding)
    self.job = job
    inputs = Set(encoding.sources.map(\.name))
    indicated = Set(encoding.indicators)
    let named: [(String?, String)] = [
      (encoding.response.name, "response"), (job.weightsColumn, "weights"), (job.offsetColumn, "offset"),
      (job.foldColumn, "folds"), (job.groupColumn, "groups"),
    ]
    roles = Dictionary(named.compactMap { name, role in name.map { ($0, role) } }) { first, _ in first }
  }

  func text(_ column: ColumnDescription) -> String {
    if let role = roles[column.name] { return role }
    if let reason = reason(toLeaveOut: column) { return "left out: \(reason)" }
    return indicated.contains(column.name) ? "input, and an indicator of missing values" : "input"
  }

  /// Returns the reason why the model does not use a column; nil if it does.
  func reason(toLeaveOut column: ColumnDescription) -> String? {
    guard roles[column.name] == nil, !inputs.contains(column.name) else { return nil }
    if job.ignoredColumns.contains(column.name) { return "in ignored_columns" }
    if column.distinctCount == 0 { return "no values" }
    if column.kind == .string { return "text" }
    return column.distinctCount == 1 ? "constant" : "not an input of the model"
  }
}
