/// The unit of a setting that takes plain numbers, as its name says, and what a text with a unit means in it.
package enum PlainUnit: String, Sendable, CaseIterable {
  case bytes, seconds, days

  /// Creates the unit in a name such as `max_memory_bytes` or `--max-memory-bytes`; nil if there is none.
  package init?(inName name: String) {
    let words = name.split { $0 == "_" || $0 == "-" || $0 == "." }
    guard let unit = Self.allCases.first(where: { unit in words.contains { unit.names.contains(String($0)) } }) else {
      return nil
    }
    self = unit
  }

  /// Returns the answer to a number with a unit, such as `40MB` or `2 h`: the plain number to write; nil for another
  /// text.
  package func answer(to text: String) -> String? {
    let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "+" || $0 == "-") }
    guard let value = Double(number), number.count < text.count else { return nil }
    let written = text.dropFirst(number.count).drop(while: \.isWhitespace).lowercased()
    guard !written.isEmpty, written.allSatisfy(\.isLetter) else { return nil }
    let advice = factors[written].flatMap { Int(exactly: (value * $0).rounded()) }.map { "write \($0)" }
    return "expected a number of \(rawValue) without a unit, found '\(text.prefix(60))'; "
      + (advice ?? "for example, write \(example)")
  }

  private var names: Set<String> {
    switch self {
    case .bytes: ["bytes"]
    case .seconds: ["seconds", "secs"]
    case .days: ["days"]
    }
  }

  private var example: String {
    switch self {
    case .bytes: "8000000000 for 8 GB"
    case .seconds: "3600 for an hour"
    case .days: "30 for a month"
    }
  }

  /// What other units mean in this one, by their names in lower case.
  private var factors: [String: Double] {
    switch self {
    case .bytes:
      [
        "b": 1, "byte": 1, "bytes": 1, "k": 1e3, "kb": 1e3, "m": 1e6, "mb": 1e6, "g": 1e9, "gb": 1e9, "t": 1e12,
        "tb": 1e12, "kib": 0x1p10, "mib": 0x1p20, "gib": 0x1p30, "tib": 0x1p40,
      ]
    case .seconds:
      [
        "s": 1, "sec": 1, "secs": 1, "second": 1, "seconds": 1, "m": 60, "min": 60, "mins": 60, "minute": 60,
        "minutes": 60, "h": 3600, "hour": 3600, "hours": 3600, "d": 86_400, "day": 86_400, "days": 86_400,
      ]
    case .days:
      [
        "d": 1, "day": 1, "days": 1, "w": 7, "week": 7, "weeks": 7, "month": 30, "months": 30, "y": 365, "year": 365,
        "years": 365,
      ]
    }
  }
}
