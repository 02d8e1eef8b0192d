internal import Charts
internal import DurableFiles
internal import Models

/// The section about the importances of columns, with their levels below.
struct ImportanceSection {
  private static let shownColumns = 15
  /// The number of levels below each column of the chart.
  private static let shownLevels = 4
  /// The number of rows of the table; the CSV file has all.
  private static let shownInputs = 200

  private let content: ReportContent
  private let columns: [ColumnImportance]

  /// - `ranked`: The inputs by descending importance; empty for a page without them.
  init(_ content: ReportContent, _ ranked: [InputImportance]) {
    self.content = content
    columns = ColumnImportance.all(ranked, content.model.encoding)
  }

  var section: ReportPage.Section {
    var section = ReportPage.Section(id: "importances", title: "Variable importances")
    guard !columns.isEmpty else { return section }
    section.notes = [
      "The share of each column in the total importance, computed from the weights of the first two layers "
        + "(Gedeon 1997). The share of a column is the sum of those of its levels, so a column with many levels may rank "
        + "high although predictions hardly depend on it; the permutation importance measures how much they do."
        + (columns.count > Self.shownColumns
          ? " The first \(Self.shownColumns) of \(columns.count) columns; \(ResultFolderLayout.columnImportancesFile) "
            + "has all." : "")
    ]
    let bars = columns.prefix(Self.shownColumns).flatMap { column in
      [BarChart.Bar(name: column.name, value: column.share)]
        + column.parts.prefix(Self.shownLevels).map { .init(name: $0.name, value: $0.share, isPart: true) }
    }
    let chart = BarChart(title: "importances of columns and their levels", bars: bars)
    section.charts = [.init(caption: "Share of the importance", markup: chart.markup)].compactMap { $0 }
    let rows = columns.flatMap { column -> [ReportPage.Row] in
      [.init(cells: [.text(column.name), .text(""), .number(column.share)], isMarked: !column.parts.isEmpty)]
        + column.parts.map { .init(cells: [.text(""), .text($0.name), .number($0.share)]) }
    }
    let shown = columns.prefix(Self.shownColumns)
    let hasLevels = shown.contains { !$0.parts.isEmpty }
    section.tables = [
      .init(
        caption: "Columns",
        header: [.text("column"), .number("share")]
          + (hasLevels ? [.text("most important level"), .number("its share")] : []),
        rows: shown.map { column in
          .init(cells: [.text(column.name), .number(column.share)] + (hasLevels ? Self.level(column) : []))
        }),
      .init(
        caption: rows.count > Self.shownInputs
          ? "The first \(Self.shownInputs) columns and levels; \(ResultFolderLayout.importancesFile) has all"
          : "All columns with their levels",
        header: [.text("column"), .text("level"), .number("share")], rows: Array(rows.prefix(Self.shownInputs)),
        isFolded: true),
    ]
    return section
  }

  /// The cells of the most important level; empty for a column without levels.
  private static func level(_ column: ColumnImportance) -> [ReportPage.Cell] {
    guard let level = column.parts.first else { return [.text(""), .number("")] }
    return [.text(level.name), .number(level.share)]
  }
}
