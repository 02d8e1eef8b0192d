/// Reads numbers as people and spreadsheets write them: `1.234,56`, `1 234`, `5 %`, `€ 5`, `(5)`.
///
/// A percentage is the fraction that it stands for (5 % is 0.05), as in H2O. Numbers in parentheses
/// are negative, as in accounting, and so are those with a fraction and a minus sign behind it, `5,00-`, as SAP writes
/// them; `2-` is a grade. `5,-` and `5.-` are whole amounts.
struct WrittenNumber {
  private static let currencySymbols: Set<Unicode.Scalar> = ["$", "€", "£", "¥", "₹", "₽", "₩", "₺", "₪", "₴", "¢"]
  private static let currencyCodes: Set<String> = [
    "USD", "EUR", "GBP", "CHF", "JPY", "CNY", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "INR", "BRL", "CAD", "AUD",
    "NZD", "ZAR", "RUB", "TRY", "MXN", "SGD", "HKD", "KRW", "US$", "A$", "C$", "R$", "Fr.", "kr", "zł",
  ]
  /// No number of this notation is longer.
  private static let longestText = 64

  let value: Double
  let marks: NumberOrnaments
  /// The symbol or code of the currency.
  let currency: String?

  /// Returns nil for bytes that are not a number in the notation `form`.
  init?(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, form: NumberForm) {
    // Most words are refused without a closer look: every number has a digit.
    guard end > start, end - start <= Self.longestText,
      bytes[start..<end].contains(where: { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") })
    else { return nil }
    let text = CSVScanner.text(UnsafeBufferPointer(rebasing: bytes[start..<end]))
    guard let number = Self.read(text, form: form) else { return nil }
    (value, marks, currency) = number
  }

  private static func read(_ text: String, form: NumberForm) -> (Double, NumberOrnaments, String?)? {
    var rest = Substring(text).unicodeScalars
    var marks: NumberOrnaments = []
    trim(&rest)
    if rest.first == "(", rest.last == ")" {
      rest = rest.dropFirst().dropLast()
      marks.insert(.parentheses)
    }
    var sign = takeSign(&rest)
    var currency = takeCurrency(&rest)
    if sign == nil { sign = takeSign(&rest) }
    if rest.last == "%" {
      rest = rest.dropLast()
      marks.insert(.percent)
    } else if currency == nil {
      currency = dropCurrency(&rest)
    }
    trim(&rest)
    if sign == nil, !marks.contains(.percent) { sign = takeSignBehind(&rest) }
    if marks.contains(.parentheses), sign != nil { return nil }
    guard let digits = plain(rest, form: form, marks: &marks) else { return nil }
    let isNegative = sign == "-" || marks.contains(.parentheses)
    let spelled = (isNegative ? "-" : "") + digits + (marks.contains(.percent) ? "e-2" : "")
    var copy = spelled
    switch copy.withUTF8({ NumberParser.parse($0, 0, $0.count) }) {
    case .integer(let integer): return (Double(integer), marks, currency)
    case .real(let real): return (real, marks, currency)
    case nil: return nil
    }
  }

  private static func trim(_ rest: inout Substring.UnicodeScalarView) {
    while let first = rest.first, NumberForm.isBlank(first) { rest.removeFirst() }
    while let last = rest.last, NumberForm.isBlank(last) { rest.removeLast() }
  }

  /// Removes a sign; the Unicode minus counts as one, and so does a dash.
  private static func takeSign(_ rest: inout Substring.UnicodeScalarView) -> Character? {
    guard let first = rest.first, first == "-" || first == "+" || first == "\u{2212}" || first == "\u{2013}" else {
      return nil
    }
    rest.removeFirst()
    trim(&rest)
    return first == "+" ? "+" : "-"
  }

  /// Removes a minus sign behind a fraction of at least two digits.
  private static func takeSignBehind(_ rest: inout Substring.UnicodeScalarView) -> Character? {
    guard rest.last == "-" || rest.last == "\u{2212}" else { return nil }
    let digits = rest.dropLast()
    guard let mark = digits.lastIndex(where: { $0 == "." || $0 == "," }), digits[mark...].dropFirst().count >= 2,
      digits[mark...].dropFirst().allSatisfy(isDigit)
    else { return nil }
    rest = digits
    return "-"
  }

  private static func takeCurrency(_ rest: inout Substring.UnicodeScalarView) -> String? {
    let word = rest.prefix { !isDigit($0) && $0 != "." && $0 != "," && !NumberForm.isBlank($0) && $0 != "-" }
    let length = currencyLength(Substring(word)) ?? (rest.starts(with: "Fr.".unicodeScalars) ? 3 : nil)
    guard let length else { return nil }
    let currency = String(rest.prefix(length))
    rest.removeFirst(length)
    trim(&rest)
    return currency
  }

  private static func dropCurrency(_ rest: inout Substring.UnicodeScalarView) -> String? {
    var word = Substring.UnicodeScalarView()
    for scalar in rest.reversed() {
      if isDigit(scalar) || NumberForm.isBlank(scalar) || scalar == "." || scalar == "," || scalar == "-" { break }
      word.insert(scalar, at: word.startIndex)
    }
    guard let length = currencyLength(Substring(word)) else { return nil }
    let currency = String(rest.suffix(length))
    rest.removeLast(length)
    return currency
  }

  /// Returns true for the symbol or code of a currency.
  static func isCurrency(_ word: String) -> Bool { currencyLength(Substring(word)) != nil }

  private static func currencyLength(_ word: Substring) -> Int? {
    let scalars = word.unicodeScalars
    if scalars.count == 1, let symbol = scalars.first, currencySymbols.contains(symbol) { return 1 }
    return currencyCodes.contains(String(word)) ? scalars.count : nil
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { scalar.value >= 48 && scalar.value <= 57 }

  /// Returns the digits with a decimal point and without separators of thousands.
  private static func plain(
    _ text: Substring.UnicodeScalarView, form: NumberForm, marks: inout NumberOrnaments
  ) -> String? {
    var digits = ""
    var groups: [Int] = [0]
    var separator: Unicode.Scalar?
    var rest = text
    while let scalar = rest.first {
      if isDigit(scalar) {
        digits.unicodeScalars.append(scalar)
        groups[groups.count - 1] += 1
      } else if form.groups(by: scalar), groups[0] > 0, separator == nil || separator == scalar {
        separator = scalar
        groups.append(0)
      } else {
        break
      }
      rest.removeFirst()
    }
    if separator != nil {
      guard areThousands(groups), digits.first != "0" else { return nil }
      marks.insert(.groups)
    }
    let isBare = rest.isEmpty
    if let mark = rest.first, mark.value == UInt32(form.mark) {
      rest.removeFirst()
      let fraction = rest.prefix(while: isDigit)
      rest.removeFirst(fraction.count)
      // Whole amounts: `5,-` and `5.--`.
      if fraction.isEmpty, !digits.isEmpty, rest.first == "-" || rest.first == "\u{2013}" || rest.first == "\u{2014}" {
        let dash = rest.removeFirst()
        if dash == "-", rest.first == "-" { rest.removeFirst() }
        guard rest.isEmpty else { return nil }
      }
      let couldBeThousands =
        separator == nil && fraction.count == 3 && (1...3).contains(digits.count) && digits.first != "0" && rest.isEmpty
      marks.insert(couldBeThousands ? .ambiguous : .fraction)
      if !fraction.isEmpty { digits += "." + String(fraction) }
    }
    let isMark = separator.map { $0.value == UInt32(form.otherMark) } ?? false
    if isBare, isMark { marks.insert(groups.count == 2 ? .ambiguous : .fraction) }
    if !rest.isEmpty {
      guard rest.first == "e" || rest.first == "E", groups.count == 1 else { return nil }
      digits += String(rest)
    }
    return digits
  }

  /// Returns true for groups of three digits behind one of at most three, or India's groups of two before the last.
  private static func areThousands(_ groups: [Int]) -> Bool {
    guard let last = groups.last, last == 3, (1...3).contains(groups[0]) else { return false }
    let inner = groups.dropFirst().dropLast()
    return inner.allSatisfy { $0 == 3 } || (inner.allSatisfy { $0 == 2 } && groups[0] <= 2)
  }
}
