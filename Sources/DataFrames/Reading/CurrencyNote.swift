/// The currencies of a column's amounts.
struct CurrencyNote: Sendable {
  /// The currencies that symbols and words stand for.
  private static let codes: [String: String] = [
    "$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB", "₩": "KRW", "₺": "TRY",
    "₪": "ILS", "₴": "UAH", "Fr.": "CHF", "zł": "PLN", "A$": "AUD", "C$": "CAD", "R$": "BRL",
  ]

  /// The number of amounts with a currency.
  private(set) var count = 0
  /// The first amount, and the first one in another currency.
  private(set) var first: Amount?
  private(set) var other: Amount?

  struct Amount: Sendable {
    let currency: String
    /// Counted from the start of the block, or of the file once blocks are joined.
    let line: Int
    let text: String
  }

  mutating func note(_ symbol: String, line: Int, text: @autoclosure () -> String) {
    count += 1
    guard other == nil else { return }
    let code = Self.codes[symbol] ?? symbol
    if let first, first.currency == code { return }
    take(Amount(currency: code, line: line, text: text()))
  }

  private mutating func take(_ amount: Amount) {
    if let first {
      if other == nil, first.currency != amount.currency { other = amount }
    } else {
      first = amount
    }
  }

  /// Adds the note of a later block.
  mutating func add(_ later: CurrencyNote, linesBefore: Int) {
    count += later.count
    for amount in [later.first, later.other].compactMap(\.self) {
      take(Amount(currency: amount.currency, line: amount.line + linesBefore, text: amount.text))
    }
  }
}
