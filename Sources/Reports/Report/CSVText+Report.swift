internal import Charts

extension CSVText {
  /// Returns the table for a page, with numbers rounded for reading.
  func reportTable(caption: String, isFolded: Bool = false, markedRow: Int? = nil) -> ReportPage.Table {
    let isNumber = header.indices.map { column in
      rows.contains { if case .text = $0[column] { false } else { true } }
    }
    return .init(
      caption: caption, header: zip(header, isNumber).map { .init(text: $0, isNumber: $1) },
      rows: rows.enumerated().map { index, row in
        .init(
          cells: zip(row, isNumber).map { cell, isNumber in .init(text: cell.reportText, isNumber: isNumber) },
          isMarked: index == markedRow)
      }, isFolded: isFolded)
  }
}

extension CSVText.Cell {
  fileprivate var reportText: String {
    switch self {
    case .text(let text): text
    case .number(let value): ChartNumber.text(value)
    case .int(let value): String(value)
    case .empty: ""
    }
  }
}
