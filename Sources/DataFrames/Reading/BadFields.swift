internal import Wording

/// The lines of all parts of a table that do not fit.
struct BadFields {
  private let parts: [BlockColumns]
  private let linesBefore: Int

  init(_ parts: [BlockColumns], linesBefore: Int) {
    self.parts = parts
    self.linesBefore = linesBefore
  }

  var longLines: Int { parts.reduce(0) { $0 + $1.longLines } }
  var firstLongLine: Int? { first { $0.firstLongLine.map { ($0, ()) } }?.line }

  var strayTexts: Int { parts.reduce(0) { $0 + $1.strayTexts } }
  var firstStrayText: Int? { first { $0.firstStrayText.map { ($0, ()) } }?.line }

  /// Sentences about lines that are read without their absent fields, or not at all.
  func remarks(path: String, expected: Int) -> [String] {
    var sentences: [String] = []
    let shortLines = parts.reduce(0) { $0 + $1.shortLines }
    if let line = first({ $0.firstShortLine.map { ($0, ()) } })?.line {
      sentences.append(
        "'\(path)':\(line): fewer than \(NumberText.count(expected, "field")) "
          + "(\(NumberText.count(shortLines, "such line"))); the absent fields count as missing; "
          + "state comment or skip_lines if such lines are not records")
    }
    if let (line, footer) = first({ $0.footer }) {
      switch footer.remark {
      case (.oddLine, let text)?:
        sentences.append(
          "'\(path)':\(line): the last line, '\(text.prefix(40))', has 1 field where all others have \(expected), "
            + "and is not read")
      case (.total, let text)?:
        sentences.append(
          "'\(path)':\(line): the last record begins with '\(text.prefix(40))', holds totals, and is not read")
      case nil: break
      }
      if footer.emptyLines > 0 {
        sentences.append(
          "'\(path)': \(NumberText.count(footer.emptyLines, "line")) of separators at the end "
            + "\(footer.emptyLines == 1 ? "is" : "are") not read")
      }
    }
    let weights = parts.reduce(0) { $0 + $1.weightedRows }
    if weights > 0 {
      sentences.append(
        "'\(path)': \(NumberText.count(weights, "row")) end in a weight such as {5}, which is not read; "
          + "put weights into a column and name it in weights_column")
    }
    return sentences
  }

  /// Returns the first finding of any part, with its line counted from the start of the file.
  private func first<Found>(_ look: (BlockColumns) -> (Int, Found)?) -> (line: Int, found: Found)? {
    var lines = linesBefore
    for part in parts {
      if let (line, found) = look(part) { return (lines + line, found) }
      lines += part.lineCount
    }
    return nil
  }
}
