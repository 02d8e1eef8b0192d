internal import Glibc

/// Recognises fields that count as missing, by their bytes.
struct MissingFields: Sendable {
  private let texts: [[UInt8]]
  private let words: Set<String>
  /// True if some of the texts are numbers, such as -999; numbers must then be looked up before they are used.
  let holdsNumbers: Bool
  /// True if empty quotes count as missing, as an empty field does.
  let holdsEmptyQuotes: Bool

  init(_ texts: Set<String>, holdsEmptyQuotes: Bool = true) {
    self.holdsEmptyQuotes = holdsEmptyQuotes
    words = texts
    self.texts = texts.map { Array($0.utf8) }.filter { !$0.isEmpty }
    holdsNumbers = texts.contains { Double($0) != nil && $0.lowercased() != "nan" }
  }

  /// Returns true if the text counts as missing, as empty text does.
  func contains(_ text: String) -> Bool { text.isEmpty || words.contains(text) }

  /// Returns true if the `count` bytes at `start` count as missing, as zero bytes do.
  func contains(_ start: UnsafePointer<UInt8>, count: Int) -> Bool {
    if count == 0 { return true }
    return texts.contains { text in
      text.count == count && memcmp(text, start, count) == 0
    }
  }
}
