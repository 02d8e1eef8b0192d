/// The used part of a sheet, with what reading it again needs to know.
final class SheetExtent: SheetReceiver {
  private let values: SheetValues

  /// The rows with values, counted from 1; empty for an empty sheet.
  private(set) var rows = 0..<0
  /// The columns with values, counted from 0.
  private(set) var columns = 0..<0
  private(set) var filledRows = 0
  private(set) var filledCells = 0
  private(set) var uncomputed = 0
  /// The first formula without a stored value, such as `B7`.
  private(set) var firstUncomputed: String?
  private(set) var durationColumns: Set<Int> = []
  private var evidence = (points: 0, commas: 0)
  /// True if a text is a number with a decimal mark or marks between groups.
  private(set) var hasWrittenNumbers = false
  private var isRowFilled = false

  init(_ values: SheetValues) { self.values = values }

  /// True if the texts of the sheet write numbers with a decimal comma.
  var showsDecimalCommas: Bool { evidence.commas > evidence.points }

  func receive(_ cell: SheetCell, value: UnsafeBufferPointer<UInt8>) throws(XMLProblem) {
    switch cell.content {
    case .empty:
      guard cell.isUncomputed else { return }
      uncomputed += 1
      firstUncomputed = firstUncomputed ?? "\(CellReference.letters(cell.column))\(cell.row)"
    case .shared:
      let text = try values.shared(cell, value)
      guard !text.bytes.isEmpty else { return }
      count(text.evidence)
    case .text: count(DecimalEvidence(value))
    case .number: if values.styles[cell.style] == .duration { durationColumns.insert(cell.column) }
    case .boolean, .error: break
    }
    filledCells += 1
    isRowFilled = true
    if rows.isEmpty { rows = cell.row..<cell.row + 1 }
    rows = rows.lowerBound..<cell.row + 1
    columns =
      columns.isEmpty
      ? cell.column..<cell.column + 1
      : min(columns.lowerBound, cell.column)..<max(columns.upperBound, cell.column + 1)
  }

  func finishRow(_ row: Int) throws(XMLProblem) {
    if isRowFilled { filledRows += 1 }
    isRowFilled = false
  }

  private func count(_ found: DecimalEvidence) {
    if found != .none { hasWrittenNumbers = true }
    switch found {
    case .none, .unclear: break
    case .point: evidence.points += 1
    case .comma: evidence.commas += 1
    }
  }
}
