/// Counts of the fields of a column that fit each type and notation.
struct FieldEvidence {
  /// The share of a column's fields that must fit a type.
  static let requiredShare = 0.95

  /// The fields that are not missing.
  private(set) var present = 0
  private var pointNumbers = 0
  private var commaNumbers = 0
  private var infinite = 0
  /// Numbers of both notations, with a different value in each.
  private(set) var ambiguous = 0
  private var monthFirst = 0
  private var dayFirst = 0
  private var statedTimes = 0
  private let format: DateFormat?
  private let missing: MissingFields

  /// - Parameters:
  ///   - missing: The words that are missing in columns of numbers and times.
  ///   - format: The stated format of times.
  init(missing: MissingFields, format: DateFormat?) {
    self.missing = missing
    self.format = format
  }

  /// Counts `count` fields that hold `text`.
  mutating func add(_ given: UnsafeBufferPointer<UInt8>, count: Int) {
    guard let start = given.baseAddress else { return }
    let field = ColumnBuilder.Field(bytes: given, start: 0, end: given.count, isQuoted: false, line: 0).trimmed
    guard !missing.contains(given, field.start, field.end) else { return }
    present += count
    guard given.contains(where: { $0 &- 48 < 10 }) else {
      if InfiniteWords.contains(given, field.start, field.end) { infinite += count }
      return
    }
    let length = field.end - field.start
    if let format,
      TimeParser.parse(start + field.start, count: length, form: TimeForm(order: .monthFirst, format: format)) != nil
    {
      statedTimes += count
    }
    if case .integer = NumberParser.parse(given, field.start, field.end) {
      pointNumbers += count
      commaNumbers += count
      return
    }
    let point = number(given, field, .point)
    let comma = number(given, field, .comma)
    if point != nil { pointNumbers += count }
    if comma != nil { commaNumbers += count }
    if let point, let comma {
      if point != comma { ambiguous += count }
      return
    }
    guard point == nil, comma == nil else { return }
    addTime(start + field.start, length, count)
  }

  private func number(
    _ bytes: UnsafeBufferPointer<UInt8>, _ field: ColumnBuilder.Field, _ form: NumberForm
  ) -> Double? {
    if case .real(let real) = NumberParser.parse(bytes, field.start, field.end, mark: form.mark) { return real }
    return WrittenNumber(bytes, field.start, field.end, form: form)?.value
  }

  private mutating func addTime(_ start: UnsafePointer<UInt8>, _ length: Int, _ count: Int) {
    let time = TimeParser.parse(start, count: length, form: TimeForm(order: .monthFirst))
    if time != nil { monthFirst += count }
    if time?.hasOrder != true || time?.couldSwap == true, time != nil { return dayFirst += count }
    if time == nil, TimeParser.parse(start, count: length, form: TimeForm(order: .dayFirst)) != nil {
      dayFirst += count
    }
  }

  /// Returns true if so many of the fields are of a type that the column has it.
  private func suffices(_ count: Int) -> Bool { Double(count) >= Self.requiredShare * Double(present) }

  /// True if less than half of the fields are numbers or times, so that the others need not be seen.
  private var isMostlyWords: Bool {
    2 * (max(pointNumbers, commaNumbers) + max(monthFirst, dayFirst) + statedTimes + infinite) < present
  }

  /// True if the fields, a sample of a column, are words in every notation.
  var isOfWords: Bool { kind(.point) == .level && kind(.comma) == .level && isMostlyWords }

  /// Returns the numbers' notation; `preferred` decides if both fit equally well.
  func numberForm(preferred: DecimalMark, allowsComma: Bool) -> NumberForm {
    guard allowsComma else { return .point }
    if commaNumbers != pointNumbers { return commaNumbers > pointNumbers ? .comma : .point }
    return preferred == .comma ? .comma : .point
  }

  /// The decimal mark that more numbers fit; nil if both fit equally well.
  var settledMark: DecimalMark? {
    commaNumbers == pointNumbers ? nil : commaNumbers > pointNumbers ? .comma : .point
  }

  /// The order of day and month that more dates fit; nil if both fit equally well.
  var settledOrder: DateOrder? {
    dayFirst == monthFirst ? nil : dayFirst > monthFirst ? .dayFirst : .monthFirst
  }

  /// Returns the order of day and month; `preferred` decides if both fit equally well.
  func order(preferred: DateOrder?) -> DateOrder { settledOrder ?? preferred ?? .monthFirst }

  /// True if the fields are times in the stated format.
  var areStatedTimes: Bool { format != nil && present > 0 && suffices(statedTimes) }

  /// Returns the type that the fields have: numbers in the notation `form`, times, or levels.
  func kind(_ form: NumberForm) -> ColumnBuilder.Kind {
    if areStatedTimes { return .time }
    let numbers = form.decimalMark == .comma ? commaNumbers : pointNumbers
    // A column without a single number, like an empty one, is numeric if nothing contradicts.
    if suffices(numbers + infinite), numbers > 0 || present == infinite { return .number }
    return suffices(max(monthFirst, dayFirst)) ? .time : .level
  }
}
