/// The kind of text in a field, as far as it tells headers from records and separators from text.
///
/// It is coarser than the reading of numbers and times: currency, percent and group marks are numbers too.
enum CellShape: Equatable {
  case empty
  /// A whole number without sign and marks.
  case wholeNumber(Int)
  case number
  /// Digits with the marks of dates and times.
  case time
  case word

  var isNumber: Bool {
    switch self {
    case .wholeNumber, .number: true
    case .empty, .time, .word: false
    }
  }

  /// `missing`: The texts that count as missing.
  init(_ text: String, missing: Set<String>) {
    if text.isEmpty || missing.contains(text) {
      self = .empty
    } else if text.utf8.count <= 15, text.utf8.allSatisfy({ (48...57).contains($0) }), let value = Int(text) {
      self = .wholeNumber(value)
    } else if Self.isNumber(text) || Self.isAmount(text) {
      self = .number
    } else if Self.isTime(text) || TimeParser.milliseconds(text) != nil {
      self = .time
    } else {
      self = .word
    }
  }

  /// Returns true for digits with the usual marks of numbers, among them `-1.5e3`, `1.234,56`, `5 %` and `€ 5`.
  private static func isNumber(_ text: String) -> Bool {
    var rest = Substring(text).unicodeScalars
    func isMark(_ scalar: Unicode.Scalar) -> Bool {
      scalar == " " || scalar == "%" || scalar == "\u{A0}" || scalar.properties.generalCategory == .currencySymbol
    }
    func isSign(_ scalar: Unicode.Scalar) -> Bool { scalar == "-" || scalar == "+" || scalar == "\u{2212}" }
    while let first = rest.first, isMark(first) || isSign(first) { rest.removeFirst() }
    while let last = rest.last, isMark(last) { rest.removeLast() }
    guard let first = rest.first, let last = rest.last, first.isDigit || first == "." || first == ",",
      last.isDigit || last == "." || last == ","
    else { return false }
    let exponents = rest.count { $0 == "e" || $0 == "E" }
    guard exponents <= 1 else { return false }
    var (hasDigit, points) = (false, 0)
    var previous: Unicode.Scalar = " "
    for scalar in rest {
      if scalar.isDigit {
        hasDigit = true
      } else if isSign(scalar) {
        guard previous == "e" || previous == "E" else { return false }
      } else if scalar == "." || scalar == "," {
        points += 1
        // Dates such as 24.12.2024 have groups of other sizes, but are told apart by their own form.
        guard previous != scalar else { return false }
      } else if scalar != "e", scalar != "E", scalar != "'", scalar != "\u{2019}", scalar != " ", scalar != "\u{A0}",
        scalar != "\u{202F}"
      {
        return false
      }
      previous = scalar
    }
    return hasDigit && (points < 2 || hasGroups(rest))
  }

  /// Returns true for numbers with codes of currencies or in brackets: `EUR 0,50`, `(1.50)`.
  private static func isAmount(_ text: String) -> Bool {
    var copy = text
    return copy.withUTF8 { bytes in
      WrittenNumber(bytes, 0, bytes.count, form: .comma) != nil
        || WrittenNumber(bytes, 0, bytes.count, form: .point) != nil
    }
  }

  /// Returns true if all marks but the last stand before groups of three digits.
  private static func hasGroups(_ digits: Substring.UnicodeScalarView) -> Bool {
    let groups = digits.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "," }
    return groups.dropFirst().dropLast().allSatisfy { $0.count == 3 }
  }

  private static func isTime(_ text: String) -> Bool {
    let scalars = text.unicodeScalars
    guard scalars.first?.isDigit == true, scalars.count(where: \.isDigit) >= 3 else { return false }
    return scalars.allSatisfy { $0.isDigit || "-/:.,TZ+ ".unicodeScalars.contains($0) }
  }
}

extension Unicode.Scalar {
  fileprivate var isDigit: Bool { ("0"..."9").contains(self) }
}
