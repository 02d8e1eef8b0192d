/// A number with a unit, or with another text behind it: `1,5 kg`, `37.2 °C`, `12 €/m²`.
///
/// Percent signs and currencies are part of a written number (``WrittenNumber``) and no units.
struct UnitNumber {
  /// No unit has more characters, and no number either.
  private static let longestUnit = 12
  private static let longestNumber = 24
  /// Characters with which a unit begins if it does not begin with a letter.
  private static let signs: Set<Unicode.Scalar> = [
    "°", "%", "‰", "€", "$", "£", "¥", "\"", "'", "/", "\u{2032}", "\u{2033}",
  ]

  /// The text behind the number, without blanks around it.
  let unit: String

  /// Returns nil for a text that does not begin with a number, or that is nothing but one.
  init?(_ text: String) {
    let scalars = Array(text.unicodeScalars.prefix(Self.longestUnit + Self.longestNumber + 1))
    guard scalars.count <= Self.longestUnit + Self.longestNumber else { return nil }
    var end = 0
    while end < scalars.count, Self.isOfNumber(scalars[end]) { end += 1 }
    let number = String(String.UnicodeScalarView(scalars[..<end])).trimmingBlanks
    let unit = String(String.UnicodeScalarView(scalars[end...])).trimmingBlanks
    guard (1...Self.longestNumber).contains(number.count), (1...Self.longestUnit).contains(unit.unicodeScalars.count),
      let first = unit.unicodeScalars.first, first.properties.isAlphabetic || Self.signs.contains(first),
      Self.isNumber(number, .point) || Self.isNumber(number, .comma)
    else { return nil }
    self.unit = unit
  }

  private static func isOfNumber(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "0"..."9", ".", ",", "-", "+", "\u{2212}": true
    default: NumberForm.isBlank(scalar)
    }
  }

  private static func isNumber(_ text: String, _ form: NumberForm) -> Bool {
    var copy = text
    return copy.withUTF8 { bytes in
      NumberParser.parse(bytes, 0, bytes.count, mark: form.mark) != nil
        || WrittenNumber(bytes, 0, bytes.count, form: form) != nil
    }
  }
}

extension String {
  /// The text without blanks of any width at its ends.
  fileprivate var trimmingBlanks: String {
    var rest = Substring(self).unicodeScalars
    while let first = rest.first, NumberForm.isBlank(first) { rest.removeFirst() }
    while let last = rest.last, NumberForm.isBlank(last) { rest.removeLast() }
    return String(rest)
  }
}
