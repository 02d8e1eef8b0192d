/// The text form of values in a MOJO.
///
/// Its reader infers types from content (h2o-behaviour.md#mojo): a list of doubles needs a point or
/// an exponent, which Swift's shortest form always has.
enum MOJOText {
  static func list(_ values: [Double]) -> String { "[" + values.map(number).joined(separator: ", ") + "]" }

  static func list(_ values: [Float]) -> String {
    var text = "["
    for (index, value) in values.enumerated() {
      if index > 0 { text += ", " }
      text += value.isFinite ? value.description : number(Double(value))
    }
    return text + "]"
  }

  static func list(_ values: [Int]) -> String { "[" + values.map(String.init).joined(separator: ", ") + "]" }

  /// Formats a number as Java does, as far as the reader depends on it.
  static func number(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    guard value.isInfinite else { return value.description }
    return value > 0 ? "Infinity" : "-Infinity"
  }

  /// Escapes line ends and backslashes, which would otherwise end the line of a level.
  static func escaped(_ level: String) -> String {
    level.replacing("\\", with: "\\\\").replacing("\n", with: "\\n").replacing("\r", with: "\\r")
  }

  static func unescaped(_ line: Substring) -> String {
    guard line.contains("\\") else { return String(line) }
    var result = ""
    var isEscape = false
    for character in line.unicodeScalars {
      guard isEscape else {
        if character == "\\" { isEscape = true } else { result.unicodeScalars.append(character) }
        continue
      }
      isEscape = false
      switch character {
      case "n": result += "\n"
      case "r": result += "\r"
      default: result.unicodeScalars.append(character)
      }
    }
    return isEscape ? result + "\\" : result
  }

  /// Returns the lines of a file; a final line end does not start another line.
  static func lines(_ bytes: [UInt8]) -> [Substring] {
    let text = String(decoding: bytes, as: UTF8.self)
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last == "" { lines.removeLast() }
    return lines.map { $0.unicodeScalars.last == "\r" ? $0.dropLast() : $0 }
  }
}
