internal import DataFrames
internal import DurableFiles

/// The section about the tables as they were read.
struct DataSection {
  /// Longer tables are folded.
  private static let unfoldedColumns = 20
  /// Further columns are only in `data.json`.
  private static let shownColumns = 1000

  private let tables: DescribedTables?

  init(_ content: ReportContent) { tables = content.data }

  var section: ReportPage.Section {
    var section = ReportPage.Section(id: "data", title: "Data")
    guard let tables else { return section }
    let parts = [("Training table", tables.training)] + (tables.validation.map { [("Validation table", $0)] } ?? [])
    for (title, table) in parts {
      section.notes.append("\(title): \(DescriptionWords.size(table)); \(DescriptionWords.layout(table)).")
      section.notes += table.warnings.map { "Warning: \($0)" }
      section.tables.append(Self.table(table, title: title))
    }
    return section
  }

  private static func table(_ table: TableDescription, title: String) -> ReportPage.Table {
    let hidden = table.columns.count - shownColumns
    return .init(
      caption: hidden > 0
        ? "\(title): the first \(shownColumns) columns; \(ResultFolderLayout.dataFile) has all" : "\(title): columns",
      header: [
        .text("column"), .text("type"), .number("missing"), .number("distinct"), .text("values"), .text("reason"),
      ],
      rows: table.columns.prefix(shownColumns).map { column in
        .init(cells: [
          .text(column.name), .text(column.kind.rawValue), .number(String(column.missingCount)),
          .number(String(column.distinctCount)), .text(DescriptionWords.values(column)), .text(column.note ?? ""),
        ])
      }, isFolded: table.columns.count > unfoldedColumns)
  }
}
