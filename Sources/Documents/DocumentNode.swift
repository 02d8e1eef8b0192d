/// A YAML value with its location.
///
/// Anchors and aliases have been refused before; tags are ignored.
package struct DocumentNode: Sendable {
  package enum Content: Sendable {
    /// The text as written; `isPlain` is false for text in quotes, so that `"null"` remains a string.
    case scalar(String, isPlain: Bool)
    case sequence([DocumentNode])
    case mapping([(key: DocumentKey, value: DocumentNode)])
  }

  package let location: SourceLocation
  package let content: Content

  package init(location: SourceLocation, content: Content) {
    self.location = location
    self.content = content
  }

  /// True for an empty value, `~` or `null` outside quotes; the key then counts as absent.
  package var isNull: Bool {
    guard case .scalar(let text, isPlain: true) = content else { return false }
    return text.isEmpty || text == "~" || text.lowercased() == "null"
  }

  /// A description of the node for messages.
  package var shape: String {
    switch content {
    case .scalar(let text, _): "'\(text.prefix(60))'"
    case .sequence: "a list"
    case .mapping: "a block of keys"
    }
  }
}

/// A key of a mapping, with its location.
package struct DocumentKey: Sendable {
  package let name: String
  package let location: SourceLocation

  package init(name: String, location: SourceLocation) {
    self.name = name
    self.location = location
  }
}
