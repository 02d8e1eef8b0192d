internal import Wording

/// The texts of values that are not texts, where a job declares them levels.
struct ValueText {
  let column: ParquetColumn

  func text(_ integer: Int64) -> String {
    switch column.meaning {
    case .boolean: integer == 0 ? "false" : "true"
    case .integer(isSigned: false): String(UInt64(bitPattern: integer))
    case .time: TimeValues.text(integer)
    case .integer, .real, .half, .decimal, .text, .uuid, .null: String(integer)
    }
  }

  /// Returns the shortest text of a real; one of single precision has fewer digits.
  func text(_ real: Double) -> String {
    let isSingle = column.storage == .float || column.meaning == .half
    guard isSingle, let short = Double("\(Float(real))") else { return NumberText.shortest(real) }
    return NumberText.shortest(short)
  }

  /// Returns an identifier as text: five groups of hexadecimal digits.
  static func identifier(_ bytes: UnsafeRawBufferPointer) -> String {
    var text = ""
    for (index, byte) in bytes.enumerated() {
      if [4, 6, 8, 10].contains(index) { text += "-" }
      text += byte < 16 ? "0" + String(byte, radix: 16) : String(byte, radix: 16)
    }
    return text
  }
}
