/// The accepted notations for a list in a single text, besides YAML's own lists.
package enum ListSpelling: Sendable {
  /// None: the text is one element.
  case yaml
  /// `100,100`, also in quotes, and the notations of Python and R: `(100, 100)`, `[100, 100]`, `c(100, 100)`.
  case numbers
  /// `a, b` outside quotes; a text in quotes is one name, which may contain commas.
  case names
}

extension DocumentNode {
  /// Returns the list that a text spells; other nodes are unchanged.
  package func splitAtCommas(_ spelling: ListSpelling) -> DocumentNode {
    guard case .scalar(let text, let isPlain) = content else { return self }
    let inner: Substring
    switch spelling {
    case .yaml: return self
    case .names:
      guard isPlain, text.contains(",") else { return self }
      inner = text[...]
    case .numbers:
      guard let bare = Self.withoutBrackets(text) ?? (text.contains(",") ? text[...] : nil) else { return self }
      inner = bare
    }
    var parts = inner.split(separator: ",", omittingEmptySubsequences: false).map(Self.trimmed)
    // Python prints a tuple with one element as (100,).
    if parts.last?.isEmpty == true { parts.removeLast() }
    return DocumentNode(
      location: location,
      content: .sequence(
        parts.map { DocumentNode(location: location, content: .scalar(String($0), isPlain: isPlain)) }))
  }

  private static func withoutBrackets(_ text: String) -> Substring? {
    let text = trimmed(text[...])
    for (opening, closing) in [("(", ")"), ("[", "]"), ("c(", ")")] where text.hasPrefix(opening) {
      if text.hasSuffix(closing) { return text.dropFirst(opening.count).dropLast(closing.count) }
    }
    return nil
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}
