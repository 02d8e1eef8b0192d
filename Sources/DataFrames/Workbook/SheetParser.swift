/// A cell of a sheet.
struct SheetCell {
  enum Content {
    case empty
    case number
    case text
    /// The number of a shared text.
    case shared
    case boolean
    case error
  }

  /// Counted from 1.
  var row = 0
  /// Counted from 0.
  var column = 0
  var style = 0
  var content = Content.empty
  /// True for a formula whose value the writing program did not store.
  var isUncomputed = false
}

/// Receives the cells of a sheet, row by row and from left to right.
protocol SheetReceiver: AnyObject {
  /// Receives a cell; `value` is its stored value.
  func receive(_ cell: SheetCell, value: UnsafeBufferPointer<UInt8>) throws(XMLProblem)
  /// Receives the end of a row.
  func finishRow(_ row: Int) throws(XMLProblem)
}

/// Finds the cells in the XML of a sheet.
final class SheetParser: XMLHandler {
  private let receiver: any SheetReceiver
  private(set) var mergedAreas = 0

  private var isInCells = false
  private var isInRow = false
  private var row = 0
  /// The column of the last cell in the row, from 0; -1 before the first.
  private var column = -1
  private var cell: SheetCell?
  private var hasFormula = false
  private var isInValue = false
  private var notes = 0
  private var value = CellText()

  init(_ receiver: any SheetReceiver) { self.receiver = receiver }

  func start(_ element: XMLName, _ attributes: XMLAttributes) throws(XMLProblem) {
    guard isInCells else {
      switch element {
      case "sheetData": isInCells = true
      case "mergeCell": mergedAreas += 1
      default: break
      }
      return
    }
    switch element {
    case "c": try startCell(attributes)
    case "v": isInValue = cell != nil
    case "row": try startRow(attributes)
    case "f": hasFormula = true
    case "t": isInValue = cell != nil && notes == 0
    case "rPh": notes += 1
    default: break
    }
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(XMLProblem) {
    if isInValue { try value.append(bytes) }
  }

  func end(_ element: XMLName) throws(XMLProblem) {
    guard isInCells else { return }
    switch element {
    case "v", "t": isInValue = false
    case "c": try endCell()
    case "row":
      isInRow = false
      try receiver.finishRow(row)
    case "rPh": notes -= 1
    case "sheetData": isInCells = false
    default: break
    }
  }

  private func startRow(_ attributes: XMLAttributes) throws(XMLProblem) {
    guard !isInRow else { throw XMLProblem("a row inside row \(row)") }
    var next = row + 1
    if let stated = attributes["r"] {
      guard let number = stated.number, number > row else {
        throw XMLProblem("row '\(stated.text.prefix(20))' follows row \(row)")
      }
      next = number
    }
    guard next <= CellReference.maximumRows else {
      throw XMLProblem("row \(next); a sheet has at most \(CellReference.maximumRows) rows")
    }
    row = next
    column = -1
    isInRow = true
  }

  private func startCell(_ attributes: XMLAttributes) throws(XMLProblem) {
    guard isInRow, cell == nil else { throw XMLProblem("a cell outside of a row") }
    var next = SheetCell(row: row, column: column + 1, content: .number)
    var problem: XMLProblem?
    attributes.forEach { name, value in
      switch name {
      case "r":
        if let reference = CellReference(value), reference.row == row, reference.column > column {
          next.column = reference.column
        } else {
          problem = XMLProblem("cell '\(value.text.prefix(20))' in row \(row), after column \(column + 1)")
        }
      case "s": next.style = value.number ?? 0
      case "t": next.content = Self.content(XMLName(value.start))
      default: break
      }
    }
    if let problem { throw problem }
    guard next.column < CellReference.maximumColumns else {
      throw XMLProblem("row \(row) has more than \(CellReference.maximumColumns) columns")
    }
    column = next.column
    cell = next
    hasFormula = false
    value.clear()
  }

  private static func content(_ type: XMLName) -> SheetCell.Content {
    switch type {
    case "s": .shared
    case "n": .number
    case "b": .boolean
    case "e": .error
    // Formulas (str), inline texts and dates in ISO 8601 (d).
    default: .text
    }
  }

  private func endCell() throws(XMLProblem) {
    guard var cell else { return }
    self.cell = nil
    isInValue = false
    if cell.content == .text { value.unescape() }
    if value.bytes.isEmpty {
      cell.isUncomputed = hasFormula && cell.content == .number
      cell.content = .empty
    }
    var problem: XMLProblem?
    value.bytes.withUnsafeBufferPointer { bytes in
      do throws(XMLProblem) { try receiver.receive(cell, value: bytes) } catch { problem = error }
    }
    if let problem { throw problem }
  }
}
