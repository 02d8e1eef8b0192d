/// Splits a line at commas and tabs outside quotes.
enum ARFFFields {
  struct Field: Equatable {
    var text: String
    /// True for text in quotes, which is never the sign of a missing value.
    var isQuoted = false
  }

  /// Returns the fields without quotes and surrounding blanks; `isClosed` is false if a quote is left open.
  static func split(_ line: Substring) -> (fields: [Field], isClosed: Bool) {
    var fields: [Field] = []
    var field = ""
    var quote: Character?
    var wasQuoted = false
    var isEscaped = false
    func finished() -> Field {
      guard !wasQuoted else { return Field(text: field, isQuoted: true) }
      var text = Substring(field)
      while text.last?.isWhitespace == true { text.removeLast() }
      return Field(text: String(text))
    }
    for character in line {
      if isEscaped {
        field.append(character)
        isEscaped = false
      } else if let open = quote {
        if character == "\\" {
          isEscaped = true
        } else if character == open {
          quote = nil
        } else {
          field.append(character)
        }
      } else if character == "," || character == "\t" {
        fields.append(finished())
        field = ""
        wasQuoted = false
      } else if character == "'" || character == "\"", field.isEmpty, !wasQuoted {
        quote = character
        wasQuoted = true
      } else if !(character.isWhitespace && (field.isEmpty || wasQuoted)) {
        field.append(character)
      }
    }
    fields.append(finished())
    return (fields, quote == nil)
  }

  /// Returns the line up to a `%` outside quotes, without blanks before it.
  static func withoutComment(_ line: Substring) -> Substring {
    guard line.contains("%") else { return line }
    var quote: Character?
    var isEscaped = false
    for index in line.indices {
      let character = line[index]
      if isEscaped {
        isEscaped = false
      } else if let open = quote {
        if character == "\\" { isEscaped = true }
        if character == open { quote = nil }
      } else if character == "'" || character == "\"" {
        quote = character
      } else if character == "%", isCommentStart(line, index) {
        var text = line[..<index]
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
      }
    }
    return line
  }

  /// Returns true for a `%` at the beginning or behind a blank; `5%` is a value.
  private static func isCommentStart(_ line: Substring, _ index: Substring.Index) -> Bool {
    index == line.startIndex || line[line.index(before: index)].isWhitespace
  }
}
