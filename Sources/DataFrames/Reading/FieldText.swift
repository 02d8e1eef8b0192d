extension ColumnBuilder {
  /// Stores a field whose text differs from the bytes of the block.
  func take(
    _ text: String, row: Int, line: Int, missing: MissingFields, reading: FieldReading, isQuoted: Bool = false
  ) {
    guard !missing.contains(text) else { return setMissing(row) }
    switch kind {
    case .number: setNumber(text, row: row, line: line, reading: reading, isQuoted: isQuoted)
    case .time:
      if let milliseconds = TimeParser.milliseconds(text, reading: reading) {
        set(row, real: milliseconds)
      } else if reading == .loose {
        setNumber(text, row: row, line: line, reading: reading, isQuoted: isQuoted)
      } else {
        setMisfit(row, line: line, text: text)
      }
    case .level: set(row, level: text)
    case .text: append(text: text)
    case .skipped, .sparse: break
    }
  }

  private func setNumber(_ text: String, row: Int, line: Int, reading: FieldReading, isQuoted: Bool) {
    var copy = text
    switch copy.withUTF8({ NumberParser.parse($0, 0, $0.count, reading: reading, isQuoted: isQuoted) }) {
    case .integer(let integer): set(row, integer: integer)
    case .real(let real): set(row, real: real)
    case nil: setMisfit(row, line: line, text: text)
    }
  }
}
