extension ColumnBuilder {
  /// A field between `start` and `end` of `bytes`, which outlive the call.
  struct Field {
    let bytes: UnsafeBufferPointer<UInt8>
    var start: Int
    var end: Int
    let isQuoted: Bool
    /// The line of the field, counted from the start of its block.
    let line: Int

    var text: String { CSVScanner.text(UnsafeBufferPointer(rebasing: bytes[start..<end])) }

    /// Returns the field without blanks around it, which quotes preserve.
    var trimmed: Field {
      var field = self
      while field.start < field.end, bytes[field.start] == UInt8(ascii: " ") { field.start += 1 }
      while field.end > field.start, bytes[field.end - 1] == UInt8(ascii: " ") { field.end -= 1 }
      return field
    }
  }

  /// Stores a field as a number.
  @inline(__always)
  func takeNumber(_ field: Field, row: Int, rules: FieldRules) {
    if rules.missing.holdsNumbers, rules.missing.contains(field.bytes, field.start, field.end) {
      return setMissing(row)
    }
    let value = NumberParser.parse(
      field.bytes, field.start, field.end, reading: rules.form.reading, mark: rules.form.numbers.mark,
      isQuoted: field.isQuoted)
    switch value {
    case .integer(let integer):
      set(row, integer: integer)
      if field.bytes[field.start] == UInt8(ascii: "0"), field.end - field.start >= 3 {
        notes.leadingZeros.note(line: field.line, text: field.text)
      }
    case .real(let real):
      set(row, real: real)
      let leadsWithZero =
        field.end - field.start > 2 && field.bytes[field.start] == UInt8(ascii: "0")
        && field.bytes[field.start + 1] &- 48 < 10
      if leadsWithZero || real.magnitude >= 0x1p53 || rules.form.numbers.decimalMark == .comma {
        noteReal(field, rules)
      }
    case nil: takeOther(field, row: row, rules: rules)
    }
  }

  private func noteReal(_ field: Field, _ rules: FieldRules) {
    let text = field.bytes[field.start..<field.end]
    if let mark = text.lastIndex(of: rules.form.numbers.mark) {
      let whole = text[..<mark].drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
      let couldBeThousands =
        text.endIndex - mark == 4 && (1...3).contains(whole.count) && whole.first != UInt8(ascii: "0")
      notes.note(couldBeThousands ? .ambiguous : .fraction, line: field.line, text: field.text)
    } else if text.allSatisfy({ $0 &- 48 < 10 || $0 == UInt8(ascii: "-") }) {
      if Int(field.text).map({ Double(exactly: $0) == nil }) ?? true {
        notes.rounded.note(line: field.line, text: field.text)
      }
      if text.first == UInt8(ascii: "0") { notes.leadingZeros.note(line: field.line, text: field.text) }
    }
  }

  /// Stores a field that is not a plain number.
  private func takeOther(_ given: Field, row: Int, rules: FieldRules) {
    guard rules.form.reading == .exact else {
      if rules.missing.contains(given.bytes, given.start, given.end) { return setMissing(row) }
      return setMisfit(row, line: given.line, text: given.text)
    }
    let field = given.isQuoted ? given.trimmed : given
    if rules.missing.contains(field.bytes, field.start, field.end) { return setMissing(row) }
    if let number = WrittenNumber(field.bytes, field.start, field.end, form: rules.form.numbers) {
      notes.note(number.marks, line: field.line, text: field.text)
      if let currency = number.currency { notes.currencies.note(currency, line: field.line, text: field.text) }
      if let integer = Int32(exactly: number.value) { set(row, integer: integer) } else { set(row, real: number.value) }
      return
    }
    if AccountingDash.contains(field.bytes, field.start, field.end) { return setMissing(row) }
    if InfiniteWords.contains(field.bytes, field.start, field.end) {
      notes.infinite.note(line: field.line, text: field.text)
      return setMissing(row)
    }
    if rules.form.numbers.thousands == nil,
      WrittenNumber(
        field.bytes, field.start, field.end, form: rules.form.numbers.decimalMark == .point ? .comma : .point) != nil
    {
      notes.repairable += 1
    }
    // Words of a model are UTF-8, which the bytes need not be.
    guard !rules.missing.contains(field.text) else { return setMissing(row) }
    setMisfit(row, line: field.line, text: field.text)
  }

  /// Stores a field as a time.
  func takeTime(_ given: Field, row: Int, rules: FieldRules) {
    let field = given.isQuoted && rules.form.reading == .exact ? given.trimmed : given
    if rules.missing.contains(field.bytes, field.start, field.end) { return setMissing(row) }
    guard let base = field.bytes.baseAddress else { return setMissing(row) }
    let (start, count) = (base + field.start, field.end - field.start)
    if let time = TimeParser.parse(start, count: count, form: rules.form.times, reading: rules.form.reading) {
      notes.note(time, line: field.line, text: field.text)
      return set(row, real: time.milliseconds)
    }
    guard rules.form.reading == .exact else { return takeNumber(field, row: row, rules: rules) }
    if rules.form.times.format == nil,
      TimeParser.parse(start, count: count, form: TimeForm(order: rules.form.times.order.other)) != nil
    {
      notes.repairable += 1
    }
    setMisfit(row, line: field.line, text: field.text)
  }

  /// Stores a field whose text differs from the bytes of the block.
  func take(
    _ text: String, row: Int, line: Int, rules: FieldRules, isQuoted: Bool = false
  ) {
    switch kind {
    case .number, .time:
      var copy = text
      copy.withUTF8 { bytes in
        let field = Field(bytes: bytes, start: 0, end: bytes.count, isQuoted: isQuoted, line: line)
        if kind == .number {
          takeNumber(field, row: row, rules: rules)
        } else {
          takeTime(field, row: row, rules: rules)
        }
      }
    case .level: rules.missing.contains(text) ? setMissing(row) : set(row, level: text)
    case .text: rules.missing.contains(text) ? setMissing(row) : set(row, text: text)
    case .skipped, .sparse: break
    }
  }
}
