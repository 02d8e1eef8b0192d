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

  /// - `missing`: The texts that count as missing.
  init(_ sample: SampledRecords, missing: Set<String>) {
    let width = sample.width
    let records = sample.records.prefix(Self.searchedRecords + Self.judgedRecords).map { record in
      record.map { CellShape($0.text, missing: missing) }
    }
    guard width > 1, records.count > 2 else { return }
    for header in 1..<min(Self.searchedRecords, records.count - 1) {
      let named = Self.namedColumns(records, header, width)
      guard named > 0 else { continue }
      let above = records[..<header]
      let filled = Self.filled(records[header])
      if above.allSatisfy({ 2 * Self.filled($0) <= width && Self.filled($0) < filled }) {
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
  private static func namedColumns(_ records: [[CellShape]], _ header: Int, _ width: Int) -> Int {
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
}
