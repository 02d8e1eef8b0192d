/// The rules for the fields of a column.
///
/// A class, so that each field refers to them; copying them would take longer than reading most fields.
final class FieldRules: Sendable {
  /// The texts that count as missing.
  let missing: MissingFields
  let form: FieldForm

  init(missing: MissingFields, form: FieldForm) {
    self.missing = missing
    self.form = form
  }
}

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
