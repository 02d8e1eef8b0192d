/// The records above and below the header that are not data: titles, and headers of several lines.
struct HeaderDepth {
  /// The records among which the header is looked for.
  private static let searchedRecords = 10
  /// The records below that show the types of the columns.
  private static let judgedRecords = 50

  /// The number of records above the header, each with few fields; 0 for a table that begins with its header.
  private(set) var titles = 0
  /// The number of a later record that looks like a header, too.
  private(set) var second: Int?

  private let sample: ArraySlice<[SampledRecords.Field]>
  private let records: [[CellShape]]
  private let width: Int

  /// - Parameters:
  ///   - sample: The first records.
  ///   - missing: The texts that count as missing.
  ///   - known: The names of columns that the job or the model uses, none of which is in the first record.
  init(_ sample: SampledRecords, missing: Set<String>, known: Set<String>) {
    width = sample.width
    self.sample = sample.records.prefix(Self.searchedRecords + Self.judgedRecords)
    records = self.sample.map { record in record.map { CellShape($0.text, missing: missing) } }
    guard width > 1, records.count > 1 else { return }
    if let header = header(with: known) {
      titles = header
    } else {
      findNumbers()
      if titles == 0, second == nil { titles = titlesAboveWords }
    }
  }

  /// Returns the first record of words that holds one of `names`.
  private func header(with names: Set<String>) -> Int? {
    guard !names.isEmpty else { return nil }
    return records.indices.dropFirst().prefix(Self.searchedRecords).first { index in
      records[index].count == width && records[index].allSatisfy { $0 == .word || $0 == .empty }
        && sample[index].contains { names.contains($0.text) }
    }
  }

  /// Looks for the first record below the first one with words above numbers.
  private mutating func findNumbers() {
    guard records.count > 2 else { return }
    for header in 1..<min(Self.searchedRecords, records.count - 1) {
      let named = namedColumns(header)
      guard named > 0 else { continue }
      let filled = Self.filled(records[header])
      if records[..<header].allSatisfy({ 2 * Self.filled($0) <= width && Self.filled($0) < filled }) {
        titles = header
      } else if named > 1, 2 * filled > width {
        second = header
      } else {
        continue
      }
      return
    }
  }

  private static func filled(_ record: [CellShape]) -> Int { record.count { $0 != .empty } }

  /// Returns the number of columns in which a word of the record stands above numbers or times only.
  ///
  /// Returns 0 for a record with other fields than words, and if a record above has a value in such a column.
  private func namedColumns(_ header: Int) -> Int {
    let names = records[header]
    guard names.count == width, !names.contains(where: { $0 == .number || $0 == .time }) else { return 0 }
    let columns = names.indices.filter { column in
      guard names[column] == .word else { return false }
      let below = records[(header + 1)...].compactMap { column < $0.count ? $0[column] : nil }.filter { $0 != .empty }
      return !below.isEmpty && below.allSatisfy { $0.isNumber || $0 == .time }
    }
    let hasValueAbove = records[..<header].contains { record in
      columns.contains { $0 < record.count && (record[$0] == .number || record[$0] == .time) && record.count == width }
    }
    return hasValueAbove ? 0 : columns.count
  }

  /// The number of titles above a header over columns of words; 0 if the first record may be the header.
  ///
  /// The names occur in no record below, although the words of a column do so repeatedly.
  private var titlesAboveWords: Int {
    let titles = records.prefix(Self.searchedRecords).prefix { Self.filled($0) < 2 }.count
    guard titles > 0, width > 2, titles < records.count, records[titles].count == width,
      records[titles].allSatisfy({ $0 == .word })
    else { return 0 }
    let names = sample[titles].map(\.text)
    var hasCategories = false
    for (column, name) in names.enumerated() {
      let words = SampledRecords.texts(sample[(titles + 1)...], column).filter { !$0.isEmpty }
      guard !words.contains(name) else { return 0 }
      hasCategories = hasCategories || (words.count > 3 && 2 * Set(words).count <= words.count)
    }
    return hasCategories ? titles : 0
  }
}
