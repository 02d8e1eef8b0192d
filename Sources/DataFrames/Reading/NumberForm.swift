/// The notation of the numbers in a column: its decimal mark and the separator of thousands.
struct NumberForm: Sendable, Hashable {
  /// The notation of programming languages, with a decimal point.
  static let point = NumberForm(decimalMark: .point)
  static let comma = NumberForm(decimalMark: .comma)

  let decimalMark: DecimalMark
  /// The stated character between groups of three digits; nil to accept all usual ones.
  let thousands: Unicode.Scalar?

  init(decimalMark: DecimalMark, thousands: Unicode.Scalar? = nil) {
    self.decimalMark = decimalMark
    self.thousands = thousands
  }

  /// The decimal mark as a byte.
  var mark: UInt8 { decimalMark == .point ? UInt8(ascii: ".") : UInt8(ascii: ",") }

  /// The point or comma that is not the decimal mark and therefore separates thousands.
  var otherMark: UInt8 { decimalMark == .point ? UInt8(ascii: ",") : UInt8(ascii: ".") }

  /// Returns true if `separator` may stand between groups of three digits.
  func groups(by separator: Unicode.Scalar) -> Bool {
    if let thousands { return Self.isSame(thousands, separator) }
    return separator.value == UInt32(otherMark) || Self.isBlank(separator) || Self.isApostrophe(separator)
  }

  /// The no-break spaces count as blanks, and the two apostrophes as one.
  private static func isSame(_ one: Unicode.Scalar, _ other: Unicode.Scalar) -> Bool {
    one == other || (isBlank(one) && isBlank(other)) || (isApostrophe(one) && isApostrophe(other))
  }

  /// Blank, no-break space, thin space, figure space, narrow no-break space.
  static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20, 0xA0, 0x2007, 0x2009, 0x202F: true
    default: false
    }
  }

  private static func isApostrophe(_ scalar: Unicode.Scalar) -> Bool { scalar == "'" || scalar == "\u{2019}" }
}

/// The parts of a written number beyond digits, sign, point and exponent.
struct NumberOrnaments: OptionSet, Sendable {
  let rawValue: UInt8

  static let percent = NumberOrnaments(rawValue: 1)
  static let parentheses = NumberOrnaments(rawValue: 4)
  /// Thousands are separated.
  static let groups = NumberOrnaments(rawValue: 8)
  /// The other decimal mark would give another number: `1,234` is 1234 or 1.234.
  static let ambiguous = NumberOrnaments(rawValue: 16)
  /// Marks that have one meaning only, and settle it in the column: `1,5`, `1,234,567`.
  static let fraction = NumberOrnaments(rawValue: 32)
}
