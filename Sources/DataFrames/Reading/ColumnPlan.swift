/// How the fields of a column are read.
struct ColumnPlan: Sendable, Hashable {
  var kind: ColumnBuilder.Kind
  var form: FieldForm

  /// The same type in the other notation: with the other decimal mark, or with day and month in the other order.
  func alternative(allowsComma: Bool) -> ColumnPlan? {
    var other = self
    switch kind {
    case .number:
      guard form.numbers.thousands == nil, allowsComma else { return nil }
      other.form.numbers = form.numbers.decimalMark == .point ? .comma : .point
    case .time:
      guard form.times.format == nil else { return nil }
      other.form.times.order = form.times.order.other
    case .level, .text, .sparse, .skipped: return nil
    }
    return other
  }
}
