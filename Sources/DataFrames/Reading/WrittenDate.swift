/// Finds the format in which a date is written.
enum WrittenDate {
  /// Returns the format of a date of three numbers, such as `dd/MM/yyyy HH:mm` for `24/12/2024 18:30`.
  ///
  /// Returns nil for other notations, which need no format.
  static func format(of text: String, order: DateOrder) -> String? {
    var rest = Substring(text)
    func number() -> Int {
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      rest = rest.dropFirst(digits.count)
      return digits.count
    }
    let dayAndMonth = order == .dayFirst ? ["dd", "MM"] : ["MM", "dd"]
    guard (1...2).contains(number()), let separator = rest.popFirst(), separator == "/" || separator == "-",
      (1...2).contains(number()), rest.popFirst() == separator
    else { return nil }
    let year = number()
    guard year == 2 || year == 4 else { return nil }
    let date = (dayAndMonth + [year == 2 ? "yy" : "yyyy"]).joined(separator: String(separator))
    guard let between = rest.popFirst() else { return date }
    guard between == " " || between == "T", (1...2).contains(number()), rest.popFirst() == ":", number() == 2 else {
      return nil
    }
    var time = ":mm"
    if rest.first == ":" {
      rest.removeFirst()
      guard number() == 2 else { return nil }
      time += ":ss"
    }
    if rest.first == "." {
      rest.removeFirst()
      guard number() > 0 else { return nil }
      time += ".SSS"
    }
    let joint = between == "T" ? "'T'" : " "
    switch rest.lowercased() {
    case "": return "\(date)\(joint)HH\(time)"
    case "am", "pm": return "\(date)\(joint)hh\(time)a"
    case " am", " pm": return "\(date)\(joint)hh\(time) a"
    default: return nil
    }
  }
}
