internal import Wording

extension TypeSentence {
  /// The sentence about dates whose notation differs from that of another table.
  var dateContradiction: String? {
    guard plan.kind == .time, let known else { return nil }
    return timeContradiction(known.notation, known.source)
  }

  /// Returns one sentence about all columns whose numbers have another decimal mark than those of another table.
  static func numberContradictions(_ sentences: [TypeSentence]) -> [String] {
    let found = sentences.filter { $0.numberContradiction != nil }
    guard let first = found.first, let sentence = first.numberContradiction else { return [] }
    let names = found.prefix(3).map { "'\($0.name)'" }
    let others = found.count - names.count
    let subject =
      found.count == 1
      ? "column \(names[0])"
      : "columns \(names.joined(separator: ", "))" + (others > 0 ? " and \(NumberText.count(others, "other"))" : "")
    return ["'\(first.path)': \(subject): \(sentence)"]
  }

  private var numberContradiction: String? {
    guard plan.kind == .number, !isContinuation, let (notation, source) = known else { return nil }
    let mark = plan.form.numbers.decimalMark
    guard let other = notation.decimalMark, other != mark else { return nil }
    let example = notes.ambiguous.first.map { ", as in '\(Self.short($0.text))' in line \($0.line)" } ?? ""
    return "numbers are read with \(Self.name(mark))\(example), unlike those of \(source), which have "
      + "\(Self.name(other)); state decimal: '\(other.rawValue)'\(keys.words) if that is wrong"
  }

  private func timeContradiction(_ notation: ColumnNotation, _ source: String) -> String? {
    guard plan.form.times.format == nil else { return nil }
    if let format = notation.dateFormat {
      return "dates are read in their usual notation, because they do not have the format \(format) of \(source); "
        + "state date_format\(keys.words) if that is wrong"
    }
    let order = plan.form.times.order
    guard let other = notation.dateOrder, other != order, let found = notes.settled.first ?? notes.ordered.first else {
      return nil
    }
    let format = WrittenDate.format(of: found.text, order: other) ?? (other == .dayFirst ? "dd/MM/yyyy" : "MM/dd/yyyy")
    return
      "dates such as '\(Self.short(found.text))' in line \(found.line) are read \(order.rawValue), unlike those of "
      + "\(source), which are \(other.rawValue); state date_format: \(format)\(keys.words) if that is wrong"
  }

  private static func name(_ mark: DecimalMark) -> String {
    mark == .comma ? "a decimal comma" : "a decimal point"
  }
}
