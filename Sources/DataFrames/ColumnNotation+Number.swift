extension ColumnNotation {
  /// Returns the number that a field means in this notation; nil if it is none.
  package func number(_ text: String) -> Double? {
    guard missingWords?.contains(text) != true else { return nil }
    let form = NumberForm(decimalMark: decimalMark ?? .point, thousands: thousands?.unicodeScalars.first)
    var copy = text
    return copy.withUTF8 { bytes in
      switch NumberParser.parse(bytes, 0, bytes.count, mark: form.mark) {
      case .integer(let integer): Double(integer)
      case .real(let real): real
      case nil: WrittenNumber(bytes, 0, bytes.count, form: form)?.value
      }
    }
  }
}
