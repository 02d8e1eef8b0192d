/// The numbers of a column that do not have the stated notation.
struct UnfitNumbers {
  /// The decimal mark that they have; nil if it is the stated one, and the separator of thousands is another.
  let mark: DecimalMark?
  /// The first of them.
  let text: String

  /// The character between the thousands of ``text``; nil without one.
  var thousands: Character? {
    let marks = text.filter { !$0.isNumber && !$0.isLetter && $0 != "-" && $0 != "+" }
    guard let first = marks.first, marks.count > 1 || text.drop(while: { $0 != first }).count == 4 else { return nil }
    return first
  }
}
