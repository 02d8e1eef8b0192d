/// Splits a line at commas and tabs outside quotes.
enum ARFFFields {
  /// Returns the fields without quotes and surrounding blanks; `isClosed` is false if a quote is left open.
  static func split(_ line: Substring) -> (fields: [String], isClosed: Bool) {
    var fields: [String] = []
    var field = ""
    var quote: Character?
    var wasQuoted = false
    var isEscaped = false
    func trimmed() -> String {
      guard !wasQuoted else { return field }
      var text = Substring(field)
      while text.last?.isWhitespace == true { text.removeLast() }
      return String(text)
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
        fields.append(trimmed())
        field = ""
        wasQuoted = false
      } else if character == "'" || character == "\"", field.isEmpty, !wasQuoted {
        quote = character
        wasQuoted = true
      } else if !(character.isWhitespace && (field.isEmpty || wasQuoted)) {
        field.append(character)
      }
    }
    fields.append(trimmed())
    return (fields, quote == nil)
  }
}
