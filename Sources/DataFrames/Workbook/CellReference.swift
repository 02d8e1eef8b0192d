/// The place of a cell, such as `B7`.
struct CellReference: Equatable {
  /// The size of a sheet in Excel since 2007.
  static let maximumRows = 1 << 20
  static let maximumColumns = 1 << 14

  /// Counted from 1.
  let row: Int
  /// Counted from 0.
  let column: Int

  /// Reads a reference; nil if it is invalid or beyond the size of a sheet.
  init?(_ text: XMLValue) {
    var index = 0
    var (column, row) = (0, 0)
    while true {
      let letter = Int(UInt8(bitPattern: text.start[index]) | 0x20) - 96
      guard (1...26).contains(letter) else { break }
      column = column * 26 + letter
      guard column <= Self.maximumColumns else { return nil }
      index += 1
    }
    while text.start[index] != 0 {
      let digit = Int(text.start[index]) - 48
      guard (0...9).contains(digit) else { return nil }
      row = row * 10 + digit
      guard row <= Self.maximumRows else { return nil }
      index += 1
    }
    guard column > 0, row > 0 else { return nil }
    (self.row, self.column) = (row, column - 1)
  }

  /// Returns the letters of a column, as in `AB`.
  static func letters(_ column: Int) -> String {
    var letters = ""
    var rest = column + 1
    while rest > 0 {
      letters = String(UnicodeScalar(UInt8(65 + (rest - 1) % 26))) + letters
      rest = (rest - 1) / 26
    }
    return letters
  }
}
