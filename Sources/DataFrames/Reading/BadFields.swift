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
  ///
  /// - `keys`: Where readers state keys.
  func remarks(path: String, expected: Int, keys: KeyPlace) -> [String] {
    var sentences: [String] = []
    let shortLines = parts.reduce(0) { $0 + $1.shortLines }
    if let line = first({ $0.firstShortLine.map { ($0, ()) } })?.line {
      sentences.append(
        "'\(path)':\(line): fewer than \(NumberText.count(expected, "field")) "
          + "(\(NumberText.count(shortLines, "such line"))); the absent fields count as missing; "
          + "state comment or skip_lines\(keys.words) if such lines are not records")
    }
    let emptyEnds = parts.reduce(0) { $0 + $1.emptyEnds }
    if let line = first({ $0.firstEmptyEnd.map { ($0, ()) } })?.line {
      sentences.append(
        "'\(path)':\(line): an empty field more than the header has (\(NumberText.count(emptyEnds, "such line"))), which is not "
          + "read")
    }
    if let (line, footer) = first({ $0.footer }) { sentences += self.sentences(footer, line, path, expected) }
    let weights = parts.reduce(0) { $0 + $1.weightedRows }
    if weights > 0 {
      sentences.append(
        "'\(path)': \(NumberText.count(weights, "row")) end in a weight such as {5}, which is not read; "
          + "put weights into a column and name it in weights_column")
    }
    return sentences
  }

  /// Sentences about the end of the table, which begins at `start` and is not read.
  private func sentences(_ footer: TableFooter, _ start: Int, _ path: String, _ expected: Int) -> [String] {
    func quoted(_ line: TableFooter.Line) -> String { "'\(line.text.prefix(40))'" }
    let remarks = footer.lines.filter { $0.kind == .remark }
    var sentences = footer.lines.filter { $0.kind == .total }.map {
      "'\(path)':\(start + footer.linesBefore($0)): the last record begins with \(quoted($0)), holds totals, and is not read"
    }
    if let first = remarks.first {
      let place = "'\(path)':\(start + footer.linesBefore(first)): "
      sentences.append(
        remarks.count == 1
          ? "\(place)the last line, \(quoted(first)), has \(NumberText.count(first.width, "field")) where all others have "
            + "\(expected), and is not read"
          : "\(place)the last \(remarks.count) lines, from \(quoted(first)) on, have fewer fields than all others, and are "
            + "not read")
    }
    if footer.emptyLines > 0 {
      sentences.append(
        "'\(path)': \(NumberText.count(footer.emptyLines, "line")) of separators at the end "
          + "\(footer.emptyLines == 1 ? "is" : "are") not read")
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
