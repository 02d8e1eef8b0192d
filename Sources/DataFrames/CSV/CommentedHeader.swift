/// The header of a table in a comment above it: `# name,value`.
struct CommentedHeader {
  /// The beginning of the table, which ends before the header.
  let beginning: Preamble
  /// The mark that other comments between the header and the records begin with; nil without such comments.
  let mark: UInt8?

  /// Looks for the last comment with as many words as the records have fields; nil without one.
  init?(_ head: SeparatorGuess.Head, syntax: CSVSyntax, width: Int) {
    guard width > 1 else { return nil }
    for (index, comment) in head.preamble.comments.enumerated().reversed() {
      let beginning = head.preamble.ending(beforeComment: comment, head.bytes)
      let fields = Self.fields(head, beginning, syntax)
      guard fields.count == width, fields.allSatisfy({ CellShape($0.text, missing: head.missing) == .word }) else {
        continue
      }
      let isLast = index == head.preamble.comments.count - 1
      // The scanner knows marks of one character.
      guard !isLast else {
        (self.beginning, mark) = (beginning, nil)
        return
      }
      guard comment.mark.utf8.count == 1 else { return nil }
      (self.beginning, mark) = (head.preamble.ending(behindMarkOf: comment), comment.mark.utf8.first)
      return
    }
    return nil
  }

  private static func fields(
    _ head: SeparatorGuess.Head, _ beginning: Preamble, _ syntax: CSVSyntax
  ) -> [SampledRecords.Field] {
    SampledRecords(head.bytes, syntax: syntax, beginning: beginning, limit: 1, isWhole: head.isWhole).first
  }

  /// Returns the first comment that has as many fields as a record, and a number among them, with its line.
  static func record(_ head: SeparatorGuess.Head, syntax: CSVSyntax, width: Int) -> (line: Int, text: String)? {
    guard width > 1 else { return nil }
    var syntax = syntax
    syntax.comment = nil
    for comment in head.preamble.comments {
      let beginning = head.preamble.ending(beforeComment: comment, head.bytes)
      let fields = fields(head, beginning, syntax).map(\.text)
      guard fields.count == width, fields.contains(where: { CellShape($0, missing: head.missing).isNumber }) else {
        continue
      }
      return (comment.lineCount + 1, fields.prefix(3).map { "'\($0.prefix(20))'" }.joined(separator: ", "))
    }
    return nil
  }
}
