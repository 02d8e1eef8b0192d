internal import Glibc

/// A decimal number as H2O's import understands it.
///
/// Digits are taken until one more could overflow a 64-bit integer, zeros at the end of a fraction are cut off; integer
/// and power of ten are rounded, and so is their product or quotient. Found by comparison: all of 3,000 numbers of eight
/// kinds agree (`Tests/Support/tables/h2o_numbers.py`).
enum H2ONumber {
  private static let limit = Int.max / 10
  /// Powers of ten, correctly rounded.
  private static let powers: [Double] = (0...308).map { strtod("1e\($0)", nil) }

  /// Nil where the exponent is beyond that of a double.
  ///
  /// `text`: A number: sign, digits with a point, and an exponent.
  static func value(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Double? {
    var (mantissa, exponent) = (0, 0)
    var isNegative = false
    var isFraction = false
    var place = text.startIndex
    scan: while place < text.endIndex {
      switch text[place] {
      case UInt8(ascii: "-"): isNegative = true
      case UInt8(ascii: "+"): break
      case UInt8(ascii: "."): isFraction = true
      case UInt8(ascii: "e"), UInt8(ascii: "E"): break scan
      case let digit:
        if mantissa < limit {
          mantissa = mantissa * 10 + Int(digit) - 48
          exponent -= isFraction ? 1 : 0
        } else {
          exponent += isFraction ? 0 : 1
        }
      }
      place += 1
    }
    if place < text.endIndex {
      let digits = String(decoding: text[(place + 1)...], as: UTF8.self)
      guard let given = Int(digits), abs(given) < 1000 else { return nil }
      exponent += given
    }
    while exponent < 0, mantissa != 0, mantissa.isMultiple(of: 10) {
      mantissa /= 10
      exponent += 1
    }
    guard powers.indices.contains(abs(exponent)) else { return nil }
    let power = powers[abs(exponent)]
    let value = exponent < 0 ? Double(mantissa) / power : Double(mantissa) * power
    return isNegative ? -value : value
  }
}
