extension ColumnBuilder {
  /// Takes a field whose text does not stand in the block as it is.
  func take(_ text: String, row: Int, line: Int, missing: MissingFields, rounding: NumberRounding) {
    guard !missing.contains(text) else { return setMissing(row) }
    switch kind {
    case .number:
      var copy = text
      let value = copy.withUTF8 { NumberParser.parse($0, 0, $0.count, rounding: rounding) }
      switch value {
      case .integer(let integer): set(row, integer: integer)
      case .real(let real): set(row, real: real)
      case nil: setMisfit(row, line: line, text: text)
      }
    case .time:
      if let milliseconds = TimeParser.milliseconds(text) {
        set(row, real: milliseconds)
      } else {
        setMisfit(row, line: line, text: text)
      }
    case .level: set(row, level: text)
    case .text: append(text: text)
    case .skipped, .sparse: break
    }
  }
}
