/// A word for a value of a parameter: the value itself, another spelling, or the name that other tools give it.
package struct ChoiceName: Sendable, Equatable {
  package let word: String
  /// The value as job files spell it.
  package let value: String

  package init(_ word: String, _ value: String) {
    self.word = word
    self.value = value
  }

  /// Whether `word` is the value itself, apart from case, blanks, hyphens and underscores.
  package var isValue: Bool { Self.folded(word) == Self.folded(value) }

  /// Returns whether a text means this word.
  func matches(_ text: String) -> Bool { Self.folded(word) == Self.folded(text) }

  /// Returns a word without what makes no difference in job files.
  static func folded(_ word: String) -> String {
    word.lowercased().filter { $0 != "_" && $0 != "-" && !$0.isWhitespace }
  }
}
