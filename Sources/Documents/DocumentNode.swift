/// A YAML value with its place: what remains of a document once anchors and aliases have been refused; tags are ignored.
package struct DocumentNode: Sendable {
  /// The three shapes that YAML and JSON share.
  package enum Content: Sendable {
    /// Text as written; `isPlain` is false when it stood in quotes, so that `"null"` stays a word.
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

  /// True for an empty value, `~` or `null` outside quotes: the key counts as not given.
  package var isNull: Bool {
    guard case .scalar(let text, isPlain: true) = content else { return false }
    return text.isEmpty || text == "~" || text.lowercased() == "null"
  }

  /// What the node is, in words for a message.
  package var shape: String {
    switch content {
    case .scalar(let text, _): "'\(text.prefix(60))'"
    case .sequence: "a list"
    case .mapping: "a block of keys"
    }
  }
}

/// A key of a mapping with its place.
package struct DocumentKey: Sendable {
  package let name: String
  package let location: SourceLocation

  package init(name: String, location: SourceLocation) {
    self.name = name
    self.location = location
  }
}
