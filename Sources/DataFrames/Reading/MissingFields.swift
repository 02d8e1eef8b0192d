/// Recognises fields that count as missing, by their bytes.
struct MissingFields: Sendable {
  private let texts: [[UInt8]]
  /// The lengths of the texts, one bit each; those of 63 bytes or more share one.
  private let lengths: UInt64
  /// The first bytes of the texts, one bit each for their lowest six bits.
  private let firstBytes: UInt64
  private let ignoresCase: Bool
  /// True if some of the texts are numbers, such as -999; numbers must then be looked up before they are used.
  let holdsNumbers: Bool
  /// True if empty quotes count as missing, as an empty field does.
  let holdsEmptyQuotes: Bool

  /// - Parameters:
  ///   - texts: The words; in lower case if `ignoresCase`.
  ///   - holdsEmptyQuotes: True if empty quotes count as missing.
  ///   - ignoresCase: True if ASCII letters match in any case.
  init(_ texts: Set<String>, holdsEmptyQuotes: Bool = true, ignoresCase: Bool = false) {
    self.holdsEmptyQuotes = holdsEmptyQuotes
    self.ignoresCase = ignoresCase
    self.texts = texts.map { Array($0.utf8) }.filter { !$0.isEmpty }
    lengths = self.texts.reduce(0) { $0 | 1 << UInt64(min(63, $1.count)) }
    firstBytes = self.texts.reduce(0) { $0 | 1 << UInt64($1[0] & 63) | 1 << UInt64(($1[0] & 0xDF) & 63) }
    holdsNumbers = texts.contains { Double($0) != nil && !Self.isNoNumber($0) }
  }

  /// Swift reads some words as numbers that ``NumberParser`` refuses.
  private static func isNoNumber(_ word: String) -> Bool {
    ["nan", "-nan", "+nan", "inf", "-inf", "+inf", "infinity", "-infinity", "+infinity"].contains(word.lowercased())
  }

  /// Returns true if the text counts as missing, as empty text does.
  func contains(_ text: String) -> Bool {
    var copy = text
    return copy.withUTF8 { contains($0, 0, $0.count) }
  }

  /// Returns true if the bytes from `start` to `end` count as missing, as no bytes do.
  @inline(__always)
  func contains(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
    let count = end - start
    if count == 0 { return true }
    guard lengths >> UInt64(min(63, count)) & 1 == 1, firstBytes >> UInt64(bytes[start] & 63) & 1 == 1 else {
      return false
    }
    return matches(bytes, start, count)
  }

  private func matches(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ count: Int) -> Bool {
    texts.contains { text in
      guard text.count == count else { return false }
      for index in 0..<count {
        let byte = bytes[start + index]
        let compared = ignoresCase && byte >= 65 && byte <= 90 ? byte | 0x20 : byte
        guard compared == text[index] else { return false }
      }
      return true
    }
  }
}
