/// The numbers of a column that do not have the stated notation.
struct UnfitNumbers {
  /// The decimal mark that they have; nil if it is the stated one, and the separator of thousands is another.
  let mark: DecimalMark?
  /// The first of them.
  let text: String

  /// The character between the thousands of ``text``, as the key `thousands` accepts it; nil without one.
  var thousands: Character? {
    let scalars = Array(text.unicodeScalars)
    func isDigit(_ index: Int) -> Bool { scalars.indices.contains(index) && ("0"..."9").contains(scalars[index]) }
    let marks = scalars.indices.filter { !isDigit($0) && isDigit($0 - 1) && isDigit($0 + 1) }
    guard let first = marks.first else { return nil }
    let digits = scalars[(first + 1)...].prefix { ("0"..."9").contains($0) }.count
    guard digits == 3, marks.count > 1 || first + digits + 1 == scalars.count else { return nil }
    switch scalars[first] {
    case let blank where NumberForm.isBlank(blank): return " "
    case "\u{2019}": return "'"
    case let mark where mark.isASCII && !mark.properties.isAlphabetic: return Character(mark)
    default: return nil
    }
  }
}
