/// Writes the used part of a sheet as lines of text, one for each row.
///
/// Rows without values, also those above the first, become empty lines: readers skip them, and the
/// lines that messages name are the rows that a spreadsheet shows, unless texts have several lines.
final class SheetWriter: SheetReceiver {
  private let values: SheetValues
  private let columns: Range<Int>
  /// The lines that no one has taken.
  private(set) var text: [UInt8] = []
  private(set) var rowCount = 0
  /// The last row with a line.
  private var row = 0
  /// The column of the field that is being written; nil before the first of a row.
  private var column: Int?
  private var lineStart = 0

  init(_ values: SheetValues, columns: Range<Int>) {
    self.values = values
    self.columns = columns
  }

  func clear() { text.removeAll(keepingCapacity: true) }

  func receive(_ cell: SheetCell, value: UnsafeBufferPointer<UInt8>) throws(XMLProblem) {
    guard cell.content != .empty || cell.isUncomputed, columns.contains(cell.column) else { return }
    if cell.content == .shared {
      guard try !values.shared(cell, value).bytes.isEmpty else { return }
    }
    if column == nil { startLine(cell.row) }
    let position = column ?? columns.lowerBound
    text.append(contentsOf: repeatElement(SheetField.separator, count: max(0, cell.column - position)))
    column = cell.column
    try values.append(cell, value, to: &text)
  }

  func finishRow(_ row: Int) throws(XMLProblem) {
    guard let column else { return }
    text.append(contentsOf: repeatElement(SheetField.separator, count: columns.upperBound - 1 - column))
    if text.count == lineStart { text += [SheetField.quote, SheetField.quote] }
    text.append(SheetField.lineFeed)
    self.column = nil
    self.row = row
    rowCount += 1
  }

  private func startLine(_ next: Int) {
    text.append(contentsOf: repeatElement(SheetField.lineFeed, count: max(0, next - 1 - row)))
    lineStart = text.count
  }
}
