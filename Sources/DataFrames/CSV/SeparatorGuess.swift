/// The separator and the escapes of quotes that divide the beginning of a text best.
///
/// A separator should split all records into equally many fields, the first one with the tolerance that headers
/// need, and leave fields that do not contain another separator.
struct SeparatorGuess {
  /// Possible separators, in order of preference.
  private static let candidates: [UInt8] = [",", "\t", ";", "|", " "].map { UInt8(ascii: $0) }
  private static let blank = UInt8(ascii: " ")
  private static let sampledRecords = 100
  private static let sampledBytes = 1 << 16

  let syntax: CSVSyntax
  /// Another separator that fits as well.
  private(set) var rival: UInt8?
  /// The separator that detection chooses, where the stated one divides the records worse.
  private(set) var better: Better?

  /// A separator that divides the records better than the stated one.
  struct Better {
    let separator: UInt8
    let width: Int
    /// True if no record contains the stated separator.
    let isAlone: Bool
    /// True if the stated separator cannot be meant.
    let isCertain: Bool
  }

  /// The division of the sample by one separator.
  private struct Division {
    let syntax: CSVSyntax
    let width: Int
    /// The number of fields of the first record.
    let firstWidth: Int
    let isEven: Bool
    /// True if quotes enclose whole fields.
    let isSound: Bool
    /// True if the records have as many fields as the header, without names of rows.
    let isExact: Bool
    /// The fraction of records with `width` fields.
    let evenShare: Double
    /// The fraction of fields that contain no other separator.
    let plainShare: Double

    init(_ head: Head, _ separator: UInt8) {
      var syntax = CSVSyntax(separator: separator)
      syntax.comment = head.comment
      var sample = head.sample(syntax)
      if sample.faults > 0 || (head.hasEscapedQuotes && !sample.isEven) {
        var escaped = syntax
        escaped.quoteEscape = .backslash
        let other = head.sample(escaped)
        if other.faults < sample.faults || (other.faults == 0 && other.isEven && !sample.isEven) {
          (syntax, sample) = (escaped, other)
        }
      }
      if sample.faults > 0 {
        var bare = syntax
        bare.quoteEscape = .missing
        let other = head.sample(bare)
        if other.faults == 0, other.isEven, other.width > 1 { (syntax, sample) = (bare, other) }
      }
      let width = sample.width
      self.syntax = syntax
      self.width = width
      firstWidth = sample.first.count
      let body = sample.records.count > 1 ? sample.body : sample.records[...]
      evenShare = Double(body.count { $0.count == width }) / Double(max(1, body.count))
      let shape = RecordShape(sample, separator: separator, missing: head.missing)
      isEven = width > 1 && evenShare == 1 && shape.fitsHeader
      isSound = sample.faults == 0
      isExact = shape.difference != .rowNames
      let fields = body.lazy.filter { $0.count == width }.joined()
      let plain = fields.count { SeparatorGuess.isPlain($0, separator, missing: head.missing) }
      plainShare = Double(plain) / Double(max(1, fields.count))
    }

    /// The order of preference among divisions of the same evenness.
    var rank: (Int, Int) { (Int((20 * plainShare).rounded()), width) }
  }

  /// The beginning of a text.
  struct Head {
    let bytes: UnsafeBufferPointer<UInt8>
    let preamble: Preamble
    let isWhole: Bool
    let comment: UInt8?
    let missing: Set<String>

    /// True if a backslash stands before a quote.
    var hasEscapedQuotes: Bool {
      let sampled = bytes.prefix(preamble.byteCount + sampledBytes)
      return zip(sampled, sampled.dropFirst()).contains { $0 == UInt8(ascii: "\\") && $1 == UInt8(ascii: "\"") }
    }

    /// Returns the first records, at least two if the text has them.
    func sample(_ syntax: CSVSyntax) -> SampledRecords {
      var limit = preamble.byteCount + sampledBytes
      while true {
        let isAll = limit >= bytes.count
        let sample = SampledRecords(
          UnsafeBufferPointer(rebasing: bytes.prefix(limit)), syntax: syntax, beginning: preamble,
          limit: sampledRecords, isWhole: isAll && isWhole)
        if isAll || sample.records.count > 1 { return sample }
        limit *= 4
      }
    }
  }

  /// `stated`: The separator that the job or the file states.
  init(_ head: Head, stated: UInt8?) {
    if let stated {
      let division = Division(head, stated)
      syntax = division.syntax
      better = division.isEven ? nil : Self.better(than: division, head)
      return
    }
    (syntax, rival) = Self.choice(Self.candidates.map { Division(head, $0) })
  }

  /// Returns the separator that detection chooses, if it divides the records better than a stated one that divides them
  /// unevenly or not at all.
  private static func better(than stated: Division, _ head: Head) -> Better? {
    let divisions = candidates.map { Division(head, $0) }
    let separator = choice(divisions).syntax.separator
    guard separator != stated.syntax.separator,
      let other = divisions.first(where: { $0.syntax.separator == separator }), other.width > 1
    else { return nil }
    let isAlone = stated.width < 2 && stated.firstWidth < 2
    // Blanks stand in texts, which may have one field each.
    let isLikely =
      other.isEven || (other.evenShare >= likelyShare && (isAlone || other.evenShare > stated.evenShare))
    guard isLikely, isAlone || separator != blank else { return nil }
    return Better(
      separator: separator, width: other.width, isAlone: isAlone,
      isCertain: isAlone && other.isEven && separator != blank)
  }

  /// The share of records that a better separator divides into equally many fields.
  private static let likelyShare = 0.9

  private static func choice(_ divisions: [Division]) -> (syntax: CSVSyntax, rival: UInt8?) {
    // Names and texts contain blanks, so any other even separator wins.
    let even = Self.best(divisions.filter { $0.isEven && $0.syntax.separator != Self.blank })
    if let best = even.max(by: { $0.rank <= $1.rank && $0.rank != $1.rank }) {
      let first = even.first { $0.rank == best.rank } ?? best
      let rival = even.first { $0.syntax.separator != first.syntax.separator && $0.rank.0 == first.rank.0 }
      return (first.syntax, rival?.syntax.separator)
    }
    if let blanks = divisions.last, blanks.isEven { return (blanks.syntax, nil) }
    return (uneven(divisions.dropLast()), nil)
  }

  /// Returns the divisions without faults, and of those the ones whose header is as wide as the records, if there are any.
  private static func best(_ divisions: [Division]) -> [Division] {
    let sound = divisions.contains(where: \.isSound) ? divisions.filter(\.isSound) : divisions
    return sound.contains(where: \.isExact) ? sound.filter(\.isExact) : sound
  }

  private static func uneven(_ divisions: ArraySlice<Division>) -> CSVSyntax {
    var best: (rank: (Int, Int, Int), syntax: CSVSyntax)?
    for division in divisions where max(division.width, division.firstWidth) > 1 {
      let share = division.width > 1 ? Int((10 * division.evenShare).rounded()) : 0
      let rank = (share, division.rank.0, division.firstWidth)
      if best.map({ rank > $0.rank }) ?? true { best = (rank, division.syntax) }
    }
    return best?.syntax ?? divisions.first?.syntax ?? CSVSyntax(separator: UInt8(ascii: ","))
  }

  /// Returns true if the field contains no other separator, except in numbers, times and before blanks.
  private static func isPlain(_ field: SampledRecords.Field, _ separator: UInt8, missing: Set<String>) -> Bool {
    guard !field.isQuoted else { return true }
    let text = field.text
    guard text.utf8.contains(where: { $0 == 44 || $0 == 9 || $0 == 59 || $0 == 124 }) else { return true }
    if separator != UInt8(ascii: ","), CellShape(text, missing: missing) != .word { return true }
    let bytes = Array(text.utf8)
    return bytes.indices.allSatisfy { index in
      switch bytes[index] {
      case UInt8(ascii: "\t"), UInt8(ascii: "|"): false
      case UInt8(ascii: ","), UInt8(ascii: ";"): index + 1 == bytes.count || bytes[index + 1] == blank
      default: true
      }
    }
  }
}
