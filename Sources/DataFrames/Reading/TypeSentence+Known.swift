extension TypeSentence {
  /// Sentences about fields whose notation differs from that of another table.
  var contradictions: [String] {
    guard let known else { return [] }
    switch plan.kind {
    case .number: return numberContradiction(known.notation, known.source).map { [$0] } ?? []
    case .time: return timeContradiction(known.notation, known.source).map { [$0] } ?? []
    case .level, .text, .sparse, .skipped: return []
    }
  }

  private func numberContradiction(_ notation: ColumnNotation, _ source: String) -> String? {
    let mark = plan.form.numbers.decimalMark
    guard let other = notation.decimalMark, other != mark else { return nil }
    let example = notes.ambiguous.first.map { ", as in '\(Self.short($0.text))' in line \($0.line)" } ?? ""
    return "numbers are read with \(Self.name(mark))\(example), unlike those of \(source), which have "
      + "\(Self.name(other)); state decimal: '\(other.rawValue)' if that is wrong"
  }

  private func timeContradiction(_ notation: ColumnNotation, _ source: String) -> String? {
    guard plan.form.times.format == nil else { return nil }
    if let format = notation.dateFormat {
      return "dates are read in their usual notation, because they do not have the format \(format) of \(source); "
        + "state date_format if that is wrong"
    }
    let order = plan.form.times.order
    guard let other = notation.dateOrder, other != order, let found = notes.settled.first ?? notes.ordered.first else {
      return nil
    }
    let format = WrittenDate.format(of: found.text, order: other) ?? (other == .dayFirst ? "dd/MM/yyyy" : "MM/dd/yyyy")
    return
      "dates such as '\(Self.short(found.text))' in line \(found.line) are read \(order.rawValue), unlike those of "
      + "\(source), which are \(other.rawValue); state date_format: \(format) if that is wrong"
  }

  private static func name(_ mark: DecimalMark) -> String {
    mark == .comma ? "a decimal comma" : "a decimal point"
  }
}
