/// A last line that is a remark about the table, such as `Total rows: 2`.
///
/// It has one field where all other records have several.
struct OddLastLine {
  private static let words = ["total", "sum", "average", "mean", "count", "rows", "records", "source", "note", "end"]

  /// Its position in the block.
  let start: Int
  let text: String

  /// Returns nil if the last line of the block is a record, or the text continues after the block.
  ///
  /// `firstKind`: The kind of the first column.
  init?(_ block: TextBlock, syntax: CSVSyntax, firstKind: ColumnBuilder.Kind?) {
    guard block.isLast, !syntax.isLoose, syntax.width > 1, !syntax.joinsBlanks else { return nil }
    let bytes = block.bytes
    var end = bytes.count
    while end > 0, bytes[end - 1] <= UInt8(ascii: " ") { end -= 1 }
    var start = end
    while start > 0, bytes[start - 1] != UInt8(ascii: "\n"), bytes[start - 1] != UInt8(ascii: "\r") { start -= 1 }
    let line = UnsafeBufferPointer(rebasing: bytes[start..<end])
    guard !line.isEmpty, !line.contains(syntax.separator), !line.contains(UInt8(ascii: "\"")) else { return nil }
    let text = CSVScanner.text(line)
    guard CellShape(text, missing: []) == .word else { return nil }
    let isAboveNumbers = firstKind == .number || firstKind == .time
    let lowercased = text.lowercased()
    guard isAboveNumbers || text.contains(":") || Self.words.contains(where: lowercased.hasPrefix) else { return nil }
    self.start = start
    self.text = text
  }
}
