/// What turns the stored values of cells into fields.
struct SheetValues {
  let strings: SharedStrings
  let styles: CellStyles
  let calendar: SerialDate.Calendar
  /// The columns with durations, in which times of day count as durations too.
  var durationColumns: Set<Int> = []
  var decimalMark = UInt8(ascii: ".")

  /// Returns the shared text that a cell refers to.
  func shared(
    _ cell: SheetCell, _ value: UnsafeBufferPointer<UInt8>
  ) throws(XMLProblem) -> (bytes: ArraySlice<UInt8>, evidence: DecimalEvidence) {
    guard let index = Int(String(decoding: value, as: UTF8.self)), let found = strings.field(index) else {
      throw XMLProblem(
        "row \(cell.row), column \(CellReference.letters(cell.column)): shared text "
          + "'\(String(decoding: value.prefix(20), as: UTF8.self))' does not exist")
    }
    return found
  }

  /// Appends the field of a cell, which is empty for errors.
  func append(
    _ cell: SheetCell, _ value: UnsafeBufferPointer<UInt8>, to field: inout [UInt8]
  ) throws(XMLProblem) {
    switch cell.content {
    case .empty, .error: break
    case .text: SheetField.append(text: value, to: &field)
    case .shared: field.append(contentsOf: try shared(cell, value).bytes)
    case .boolean:
      switch value.first {
      case UInt8(ascii: "1") where value.count == 1: field.append(contentsOf: "TRUE".utf8)
      case UInt8(ascii: "0") where value.count == 1: field.append(contentsOf: "FALSE".utf8)
      default: field.append(contentsOf: String(decoding: value, as: UTF8.self).uppercased().utf8)
      }
    case .number:
      if !appendTime(cell, value, to: &field) {
        SheetField.append(number: value, decimalMark: decimalMark, to: &field)
      }
    }
  }

  /// Appends a number that stands for a date, a time or a duration; returns false for other numbers.
  private func appendTime(
    _ cell: SheetCell, _ value: UnsafeBufferPointer<UInt8>, to field: inout [UInt8]
  ) -> Bool {
    var format = styles[cell.style]
    if format == .time, durationColumns.contains(cell.column) { format = .duration }
    guard format != .number, let serial = Double(String(decoding: value, as: UTF8.self)), serial.isFinite else {
      return false
    }
    switch format {
    case .number: return false
    case .date: return SerialDate.append(serial, calendar: calendar, withTime: false, to: &field)
    case .dateTime: return SerialDate.append(serial, calendar: calendar, withTime: true, to: &field)
    case .time:
      return SerialDate.appendTime(serial, to: &field)
        || SerialDate.append(serial, calendar: calendar, withTime: true, to: &field)
    case .duration:
      SheetField.append(SerialDate.seconds(serial), decimalMark: decimalMark, to: &field)
      return true
    }
  }
}
