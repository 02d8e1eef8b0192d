/// Recognises fields that count as missing, by their bytes.
struct MissingFields: Sendable {
  /// The texts by their length; the last list holds the longer ones.
  private let texts: [[[UInt8]]]
  /// The lengths of the texts, one bit each; those of 63 bytes or more share one.
  private let lengths: UInt64
  /// The first bytes of the texts, one bit each, in two halves.
  private let firstBytes: (low: UInt64, high: UInt64)
  /// True if a text begins with a byte beyond ASCII.
  private let beginsBeyondASCII: Bool
  private let ignoresCase: Bool
  /// True if some of the texts are numbers, such as -999; numbers must then be looked up before they are used.
  let holdsNumbers: Bool
  /// True if empty quotes count as missing, as an empty field does.
  let holdsEmptyQuotes: Bool

  private static let longest = 63

  /// - Parameters:
  ///   - texts: The words; in lower case if `ignoresCase`.
  ///   - holdsEmptyQuotes: True if empty quotes count as missing.
  ///   - ignoresCase: True if ASCII letters match in any case.
  init(_ texts: Set<String>, holdsEmptyQuotes: Bool = true, ignoresCase: Bool = false) {
    self.holdsEmptyQuotes = holdsEmptyQuotes
    self.ignoresCase = ignoresCase
    let words = texts.flatMap(Self.spellings).filter { !$0.isEmpty }
    var lists = [[[UInt8]]](repeating: [], count: Self.longest + 1)
    var (lengths, low, high): (UInt64, UInt64, UInt64) = (0, 0, 0)
    for word in words {
      let length = min(Self.longest, word.count)
      lists[length].append(word)
      lengths |= 1 << UInt64(length)
      let first = word[0]
      let isLetter = (97...122).contains(first)
      for byte in isLetter && ignoresCase ? [first, first & 0xDF] : [first] where byte < 128 {
        if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte - 64) }
      }
    }
    self.texts = lists
    self.lengths = lengths
    firstBytes = (low, high)
    beginsBeyondASCII = words.contains { $0[0] >= 128 }
    // Swift reads some words as numbers, such as `nan(ind)`, which ``NumberParser`` refuses.
    holdsNumbers = texts.contains { Double($0)?.isFinite == true }
  }

  /// Returns the bytes of a word as UTF-8, and as windows-1252 if these differ.
  private static func spellings(_ word: String) -> [[UInt8]] {
    let bytes = Array(word.utf8)
    guard let western = Windows1252.bytes(word), western != bytes else { return [bytes] }
    return [bytes, western]
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
    guard lengths >> UInt64(min(Self.longest, count)) & 1 == 1, mayBegin(with: bytes[start]) else { return false }
    return matches(bytes, start, count)
  }

  @inline(__always)
  private func mayBegin(with byte: UInt8) -> Bool {
    guard byte < 128 else { return beginsBeyondASCII }
    return (byte < 64 ? firstBytes.low : firstBytes.high) >> UInt64(byte & 63) & 1 == 1
  }

  private func matches(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ count: Int) -> Bool {
    texts[min(Self.longest, count)].contains { text in
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
