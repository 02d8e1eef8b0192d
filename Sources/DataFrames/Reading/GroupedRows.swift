/// The numbers of a column as far as each may be whole, with a mark between its thousands: `1.234` for 1234.
enum GroupedRows: Equatable {
  /// All numbers are whole.
  case whole
  /// Each fraction has up to three digits behind a whole part of one to three, and no number has more digits.
  case possible
  /// A whole number has four digits without a mark.
  case ungrouped
  /// A fraction has another form, which settles that its mark is the decimal mark.
  case decimals

  /// Judges the numbers that were read with a decimal point.
  init(_ parts: [BlockColumns], _ column: Int) {
    var found = Findings()
    for part in parts {
      let rows = part.rowCount
      switch part.builders[column].storage {
      case .bytes: break
      case .shorts(let values): for row in 0..<rows { found.note(Double(values[row])) }
      case .integers(let values): for row in 0..<rows { found.note(Double(values[row])) }
      // Numbers such as `1.000` are stored as fractions.
      case .doubles(let values):
        found.hasFractions = true
        for row in 0..<rows where !found.hasDecimals { found.note(values[row]) }
      case .scaled(let counts, let unit):
        found.hasFractions = true
        for row in 0..<rows where !found.hasDecimals { found.note(unit.number(counts[row])) }
      }
    }
    self = found.hasDecimals ? .decimals : found.isUngrouped ? .ungrouped : found.hasFractions ? .possible : .whole
  }

  private struct Findings {
    var hasFractions = false
    var hasDecimals = false
    var isUngrouped = false

    mutating func note(_ value: Double) {
      guard value != value.rounded() else {
        if value.magnitude >= 1000 { isUngrouped = true }
        return
      }
      hasFractions = true
      let hasThreePlaces = (1..<1000).contains(value.magnitude) && ScaledNumbers.Unit.places(3).count(value) != nil
      if !hasThreePlaces { hasDecimals = true }
    }
  }
}
