/// The advice about backslashes in double quotes, where YAML takes them for the beginning of an escape sequence.
///
/// They come from Windows: `"C:\data\table.csv"`.
enum BackslashAdvice {
  /// The longest escape sequence behind its backslash: U and eight digits.
  private static let longestSequence = 9
  /// Parts of the messages of the parser about invalid escape sequences.
  private static let problems = ["escape character", "escape code", "decimal number"]

  /// Words for a fault of the parser; nil if an escape sequence is not its cause.
  ///
  /// - Parameters:
  ///   - problem: The problem in the words of the parser.
  ///   - line: The line of the problem, from 1.
  ///   - column: The column of the problem in code points, from 1.
  ///   - text: The document.
  /// - Returns: The sentence.
  static func sentence(_ problem: String, line: Int, column: Int, in text: String) -> String? {
    guard problems.contains(where: problem.contains) else { return nil }
    let lines = text.unicodeScalars.split(separator: "\n", maxSplits: line, omittingEmptySubsequences: false)
    guard lines.indices.contains(line - 1) else { return nil }
    let before = Array(lines[line - 1].prefix(column))
    guard let backslash = before.lastIndex(of: "\\"), before.count - backslash <= longestSequence + 1 else {
      return nil
    }
    let next = lines[line - 1].dropFirst(backslash + 1).first
    return sentence(next.map { ", and '\\\($0)' is not a valid one" } ?? "")
  }

  /// Returns the sentence about a text in double quotes that escape sequences have spoilt; nil for other texts.
  ///
  /// The escape of `"C:\table.csv"` is known: it is a tab.
  static func sentence(spoilt text: String) -> String? {
    let first = Array(text.unicodeScalars.prefix(3))
    guard first.count == 3, first[0].properties.isAlphabetic, first[0].isASCII, first[1] == ":",
      first[2].properties.generalCategory == .control
    else { return nil }
    return sentence(", here a control character")
  }

  private static func sentence(_ finding: String) -> String {
    "in double quotes a backslash begins an escape sequence\(finding); write the text in single quotes, or with forward "
      + "slashes (/)"
  }
}
