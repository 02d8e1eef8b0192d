/// The first records of a text, for guessing.
struct SampledRecords {
  struct Field {
    let text: String
    let isQuoted: Bool
  }

  private(set) var records: [[Field]] = []
  /// The positions of the records.
  private(set) var starts: [Int] = []
  /// The number of quoted fields with text behind the closing quote, and of quotes without a partner.
  private(set) var faults = 0

  var first: [Field] { records.first ?? [] }
  var body: ArraySlice<[Field]> { records.dropFirst() }

  /// Reads up to `limit` records from `head`, the beginning of a text.
  ///
  /// `isWhole`: False if the text continues after `head`; its last record is then left out.
  init(_ head: UnsafeBufferPointer<UInt8>, syntax: CSVSyntax, beginning: Preamble, limit: Int, isWhole: Bool) {
    var scanner = CSVScanner(head, syntax: syntax, start: beginning.byteCount)
    var record: [Field] = []
    var field = CSVScanner.Field()
    var isCut = false
    while records.count < limit, !(record.isEmpty && scanner.isAtEndAfterEmptyLines()) {
      if record.isEmpty { starts.append(scanner.position) }
      let ending = scanner.next(&field)
      record.append(Field(text: scanner.text(field), isQuoted: field.isQuoted))
      switch ending {
      case .field: continue
      case .line: isCut = false
      case .file: isCut = true
      case .unclosedQuote:
        isCut = true
        if isWhole { faults += 1 }
      case .straddlingQuote: faults += 1
      }
      records.append(record)
      record = []
    }
    if isCut, !isWhole, records.count > 1 { records.removeLast() }
    faults += scanner.strayTexts
    leaveOutEmptyLines()
  }

  /// Leaves out records of separators alone whose width differs from that of the others: such lines are not read.
  private mutating func leaveOutEmptyLines() {
    let isEmpty = records.map { $0.count > 1 && $0.allSatisfy { $0.text.isEmpty && !$0.isQuoted } }
    guard isEmpty.contains(true) else { return }
    let full = records.indices.filter { !isEmpty[$0] }.map { records[$0].count }
    guard full.count > 1, let width = Self.mode(full.dropFirst()) else { return }
    let kept = records.indices.filter { !isEmpty[$0] || records[$0].count == width }
    (records, starts) = (kept.map { records[$0] }, kept.map { starts[$0] })
  }

  /// Removes the second record if it is a line of dashes, as database clients write it below the header.
  ///
  /// - Returns: The position of the record behind it; nil if it remains.
  mutating func removeRule() -> Int? {
    guard records.count > 2, let first = records[1].first,
      records[1].allSatisfy({ Self.isRule($0, allowsCrosses: records[1].count == 1) }),
      records[1].count == records[0].count || first.text.contains("+")
    else { return nil }
    records.remove(at: 1)
    starts.remove(at: 1)
    return starts[1]
  }

  private static func isRule(_ field: Field, allowsCrosses: Bool) -> Bool {
    let text = field.text.utf8.filter { $0 != UInt8(ascii: " ") }
    return !field.isQuoted && text.count >= 3
      && text.allSatisfy {
        $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "=") || (allowsCrosses && $0 == UInt8(ascii: "+"))
      }
  }

  /// The number of fields that most records below the first have; the larger of two that are equally frequent.
  var width: Int { Self.mode((records.count > 1 ? body : records[...]).map(\.count)[...]) ?? 0 }

  /// Returns the most frequent of `widths`; the largest of those that are equally frequent.
  private static func mode(_ widths: ArraySlice<Int>) -> Int? {
    var frequencies: [Int: Int] = [:]
    for width in widths { frequencies[width, default: 0] += 1 }
    return frequencies.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key
  }

  /// True if all records have equally many fields.
  var isEven: Bool { records.allSatisfy { $0.count == records.first?.count } }

  /// Returns the texts of a column in `rows`.
  static func texts(_ rows: ArraySlice<[Field]>, _ column: Int) -> [String] {
    rows.compactMap { column < $0.count ? $0[column].text : nil }
  }
}
