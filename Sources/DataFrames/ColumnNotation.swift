/// The notation that reading settled for the numbers or dates of one column.
package struct ColumnNotation: Sendable, Codable, Equatable {
  /// The decimal mark; nil if no field has a mark.
  package var decimalMark: DecimalMark?
  /// The stated separator of thousands; nil to accept all usual ones.
  package var thousands: String?
  /// The order of day and month; nil if the notation leaves no choice.
  package var dateOrder: DateOrder?
  /// The stated format of times; nil for the usual notations.
  package var dateFormat: String?
  /// The format of the first date whose order was settled, such as `dd/MM/yyyy`.
  package var writtenFormat: String?
  /// The words that count as missing in this column of numbers or times, because few fields hold them; nil for none.
  package var missingWords: [String]?
  /// False if the fields fit the other notation as well.
  package var isCertain = true

  package init() {}

  /// The notation of a column that was read according to `plan`; nil if it has none.
  ///
  /// - Parameters:
  ///   - plan: The form in which the fields were read.
  ///   - notes: The properties of the fields.
  ///   - isWhole: True if all numbers are whole.
  ///   - isStated: True if the job states the form of numbers.
  init?(_ plan: ColumnPlan, notes: FieldNotes, isWhole: @autoclosure () -> Bool, isStated: Bool) {
    switch plan.kind {
    case .number:
      let marks = notes.fractions + notes.ambiguous.count + notes.groups
      if isStated || marks > 0 || (notes.percent == 0 && !isWhole()) {
        decimalMark = plan.form.numbers.decimalMark
        thousands = plan.form.numbers.thousands.map(String.init)
        isCertain = isStated || notes.ambiguous.count == 0 || notes.fractions > 0
      }
    case .time:
      dateFormat = plan.form.times.format?.pattern
      if dateFormat == nil, let first = notes.settled.first ?? notes.ordered.first {
        dateOrder = plan.form.times.order
        writtenFormat = WrittenDate.format(of: first.text, order: plan.form.times.order)
        isCertain = notes.settled.count > 0
      }
    case .level, .text, .sparse, .skipped: return nil
    }
    missingWords = notes.misfitTexts.isEmpty ? nil : notes.misfitTexts
    guard self != ColumnNotation() else { return nil }
  }

  /// The notation without that of numbers; nil if nothing is left.
  var withoutMarks: ColumnNotation? {
    var rest = self
    (rest.decimalMark, rest.thousands) = (nil, nil)
    if dateOrder == nil { rest.isCertain = true }
    return rest == ColumnNotation() ? nil : rest
  }
}
