/// A character that may separate the fields of records that have only one each.
enum OtherSeparator {
  private static let marks: [Character] = ["^", "~", ":", "\u{A6}", "!", "#", "\u{1}", "\u{1F}"]

  /// Returns the name of a mark that all records, at least three, hold equally often; nil without one.
  static func mark(_ sample: SampledRecords) -> String? {
    guard sample.width == 1, sample.records.count > 2, sample.records.allSatisfy({ $0.count == 1 && !$0[0].isQuoted })
    else { return nil }
    let texts = sample.records.map { $0[0].text }
    let found = marks.first { mark in
      let count = texts[0].count { $0 == mark }
      return count > 0 && texts.allSatisfy { text in text.count { $0 == mark } == count }
    }
    return found.map { $0 < " " ? "the control character \($0.asciiValue ?? 0)" : "'\($0)'" }
  }
}
