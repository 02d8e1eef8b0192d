internal import Wording

/// A table of text with a header, in columns that are as wide as their content.
///
/// Columns are separated by two blanks, so that long names never touch the next column.
struct TextTable {
  /// A column of the table.
  struct Column: Sendable {
    enum Alignment: Sendable {
      case left
      case right
    }

    let title: String
    let alignment: Alignment
    /// A text that tells as little as an empty cell if all rows have it.
    let blank: String?

    static func left(_ title: String) -> Column { Column(title: title, alignment: .left, blank: nil) }
    static func right(_ title: String, blank: String? = nil) -> Column {
      Column(title: title, alignment: .right, blank: blank)
    }
  }

  /// The text of an empty cell, so that scripts find the same number of columns in every line.
  private static let empty = "-"
  private static let gap = "  "

  private let columns: [Column]
  private var rows: [[String]] = []

  init(_ columns: [Column]) { self.columns = columns }

  /// Adds a row with a text per column; nil and empty texts are shown as `-`.
  mutating func add(_ cells: [String?]) {
    rows.append(cells.map { cell in cell.flatMap { $0.isEmpty ? nil : $0.escapingControls.onOneLine } ?? Self.empty })
  }

  /// Returns whether a column tells something in any row; without rows, all do.
  private func hasContent(_ column: Int) -> Bool {
    rows.isEmpty || rows.contains { ![Self.empty, columns[column].blank].contains($0[column]) }
  }

  /// Returns the lines of the table, the header first.
  ///
  /// `width`: The number of characters to which lines are cut, and the first column to a third of it; nil for no limit.
  /// With a limit, columns without any content are left out.
  func lines(width: Int? = nil) -> [String] {
    let shown = columns.indices.filter { width == nil || hasContent($0) }
    let shownColumns = shown.map { columns[$0] }
    var all = [shownColumns.map(\.title)] + rows.map { row in shown.map { row[$0] } }
    // A long name in the first column would push all others out of the terminal.
    if let width { for row in all.indices { all[row][0] = all[row][0].shortenedInTheMiddle(to: max(1, width / 3)) } }
    let widths = shown.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
    return all.map { cells in
      let line = zip(cells, zip(shownColumns, widths)).map { cell, column in
        let blanks = String(repeating: " ", count: max(0, column.1 - cell.count))
        return column.0.alignment == .left ? cell + blanks : blanks + cell
      }.joined(separator: Self.gap)
      let trimmed = String(line.reversed().drop { $0 == " " }.reversed())
      return width.map(trimmed.shortened) ?? trimmed
    }
  }
}
