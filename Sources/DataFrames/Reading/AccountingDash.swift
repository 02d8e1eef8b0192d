/// Recognises a dash beside a currency, as spreadsheets show an amount that is absent: `-   €`.
enum AccountingDash {
  private static let longest = 40

  /// Returns true for one dash, a currency and blanks, in any order.
  static func contains(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
    guard end - start >= 2, end - start <= longest,
      bytes[start..<end].contains(where: { $0 == UInt8(ascii: "-") || $0 == 0xE2 || $0 == 0x96 || $0 == 0x97 })
    else { return false }
    let text = CSVScanner.text(UnsafeBufferPointer(rebasing: bytes[start..<end]))
    var word = text.unicodeScalars.filter { !NumberForm.isBlank($0) }
    guard let dash = word.firstIndex(where: { $0 == "-" || $0 == "\u{2013}" || $0 == "\u{2014}" || $0 == "\u{2212}" })
    else {
      return false
    }
    word.remove(at: dash)
    return WrittenNumber.isCurrency(String(word))
  }
}
