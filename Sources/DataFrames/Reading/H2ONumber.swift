internal import Glibc

/// A decimal number as H2O's import reads it.
///
/// Digits are read until one more could overflow a 64-bit integer; trailing zeros of a fraction are
/// dropped. The integer and the power of ten are rounded, and so is their product or quotient. A
/// dollar sign may precede a number and percent signs may follow it. A lone sign or point is 0.
///
/// Determined by comparison: all of 3,000 numbers of eight kinds agree, and 2,436 of 2,437 short
/// texts of such characters (`Tests/Support/tables/h2o_numbers.py`).
enum H2ONumber {
  private static let limit = Int.max / 10
  /// Powers of ten, correctly rounded.
  private static let powers: [Double] = (0...308).map { strtod("1e\($0)", nil) }

  /// Returns nil for text that is not a number, and if the exponent exceeds the range of a double.
  ///
  /// - `text`: Text without leading blanks.
  /// - `isQuoted`: True inside quotes, where percent signs are not recognised.
  static func value(_ text: Slice<UnsafeBufferPointer<UInt8>>, isQuoted: Bool) -> Double? {
    var rest = Substring(decoding: text, as: UTF8.self).utf8
    var sign: Double?
    if rest.first == UInt8(ascii: "$") { rest.removeFirst() }
    if let first = rest.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
      sign = first == UInt8(ascii: "-") ? -1 : 1
      rest.removeFirst()
    }
    guard sign != nil || rest.first.map({ isDigit($0) || $0 == point }) == true else { return nil }
    var (mantissa, exponent) = digits(&rest)
    guard let given = givenExponent(&rest) else { return nil }
    exponent += given
    for byte in rest where byte != UInt8(ascii: " ") {
      guard byte == UInt8(ascii: "%"), !isQuoted else { return nil }
      exponent -= 2
    }
    while exponent < 0, mantissa != 0, mantissa.isMultiple(of: 10) {
      mantissa /= 10
      exponent += 1
    }
    if mantissa == 0 { exponent = 0 }
    guard powers.indices.contains(abs(exponent)) else { return nil }
    let power = powers[abs(exponent)]
    let value = exponent < 0 ? Double(mantissa) / power : Double(mantissa) * power
    return (sign ?? 1) * value
  }

  private static let point = UInt8(ascii: ".")

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

  /// Reads the digits at the front of `rest` as an integer and a power of ten.
  private static func digits(_ rest: inout Substring.UTF8View) -> (mantissa: Int, exponent: Int) {
    var (mantissa, exponent) = (0, 0)
    var isFraction = false
    while let byte = rest.first, isDigit(byte) || (byte == point && !isFraction) {
      rest.removeFirst()
      if byte == point {
        isFraction = true
      } else if mantissa < limit {
        mantissa = mantissa * 10 + Int(byte) - 48
        exponent -= isFraction ? 1 : 0
      } else {
        exponent += isFraction ? 0 : 1
      }
    }
    return (mantissa, exponent)
  }

  /// Reads the exponent at the front of `rest`; 0 without an exponent, nil for an invalid one.
  private static func givenExponent(_ rest: inout Substring.UTF8View) -> Int? {
    guard let first = rest.first, first == UInt8(ascii: "e") || first == UInt8(ascii: "E") else { return 0 }
    let signs = rest.dropFirst().prefix { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
    let digits = rest.dropFirst(1 + signs.count).prefix(while: isDigit)
    rest.removeFirst(1 + signs.count + digits.count)
    guard let value = Int(String(decoding: digits, as: UTF8.self)), value < 1000 else { return nil }
    return signs.contains(UInt8(ascii: "-")) ? -value : value
  }
}
