extension TypeSentence {
  /// Sentences about dates that fit several orders of day, month and year.
  var dateWarnings: [String] {
    guard plan.kind == .time, plan.form.times.format == nil else { return [] }
    if let found = notes.versions.first, notes.versions.count == rowCount - missing {
      let sentence =
        "'\(Self.short(found.text))' in line \(found.line) and all others are read as dates, day first; declare the column "
        + "enum\(keys.words) if they are numbers of versions"
      return isTypeFixed ? [] : [sentence]
    }
    guard known?.notation.dateOrder == nil,
      let found = notes.ordered.first
    else { return [] }
    let separator = found.text.contains("/") ? "/" : "-"
    func sentence(_ problem: String, _ reading: String, _ format: String) -> [String] {
      [
        "dates such as '\(Self.short(found.text))' in line \(found.line) \(problem) and are read \(reading); state "
          + "date_format: \(format.replacing("/", with: separator))\(keys.words) if that is wrong"
      ]
    }
    let order = plan.form.times.order
    if notes.settled.count == 0 {
      return order == .monthFirst
        ? sentence("fit both orders", order.rawValue, "dd/MM/yyyy")
        : sentence(
          "fit both orders", "day first, as the other dates or the decimal commas of the table suggest", "MM/dd/yyyy")
    }
    guard notes.shortYears.count == notes.ordered.count, notes.shortYears.mayBeginWithYear else { return [] }
    return sentence("may begin with the year", order.rawValue, "yy/MM/dd")
  }
}
