/// Writes the fields of a sheet as text of the form that RFC 4180 describes.
enum SheetField {
  /// The control character that separates units; texts hardly contain it, and numbers with a decimal comma never.
  static let separator: UInt8 = 0x1F
  static let quote = UInt8(ascii: "\"")
  static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  /// Appends a text, in quotes where it would end the field otherwise.
  static func append(text: UnsafeBufferPointer<UInt8>, to field: inout [UInt8]) {
    guard text.contains(where: { $0 == separator || $0 == quote || $0 == lineFeed || $0 == carriageReturn }) else {
      field.append(contentsOf: text)
      return
    }
    field.append(quote)
    for byte in text {
      if byte == quote { field.append(quote) }
      field.append(byte)
    }
    field.append(quote)
  }

  /// Appends a stored number: as it is stored if its digits are exact, else as the shortest text with the same value.
  ///
  /// Text that is not a number is appended as it is.
  static func append(number text: UnsafeBufferPointer<UInt8>, decimalMark: UInt8, to field: inout [UInt8]) {
    guard let plain = PlainNumber(text) else { return append(text: text, to: &field) }
    guard plain.isShort else {
      // Letters other than e were excluded, so this reads neither hexadecimal numbers nor words.
      guard let value = Double(String(decoding: text, as: UTF8.self)), value.isFinite else {
        return append(text: text, to: &field)
      }
      return append(value, decimalMark: decimalMark, to: &field)
    }
    for byte in text { field.append(byte == UInt8(ascii: ".") ? decimalMark : byte) }
  }

  /// Appends the shortest text that reads as `value`.
  static func append(_ value: Double, decimalMark: UInt8, to field: inout [UInt8]) {
    if let whole = Int64(exactly: value), abs(value) < 0x1p53 {
      field.append(contentsOf: whole.description.utf8)
    } else {
      for byte in value.description.utf8 { field.append(byte == UInt8(ascii: ".") ? decimalMark : byte) }
    }
  }
}

/// The form of a stored number.
private struct PlainNumber {
  /// Decimals of this many digits are the shortest text of the number that they read as.
  private static let exactDigits = 15

  /// True if the text is its own shortest form, up to zeros at its ends.
  let isShort: Bool

  /// Returns nil for text with anything but digits, a point, signs and an exponent.
  init?(_ text: UnsafeBufferPointer<UInt8>) {
    var digits = 0
    var hasExponent = false
    for byte in text {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
      case UInt8(ascii: "e"), UInt8(ascii: "E"): hasExponent = true
      case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "+"): break
      default: return nil
      }
    }
    guard digits > 0 else { return nil }
    isShort = digits <= Self.exactDigits && !hasExponent
  }
}
