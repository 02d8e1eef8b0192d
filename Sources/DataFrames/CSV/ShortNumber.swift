/// A number of few digits, as most are, and the length of its field.
///
/// ``NumberParser`` reads the same number from these bytes.
struct ShortNumber {
  private static let digitZeros: UInt64 = 0x3030_3030_3030_3030
  /// Each byte exceeds a digit by so much that its highest bit is set beyond 9.
  private static let overflow: UInt64 = 0x7676_7676_7676_7676
  private static let highBits: UInt64 = 0x8080_8080_8080_8080
  /// Whole numbers of more digits are read as reals.
  private static let mostDigits = 9

  /// The number without its decimal mark.
  let digits: Int
  /// The number of digits behind the decimal mark; -1 without a mark.
  let places: Int
  /// The bytes of the field.
  let length: Int

  /// Reads the field at `start`, behind which eight bytes can be read; nil for other fields.
  @inline(__always)
  init?(_ start: UnsafePointer<UInt8>, ends: FieldEnds) {
    let sign = start[0] == UInt8(ascii: "-") ? 1 : 0
    let first = start + sign
    let word = FieldEnds.word(first)
    let end = ends.ends(word)
    guard end != 0 else {
      guard let long = Self.long(first), sign == 0 || long.digits != 0 else { return nil }
      (digits, places, length) = (sign == 1 ? -long.digits : long.digits, long.places, sign + long.length)
      return
    }
    let count = end.trailingZeroBitCount >> 3
    let mark = FieldEnds.places(of: UInt8(ascii: "."), in: word)
    var (spelled, digitCount) = (word, count)
    let before = mark == 0 ? 8 : mark.trailingZeroBitCount >> 3
    if before < count {
      let low: UInt64 = (1 << UInt64(8 * before)) - 1
      spelled = (word & low) | ((word >> 8) & ~low)
      digitCount -= 1
      places = digitCount - before
    } else {
      places = -1
    }
    guard digitCount > 0, !Self.leadsWithZero(first) else { return nil }
    let values = (spelled ^ Self.digitZeros) << UInt64(64 - 8 * digitCount)
    guard ((values &+ Self.overflow) | values) & Self.highBits == 0 else { return nil }
    let number = Int(Self.number(values))
    // A whole number cannot hold the sign of -0, so other code reads it.
    guard sign == 0 || number != 0 else { return nil }
    digits = sign == 1 ? -number : number
    length = sign + count
  }

  /// Returns the number whose digits the bytes of `values` are, the first in the lowest.
  @inline(__always)
  static func number(_ values: UInt64) -> UInt64 {
    let pairs = (values &* 10 &+ (values >> 8)) & 0x00FF_00FF_00FF_00FF
    let fours = (pairs &* 100 &+ (pairs >> 16)) & 0x0000_FFFF_0000_FFFF
    return (fours &* 10_000 &+ (fours >> 32)) & 0xFFFF_FFFF
  }

  /// Returns the values of the digits that the bytes of `word` are; nil if `known` bytes differ from those of `form`.
  @inline(__always)
  static func values(_ word: UInt64, form: UInt64, known: UInt64) -> UInt64? {
    let values = word ^ form
    guard ((values &+ overflow) | values) & highBits == 0, values & known == 0 else { return nil }
    return values
  }

  /// Reads a field of eight or more bytes, without its sign.
  @inline(never)
  private static func long(_ start: UnsafePointer<UInt8>) -> (digits: Int, places: Int, length: Int)? {
    var (number, digits, before, position) = (0, 0, -1, 0)
    while digits <= mostDigits {
      let byte = start[position]
      if byte &- 48 < 10 {
        number = number * 10 + Int(byte &- 48)
        digits += 1
      } else if byte == UInt8(ascii: "."), before < 0 {
        before = digits
      } else {
        break
      }
      position += 1
    }
    guard digits > 0, digits <= mostDigits, !leadsWithZero(start) else { return nil }
    return (number, before < 0 ? -1 : digits - before, position)
  }

  /// Returns true for the zeros of an identifier such as 007, which are noted elsewhere.
  @inline(__always)
  private static func leadsWithZero(_ start: UnsafePointer<UInt8>) -> Bool {
    start[0] == UInt8(ascii: "0") && start[1] &- 48 < 10
  }
}
