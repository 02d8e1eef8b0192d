internal import DataFrames
internal import DurableFiles
internal import JobFiles
internal import Models
internal import Training
internal import Wording

/// The section about the tables as they were read, and what the model uses of them.
struct DataSection {
  /// Longer tables are folded.
  private static let unfoldedColumns = 20
  /// Further columns are only in `data.json`.
  private static let shownColumns = 1000

  private let content: ReportContent

  init(_ content: ReportContent) { self.content = content }

  var section: ReportPage.Section {
    var section = ReportPage.Section(id: "data", title: "Data")
    guard let tables = content.data else { return section }
    let parts = [("Training table", tables.training)] + (tables.validation.map { [("Validation table", $0)] } ?? [])
    let uses = ColumnUse(content)
    for (title, table) in parts {
      section.notes.append("\(title): \(DescriptionWords.size(table)); \(DescriptionWords.layout(table)).")
      section.notes += table.warnings.map { "Warning: \($0)" }
      section.tables.append(Self.table(table, title: title, uses: uses))
    }
    section.notes += leftOut(of: tables.training, uses)
    return section
  }

  /// Returns sentences about columns and rows of the training table that the model does not use.
  private func leftOut(of table: TableDescription, _ uses: ColumnUse) -> [String] {
    let columns = table.columns.filter { uses.reason(toLeaveOut: $0) != nil }.map(\.name)
    var notes: [String] = []
    if !columns.isEmpty {
      notes.append(
        "\(NumberText.count(columns.count, "column")) left out: \(columns.quoted(atMost: 8)); the reasons are below.")
    }
    let skipped = content.job.skippedColumns
    if !skipped.isEmpty { notes.append("Not read, because of skipped_columns: \(skipped.quoted(atMost: 8)).") }
    if let response = table.columns.first(where: { $0.name == content.model.encoding.response.name }),
      response.missingCount > 0
    {
      notes.append("\(NumberText.count(response.missingCount, "row")) without a response are not used.")
    }
    if content.plan.rowUse.skipsIncomplete { notes.append("Rows with a missing input are skipped.") }
    return notes
  }

  private static func table(_ table: TableDescription, title: String, uses: ColumnUse) -> ReportPage.Table {
    let hidden = table.columns.count - shownColumns
    return .init(
      caption: hidden > 0
        ? "\(title): the first \(shownColumns) columns; \(ResultFolderLayout.dataFile) has all" : "\(title): columns",
      header: [
        .text("column"), .text("use"), .text("type"), .number("missing"), .number("distinct"), .text("values"),
        .text("reason for the type"),
      ],
      rows: table.columns.prefix(shownColumns).map { column in
        .init(cells: [
          .text(column.name), .text(uses.text(column)), .text(column.kind.rawValue),
          .number(NumberText.grouped(column.missingCount)), .number(NumberText.grouped(column.distinctCount)),
          .text(DescriptionWords.values(column)), .text(column.note ?? ""),
        ])
      }, isFolded: table.columns.count > unfoldedColumns)
  }
}
