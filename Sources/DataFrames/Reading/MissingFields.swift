internal import Glibc

/// Recognises fields that count as missing, byte by byte.
struct MissingFields: Sendable {
  private let texts: [[UInt8]]
  private let words: Set<String>
  /// Whether some of the texts are numbers, such as -999: then numbers must be looked up before they are believed.
  let holdsNumbers: Bool
  /// Whether quotes with nothing between them count as missing, as a field without anything does.
  let holdsEmptyQuotes: Bool

  init(_ texts: Set<String>, holdsEmptyQuotes: Bool = true) {
    self.holdsEmptyQuotes = holdsEmptyQuotes
    words = texts
    self.texts = texts.map { Array($0.utf8) }.filter { !$0.isEmpty }
    holdsNumbers = texts.contains { Double($0) != nil && $0.lowercased() != "nan" }
  }

  /// Whether the text counts as missing; the empty one does.
  func contains(_ text: String) -> Bool { text.isEmpty || words.contains(text) }

  /// Whether the `count` bytes at `start` count as missing; no bytes do.
  func contains(_ start: UnsafePointer<UInt8>, count: Int) -> Bool {
    if count == 0 { return true }
    return texts.contains { text in
      text.count == count && memcmp(text, start, count) == 0
    }
  }
}
