extension String {
  /// The text with the characters replaced that have a meaning in elements and quoted attributes of HTML and SVG.
  ///
  /// Goes by Unicode scalars: a `"` with a combining mark is one character, but still ends an attribute.
  package var escapingMarkup: String {
    var result = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
