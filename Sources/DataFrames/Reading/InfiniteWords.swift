/// Recognises infinity, which a model cannot learn from.
enum InfiniteWords {
  private static let longest = 10

  /// Returns true for `inf`, `Infinity` and `∞`, with or without a sign, in any case.
  static func contains(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
    guard end - start >= 3, end - start <= longest else { return false }
    var first = start
    if bytes[first] == UInt8(ascii: "-") || bytes[first] == UInt8(ascii: "+") { first += 1 }
    return ["inf", "infinity", "∞", "1.#inf"].contains { matches($0, bytes, first, end) }
  }

  private static func matches(
    _ word: StaticString, _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int
  ) -> Bool {
    guard word.utf8CodeUnitCount == end - start else { return false }
    for index in 0..<word.utf8CodeUnitCount {
      let byte = bytes[start + index]
      let lower = byte >= 65 && byte <= 90 ? byte | 0x20 : byte
      guard lower == word.utf8Start[index] else { return false }
    }
    return true
  }
}
