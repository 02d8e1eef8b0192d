/// The decimal mark that a text in a cell shows, as of numbers that were pasted or imported as text.
enum DecimalEvidence: UInt8 {
  case none
  /// A number whose mark may be that of decimals or stand between groups, such as `1,234`.
  case unclear
  case point
  case comma

  /// The longest text that is looked at.
  private static let longestNumber = 40

  /// Looks for digits with one kind of mark before the last digits, and perhaps another between groups of three.
  init(_ text: some Collection<UInt8>) {
    self = .none
    guard text.count <= Self.longestNumber else { return }
    var digits = (first: 0, last: 0)
    var marks: (groups: UInt8, decimal: UInt8) = (0, 0)
    var markCount = 0
    var leadsWithZero = false
    for byte in text {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        if markCount == 0 {
          if digits.first == 0 { leadsWithZero = byte == UInt8(ascii: "0") }
          digits.first += 1
        }
        digits.last += 1
      case UInt8(ascii: ","), UInt8(ascii: "."):
        guard digits.first > 0, marks.decimal == 0 || marks.groups == 0 || marks.decimal == byte else { return }
        if marks.decimal != 0, marks.decimal != byte { marks.groups = marks.decimal }
        marks.decimal = byte
        markCount += 1
        digits.last = 0
      case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "%"), UInt8(ascii: "$"), UInt8(ascii: " "), 0xC2, 0xA3,
        0xE2, 0x82, 0xAC, 0xA0:
        // Signs and the bytes of £, € and hard blanks.
        continue
      default: return
      }
    }
    guard markCount > 0, digits.last > 0 else { return }
    // A mark that occurs twice, or once before three digits, may stand between groups.
    let isDecimal =
      marks.groups != 0 || (markCount == 1 && (digits.last != 3 || digits.first > 3 || leadsWithZero))
    self = .unclear
    if isDecimal { self = marks.decimal == UInt8(ascii: ",") ? .comma : .point }
  }
}
