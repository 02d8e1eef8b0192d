package import DataFrames
internal import Wording

/// A description of a table for a terminal of 100 characters: facts about the file, a row per column, the reasons for the
/// types, and warnings.
package struct DescriptionText {
  private static let width = 100
  private static let longestName = 30

  private let table: TableDescription
  private let name: String

  /// - `name`: The name of the table.
  package init(_ table: TableDescription, name: String) {
    self.table = table
    self.name = name
  }

  /// The whole text, with a line end after every line.
  package var text: String {
    let facts = "\(name.onOneLine): \(DescriptionWords.size(table)); \(DescriptionWords.layout(table))"
    let blocks = [facts.wrapped(to: Self.width, indent: "  "), columns, reasons, warnings]
    return blocks.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  private var columns: String {
    let rows = table.columns.map { column in
      [
        column.name.onOneLine.shortened(to: Self.longestName), column.kind.rawValue, String(column.missingCount),
        String(column.distinctCount), DescriptionWords.values(column),
      ]
    }
    let header = ["column", "type", "missing", "distinct", "values"]
    let widths = header.indices.map { index in ([header] + rows).map { $0[index].count }.max() ?? 0 }
    return ([header] + rows).map { row in
      let line =
        row[0].padded(to: widths[0] + 2) + row[1].padded(to: widths[1] + 2) + Self.right(row[2], widths[2])
        + Self.right(row[3], widths[3]) + row[4]
      return String(line.shortened(to: Self.width).trimmingBlanks)
    }.joined(separator: "\n")
  }

  private static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text + "  "
  }

  /// The reasons for the types; columns with the same reason share a line.
  private var reasons: String {
    var names: [String: [String]] = [:]
    var order: [String] = []
    for column in table.columns {
      guard let note = column.note else { continue }
      if names[note] == nil { order.append(note) }
      names[note, default: []].append(column.name.onOneLine)
    }
    guard !order.isEmpty else { return "" }
    let lines = order.map { note in
      Self.item("\((names[note] ?? []).joined(separator: ", ")): \(note)")
    }
    return (["why these types:"] + lines).joined(separator: "\n")
  }

  private var warnings: String {
    guard !table.warnings.isEmpty else { return "" }
    let lines = table.warnings.map { Self.item($0.onOneLine) }
    return (["warnings:"] + lines).joined(separator: "\n")
  }

  /// Returns a text indented by two blanks, and by four after its first line.
  private static func item(_ text: String) -> String {
    let indent = "  "
    return indent + text.wrapped(to: width - indent.count, indent: indent + indent)
  }
}

extension String {
  /// The text without blanks at its end.
  fileprivate var trimmingBlanks: Substring {
    self[..<(lastIndex { $0 != " " }.map { index(after: $0) } ?? startIndex)]
  }
}
