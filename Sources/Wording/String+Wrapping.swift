extension String {
  /// Returns the text broken at blanks into lines of at most `width` characters; longer words stay whole.
  ///
  /// - `indent`: The text before every line but the first; it counts in the width.
  package func wrapped(to width: Int, indent: String = "") -> String {
    var lines: [String] = []
    var line = ""
    for word in split(separator: " ", omittingEmptySubsequences: true) {
      if line.isEmpty {
        line = (lines.isEmpty ? "" : indent) + word
      } else if line.count + 1 + word.count <= width {
        line += " \(word)"
      } else {
        lines.append(line)
        line = indent + word
      }
    }
    return (lines + [line]).joined(separator: "\n")
  }

  /// Returns the text cut to `width` characters, with an ellipsis in place of the rest.
  package func shortened(to width: Int) -> String { count <= width ? self : prefix(max(0, width - 1)) + "…" }

  /// Returns the text cut to `width` characters, with an ellipsis in place of the middle.
  package func shortenedInTheMiddle(to width: Int) -> String {
    guard count > width, width > 1 else { return shortened(to: width) }
    let end = (width - 1) / 2
    return prefix(width - 1 - end) + "…" + suffix(end)
  }

  /// The text on one line: control characters are replaced by blanks.
  package var onOneLine: String {
    String(String.UnicodeScalarView(unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
  }
}
