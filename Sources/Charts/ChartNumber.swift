/// Formats numbers for charts and tables.
package enum ChartNumber {
  /// Returns four significant digits without trailing zeros; thousands are kept whole.
  package static func text(_ value: Double) -> String {
    guard value.isFinite else { return "–" }
    let magnitude = abs(value)
    if magnitude == 0 { return "0" }
    if magnitude >= 1000, magnitude < 1e7 { return String(Int(value.rounded())) }
    if magnitude >= 1e7 || magnitude < 1e-4 { return scientific(value) }
    var scale = 1.0
    while magnitude * scale < 1000 { scale *= 10 }
    return plain((value * scale).rounded() / scale)
  }

  private static func scientific(_ value: Double) -> String {
    var (mantissa, exponent) = (value, 0)
    while abs(mantissa) >= 10 {
      mantissa /= 10
      exponent += 1
    }
    while abs(mantissa) < 1 {
      mantissa *= 10
      exponent -= 1
    }
    return "\(plain((mantissa * 100).rounded() / 100))e\(exponent)"
  }

  /// Returns the number without a point if it is whole, and never with an exponent.
  private static func plain(_ value: Double) -> String {
    if value == value.rounded() { return String(Int(value)) }
    let text = String(value)
    guard let exponent = text.firstIndex(of: "e") else { return text }
    // Swift prints numbers below 0.0001 as 1.234e-05.
    let digits = text[..<exponent].filter { $0.isNumber }
    let places = -(Int(text[text.index(after: exponent)...]) ?? 0)
    return (value < 0 ? "-" : "") + "0." + String(repeating: "0", count: max(0, places - 1)) + digits
  }
}
