/// A character that may separate the fields of records that have only one each.
struct OtherSeparator {
  private static let marks: [Character] = ["^", "~", ":", "\u{A6}", "!", "#", "\u{1}", "\u{1F}"]

  private let mark: Character

  /// Returns the mark that all records, at least three, hold equally often; nil without one.
  init?(_ sample: SampledRecords) {
    guard sample.width == 1, sample.records.count > 2, sample.records.allSatisfy({ $0.count == 1 && !$0[0].isQuoted })
    else { return nil }
    let texts = sample.records.map { $0[0].text }
    let found = Self.marks.first { mark in
      let count = texts[0].count { $0 == mark }
      return count > 0 && texts.allSatisfy { text in text.count { $0 == mark } == count }
    }
    guard let found else { return nil }
    mark = found
  }

  /// Returns the sentence about a table that is read with one field in each record.
  func sentence(_ keys: KeyPlace) -> String {
    let (name, advice) =
      switch mark.asciiValue {
      case nil: ("'\(mark)'", "replace it in the file by an ASCII character")
      case let code? where mark < " ":
        (
          "the control character \(code)",
          "state separator: \"\\x\(code < 16 ? "0" : "")\(String(code, radix: 16))\"\(keys.words)"
        )
      default: ("'\(mark)'", "state separator: '\(mark)'\(keys.words)")
      }
    return "each record has one field, although all hold \(name) equally often; \(advice) if it separates fields"
  }
}
