/// Decimal numbers, stored as whole numbers of units in the last place.
enum Decimals {
  /// Quotients of a whole number and one of these powers of ten are correctly rounded.
  private static let powers: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
    1e18, 1e19, 1e20,
    1e21, 1e22,
  ]
  private static let exactWholeNumbers: UInt64 = 1 << 53
  /// More bytes than any decimal type has.
  private static let mostBytes = 64

  /// Returns `units / 10^scale`, correctly rounded.
  static func number(_ units: Int64, scale: Int) -> Double {
    if units.magnitude <= exactWholeNumbers, scale < powers.count {
      return Double(units) / powers[scale]
    }
    return Double("\(units)e-\(scale)") ?? .nan
  }

  /// Returns the number whose units are the bytes, high byte first, in two's complement.
  static func number(_ bytes: UnsafeRawBufferPointer, scale: Int) throws(ParquetFault) -> Double {
    guard let first = bytes.first else { return 0 }
    guard bytes.count <= mostBytes else {
      throw .damaged("a decimal number of \(bytes.count) bytes")
    }
    let isNegative = first >= 0x80
    let sign: UInt8 = isNegative ? 0xFF : 0
    let digits = bytes.drop { $0 == sign }
    if digits.count < 8 {
      let units = digits.reduce(isNegative ? Int64(-1) : 0) { $0 << 8 | Int64($1) }
      return number(units, scale: scale)
    }
    var magnitude = digits.map { $0 ^ sign }
    var text = ""
    // Long division by ten; the complement of a negative number lacks one unit.
    if isNegative { increment(&magnitude) }
    while magnitude.contains(where: { $0 != 0 }) {
      var rest = 0
      for index in magnitude.indices {
        rest = rest << 8 | Int(magnitude[index])
        magnitude[index] = UInt8(rest / 10)
        rest %= 10
      }
      text = "\(rest)" + text
    }
    return Double("\(isNegative ? "-" : "")\(text)e-\(scale)") ?? .nan
  }

  private static func increment(_ bytes: inout [UInt8]) {
    for index in bytes.indices.reversed() {
      let (sum, overflows) = bytes[index].addingReportingOverflow(1)
      bytes[index] = sum
      guard overflows else { return }
    }
    bytes.insert(1, at: 0)
  }
}
