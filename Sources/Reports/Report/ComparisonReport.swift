internal import Wording

/// The page that compares finished models: their parameters that differ, and their metrics side by side.
package struct ComparisonReport {
  /// A table with a column per model.
  package struct Table: Sendable {
    package let id: String
    package let title: String
    /// The title of the first column.
    package let subject: String
    package let rows: [Row]
    /// A sentence above the table; empty for none.
    package let note: String

    package init(id: String, title: String, subject: String, rows: [Row], note: String = "") {
      self.id = id
      self.title = title
      self.subject = subject
      self.rows = rows
      self.note = note
    }
  }

  /// A row with a text per model.
  package struct Row: Sendable {
    package let name: String
    package let cells: [String]
    /// The columns with the best value.
    package let best: Set<Int>

    package init(name: String, cells: [String], best: Set<Int> = []) {
      self.name = name
      self.cells = cells
      self.best = best
    }
  }

  private static let bestMark = "★"
  private static let longValue = 24

  /// Returns the name of a metric, or of a figure of the training, in words.
  package static func label(_ name: String) -> String {
    switch name {
    case "parameters": "weights and biases"
    case "samples": "rows trained"
    default: MetricSections.label(name)
    }
  }

  private let models: [String]
  private let tables: [Table]
  private let warnings: [String]

  /// Creates the page.
  ///
  /// - Parameters:
  ///   - models: The titles of the models.
  ///   - tables: The tables, with a cell per model in each row.
  ///   - warnings: Sentences about what makes the models hard to compare.
  package init(models: [String], tables: [Table], warnings: [String]) {
    self.models = models
    self.tables = tables
    self.warnings = warnings
  }

  /// - Throws: Only if the program has a bug.
  package func html() throws -> String {
    let hasBest = tables.contains { $0.rows.contains { !$0.best.isEmpty } }
    return try ReportPage(
      title: models.joined(separator: ", "), kind: "Comparison of \(models.count) models",
      status: hasBest ? "\(Self.bestMark) marks the best value of a row." : "", cards: [], warnings: warnings,
      sections: tables.map(section), footer: "Written by deepspool \(Product.version)."
    ).html()
  }

  private func section(_ table: Table) -> ReportPage.Section {
    guard !table.rows.isEmpty else { return .init(id: table.id, title: table.title, notes: ["None."]) }
    let rows = table.rows.map { row in
      ReportPage.Row(
        cells: [.text(row.name)]
          + row.cells.enumerated().map { index, text in
            // Long values, such as the types of columns, are set in several lines.
            text.count > Self.longValue
              ? .text(text) : .number(row.best.contains(index) ? "\(text) \(Self.bestMark)" : text)
          })
    }
    return .init(
      id: table.id, title: table.title, notes: table.note.isEmpty ? [] : [table.note],
      tables: [
        .init(caption: table.title, header: [.text(table.subject)] + models.map(ReportPage.Cell.number), rows: rows)
      ])
  }
}
