internal import JobFiles

/// Writes tables as CSV (RFC 4180), with one line per row, numbers in full precision and empty missing fields.
package struct CSVText: Sendable {
  let header: [String]
  private(set) var rows: [[Cell]] = []

  package init(header: [String]) { self.header = header }

  /// The whole table.
  package var text: String { headerLine + body }

  /// The first line, including its line end.
  package var headerLine: String { Self.line(header.map(Cell.text)) }

  /// All lines after the first.
  package var body: String {
    var text = ""
    for row in rows { text += Self.line(row) }
    return text
  }

  package enum Cell: Sendable {
    case text(String)
    case number(Double)
    case int(Int)
    case empty
  }

  /// The table without rows that have texts only in their first column and no number at all.
  var withoutEmptyRows: CSVText {
    var result = self
    result.rows = rows.filter { row in
      row.dropFirst().contains { cell in
        switch cell {
        case .text, .int: true
        case .number(let value): value.isFinite
        case .empty: false
        }
      }
    }
    return result
  }

  package mutating func append(_ cells: [Cell]) { rows.append(cells) }

  /// Returns a row as a line of the file, including its line end.
  static func line(_ cells: [Cell]) -> String {
    var text = ""
    for (index, cell) in cells.enumerated() {
      if index > 0 { text += "," }
      switch cell {
      case .text(let value): text += quoted(value)
      case .number(let value): if value.isFinite { text += value.text }
      case .int(let value): text += String(value)
      case .empty: break
      }
    }
    return text + "\n"
  }

  private static func quoted(_ field: String) -> String {
    let needsQuotes = field.utf8.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
    guard needsQuotes || field.first == " " || field.last == " " else { return field }
    return "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}
