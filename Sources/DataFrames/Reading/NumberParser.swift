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

  /// Returns ten to the power of `exponent`, from 0 to ``exactDigits``.
  @inline(__always)
  private static func power(_ exponent: Int) -> Double {
    switch exponent {
    case 0: 1
    case 1: 10
    case 2: 1e2
    case 3: 1e3
    case 4: 1e4
    case 5: 1e5
    case 6: 1e6
    case 7: 1e7
    case 8: 1e8
    default: exactPowers[exponent]
    }
  }

  /// Returns the number that the bytes spell, or nil.
  ///
  /// `mark` is the decimal mark. `isQuoted` is true inside quotes, where H2O does not recognise percent signs.
  @inline(__always)
  static func parse(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, reading: FieldReading = .exact,
    mark: UInt8 = point, isQuoted: Bool = false
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
    if index < end, bytes[index] == mark, end - first <= exactDigits + 1 {
      // So few digits are exact, and so is the power of ten.
      var (short, position) = (mantissa, index + 1)
      while position < end {
        let digit = Int(bytes[position]) - 48
        guard digit >= 0, digit <= 9 else { break }
        short = short * 10 + digit
        position += 1
      }
      if position == end, end - first > 1 {
        let value = Double(short) / power(end - index - 1)
        return .real(isNegative ? -value : value)
      }
    }
    let whole = Digits(mantissa: mantissa, count: digits)
    return parseReal(bytes, start, end, index, whole, isNegative, reading, mark, isQuoted)
  }

  /// The digits read so far; those beyond the eighteenth are not part of the mantissa.
  private struct Digits {
    var mantissa: Int
    var count: Int
  }

  static let point = UInt8(ascii: ".")

  private static func parseReal(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, _ position: Int, _ whole: Digits,
    _ isNegative: Bool, _ reading: FieldReading, _ mark: UInt8, _ isQuoted: Bool
  ) -> Value? {
    var index = position
    var read = whole
    var fraction = 0
    if index < end, bytes[index] == mark {
      index += 1
      while index < end, bytes[index] >= 48, bytes[index] <= 57 {
        if read.count < 18 {
          read.mantissa = read.mantissa * 10 + Int(bytes[index]) - 48
          fraction += 1
        }
        read.count += 1
        index += 1
      }
    }
    guard read.count > 0 else {
      return reading == .exact ? nil : H2ONumber.value(bytes[start..<end], isQuoted: isQuoted).map(Value.real)
    }
    if index == end, read.count <= exactDigits {
      let value = Double(read.mantissa) / exactPowers[fraction]
      return .real(isNegative ? -value : value)
    }
    if reading == .loose, let value = H2ONumber.value(bytes[start..<end], isQuoted: isQuoted) { return .real(value) }
    guard let exponent = exponent(bytes, index, end) else { return nil }
    if read.count <= 18, let value = NearestDouble.quotient(read.mantissa, exponent: exponent - fraction) {
      return .real(isNegative ? -value : value)
    }
    return slow(bytes, start, end, mark).map(Value.real)
  }

  /// Returns the exponent that fills the bytes from `start` to `end`, 0 without one, or nil for other bytes.
  private static func exponent(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Int? {
    guard start < end else { return 0 }
    var index = start + 1
    guard bytes[start] | 0x20 == UInt8(ascii: "e"), index < end else { return nil }
    let isNegative = bytes[index] == UInt8(ascii: "-")
    if isNegative || bytes[index] == UInt8(ascii: "+") { index += 1 }
    guard index < end else { return nil }
    var value = 0
    while index < end {
      guard bytes[index] >= 48, bytes[index] <= 57 else { return nil }
      value = min(99_999, value * 10 + Int(bytes[index]) - 48)
      index += 1
    }
    return isNegative ? -value : value
  }

  /// Parses long mantissas and large exponents with the C library, which rounds correctly.
  ///
  /// The bytes hold digits, a sign, the mark and an exponent only.
  private static func slow(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, _ mark: UInt8
  ) -> Double? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: end - start + 1) { text in
      guard let base = text.baseAddress else { return nil }
      for index in start..<end { text[index - start] = CChar(bitPattern: bytes[index] == mark ? point : bytes[index]) }
      text[end - start] = 0
      var stop: UnsafeMutablePointer<CChar>?
      let value = strtod(base, &stop)
      guard let stop, UnsafePointer(stop) == UnsafePointer(base) + (end - start), value.isFinite else { return nil }
      return value
    }
  }
}
