internal import Glibc

/// Reads decimal numbers from bytes.
enum NumberParser {
  enum Value {
    case integer(Int32)
    case real(Double)

    var isZero: Bool {
      switch self {
      case .integer(let value): value == 0
      case .real(let value): value == 0
      }
    }
  }

  /// The powers of ten that a double represents exactly.
  private static let exactPowers: [Double] = (0...22).map { Glibc.pow(10, Double($0)) }
  /// Integers of up to this many digits are exact in a double.
  private static let exactDigits = 15

  /// Returns the number that the bytes spell, or nil.
  ///
  /// `isQuoted`: True inside quotes, where H2O does not recognise percent signs.
  @inline(__always)
  static func parse(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, reading: FieldReading = .exact,
    isQuoted: Bool = false
  ) -> Value? {
    var index = start
    guard index < end else { return nil }
    let isNegative = bytes[index] == UInt8(ascii: "-")
    if isNegative || bytes[index] == UInt8(ascii: "+") { index += 1 }
    var mantissa = 0
    var digits = 0
    let first = index
    while index < end {
      let digit = Int(bytes[index]) - 48
      guard digit >= 0, digit <= 9 else { break }
      if digits < 18 { mantissa = mantissa * 10 + digit }
      digits += 1
      index += 1
    }
    if index == end, index > first, digits <= 9 {
      return .integer(Int32(isNegative ? -mantissa : mantissa))
    }
    return parseReal(bytes, start, end, index, mantissa, digits, isNegative, reading, isQuoted)
  }

  private static func parseReal(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, _ position: Int, _ whole: Int, _ wholeDigits: Int,
    _ isNegative: Bool, _ reading: FieldReading, _ isQuoted: Bool
  ) -> Value? {
    var index = position
    var mantissa = whole
    var digits = wholeDigits
    var fraction = 0
    if index < end, bytes[index] == UInt8(ascii: ".") {
      index += 1
      while index < end, bytes[index] >= 48, bytes[index] <= 57 {
        if digits < 18 {
          mantissa = mantissa * 10 + Int(bytes[index]) - 48
          fraction += 1
        }
        digits += 1
        index += 1
      }
    }
    guard digits > 0 else {
      return reading == .exact ? nil : H2ONumber.value(bytes[start..<end], isQuoted: isQuoted).map(Value.real)
    }
    if index == end, digits <= exactDigits {
      let value = Double(mantissa) / exactPowers[fraction]
      return .real(isNegative ? -value : value)
    }
    if reading == .loose, let value = H2ONumber.value(bytes[start..<end], isQuoted: isQuoted) { return .real(value) }
    return slow(bytes, start, end).map(Value.real)
  }

  /// Parses exponents and long mantissas with the C library, which rounds correctly.
  ///
  /// Words such as `inf` and hexadecimal numbers, which the library would accept, are refused.
  private static func slow(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Double? {
    var text: [CChar] = []
    for index in start..<end {
      let byte = bytes[index]
      let isNumeric =
        (byte >= 48 && byte <= 57) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "e")
        || byte == UInt8(ascii: "E") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
      guard isNumeric else { return nil }
      text.append(CChar(bitPattern: byte))
    }
    text.append(0)
    return text.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return nil }
      var stop: UnsafeMutablePointer<CChar>?
      let value = strtod(base, &stop)
      guard let stop, UnsafePointer(stop) == base + (end - start), value.isFinite else { return nil }
      return value
    }
  }
}
