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
  /// The first of them.
  private(set) var ambiguousText: String?
  /// The first number that fits one decimal mark only, by mark.
  private var (firstPoint, firstComma): (String?, String?)
  /// Numbers in any notation.
  private var anyNumbers = 0
  private var monthFirst = 0
  private var dayFirst = 0
  private var anyTimes = 0
  private var statedTimes = 0
  /// Numbers such as `01.2024`, which are rather months.
  private var monthNumbers = 0
  /// The numbers with a unit.
  private(set) var units = UnitCounts()
  /// The most frequent field of those that are neither numbers nor times.
  private(set) var word: (text: String, count: Int)?
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
      if AccountingDash.contains(given, field.start, field.end) {
        present -= count
      } else if InfiniteWords.contains(given, field.start, field.end) {
        infinite += count
      } else {
        note(field, count)
      }
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
      anyNumbers += count
      return
    }
    let point = number(given, field, .point)
    let comma = number(given, field, .comma)
    if point != nil { pointNumbers += count }
    if comma != nil { commaNumbers += count }
    if comma == nil, point != nil, firstPoint == nil { firstPoint = field.text }
    if point == nil, comma != nil, firstComma == nil { firstComma = field.text }
    if point != nil || comma != nil { anyNumbers += count }
    if point != nil, length == 6 || length == 7, given[field.end - 5] == UInt8(ascii: "."),
      isMonth(given[field.start..<field.end])
    {
      monthNumbers += count
    }
    if let point, let comma {
      if point != comma {
        ambiguous += count
        if ambiguousText == nil { ambiguousText = field.text }
      }
      return
    }
    guard point == nil, comma == nil else { return }
    guard !addTime(start + field.start, length, count) else { return }
    note(field, count)
    units.add(field.text, count: count)
  }

  private mutating func note(_ field: ColumnBuilder.Field, _ count: Int) {
    if word.map({ $0.count < count }) ?? true { word = (field.text, count) }
  }

  private func number(
    _ bytes: UnsafeBufferPointer<UInt8>, _ field: ColumnBuilder.Field, _ form: NumberForm
  ) -> Double? {
    if case .real(let real) = NumberParser.parse(bytes, field.start, field.end, mark: form.mark) { return real }
    return WrittenNumber(bytes, field.start, field.end, form: form)?.value
  }

  /// Returns true for one or two digits up to 12, a point and four digits of a year.
  private func isMonth(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 2, (1...2).contains(parts[0].count), parts[1].count == 4,
      let month = Int(String(decoding: parts[0], as: UTF8.self)),
      let year = Int(String(decoding: parts[1], as: UTF8.self))
    else { return false }
    return (1...12).contains(month) && (1900...2100).contains(year)
  }

  /// Counts the fields as times; returns false if they are none.
  private mutating func addTime(_ start: UnsafePointer<UInt8>, _ length: Int, _ count: Int) -> Bool {
    let isTime = countTimes(start, length, count)
    if isTime { anyTimes += count }
    return isTime
  }

  private mutating func countTimes(_ start: UnsafePointer<UInt8>, _ length: Int, _ count: Int) -> Bool {
    let time = TimeParser.parse(start, count: length, form: TimeForm(order: .monthFirst))
    if time != nil { monthFirst += count }
    if let time, !time.doubts.hasOrder || time.doubts.couldSwap {
      dayFirst += count
      return true
    }
    guard time == nil, TimeParser.parse(start, count: length, form: TimeForm(order: .dayFirst)) != nil else {
      return time != nil
    }
    dayFirst += count
    return true
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

  /// Returns how nearly all fields are numbers, but not in the notation `stated`; nil if they are or if they are not.
  ///
  /// Call it for columns that `stated` leaves categorical.
  func unfit(_ stated: NumberForm) -> UnfitNumbers? {
    let mark = settledMark ?? stated.decimalMark
    guard kind(NumberForm(decimalMark: mark)) == .number else { return nil }
    if mark != stated.decimalMark, let text = mark == .comma ? firstComma : firstPoint {
      return UnfitNumbers(mark: mark, text: text)
    }
    return mark == stated.decimalMark && stated.thousands != nil
      ? UnfitNumbers(mark: nil, text: firstPoint ?? firstComma ?? ambiguousText ?? "") : nil
  }

  /// The numbers with a unit, if nearly all fields are numbers and most of them have one of few units.
  var unitNumbers: UnitCounts? {
    guard units.areFew, 2 * units.count > present || units.units.count == 1,
      suffices(units.count + max(pointNumbers, commaNumbers))
    else { return nil }
    return units
  }

  /// True for numbers such as `01.2024` that are rather months.
  var areMonths: Bool { present > 1 && monthNumbers == present }

  /// The decimal mark of a column of which most fields are numbers, and nearly all of these fit this mark; nil for other
  /// columns.
  var firmMark: DecimalMark? {
    guard let mark = settledMark, 2 * anyNumbers > present else { return nil }
    let fitting = mark == .comma ? commaNumbers : pointNumbers
    return Double(fitting) >= Self.requiredShare * Double(anyNumbers) ? mark : nil
  }

  /// The order of day and month that more dates fit; nil if both fit equally well.
  var settledOrder: DateOrder? {
    dayFirst == monthFirst ? nil : dayFirst > monthFirst ? .dayFirst : .monthFirst
  }

  /// Returns the order of day and month; `preferred` decides if both fit equally well.
  func order(preferred: DateOrder?) -> DateOrder { settledOrder ?? preferred ?? .monthFirst }

  /// True if the fields are times in the stated format.
  var areStatedTimes: Bool { format != nil && present > 0 && suffices(statedTimes) }

  /// The fewest fields of which a majority says something.
  private static let judgedFields = 10

  /// The numbers or times of a column of words, if most fields are one of them.
  struct Majority {
    let count: Int
    let present: Int
    let type: String
    /// True if nearly all fields are numbers with a decimal comma.
    let haveCommas: Bool
    /// The numbers that fit only one mark each, if nearly all fields are numbers in one notation or the other.
    let bothMarks: (commas: Int, points: Int)?
    /// The dates that fit only one order of day and month each, if nearly all fields are dates in one order or the other.
    let bothOrders: (monthFirst: Int, dayFirst: Int)?
    /// The most frequent of the other fields.
    let word: (text: String, count: Int)?
  }

  /// The numbers or times in a column that is categorical because of other fields; nil if these are the most.
  var majority: Majority? {
    let (numbers, times) = (max(pointNumbers, commaNumbers), max(monthFirst, dayFirst))
    let mixed = suffices(anyNumbers) && !suffices(numbers)
    let mixedOrders = suffices(anyTimes) && !suffices(times)
    guard present >= Self.judgedFields || mixedOrders, mixed || mixedOrders || 2 * max(numbers, times) > present else {
      return nil
    }
    return Majority(
      count: max(numbers, times), present: present, type: numbers > times ? "numbers" : "times",
      haveCommas: numbers > pointNumbers && suffices(commaNumbers),
      bothMarks: mixed ? (commas: anyNumbers - pointNumbers, points: anyNumbers - commaNumbers) : nil,
      bothOrders: mixedOrders ? (monthFirst: anyTimes - dayFirst, dayFirst: anyTimes - monthFirst) : nil, word: word)
  }

  /// Returns the type that the fields have: numbers in the notation `form`, times, or levels.
  func kind(_ form: NumberForm) -> ColumnBuilder.Kind {
    if areStatedTimes { return .time }
    let numbers = form.decimalMark == .comma ? commaNumbers : pointNumbers
    // A column without a single number, like an empty one, is numeric if nothing contradicts.
    if suffices(numbers + infinite), numbers > 0 || present == infinite { return .number }
    return suffices(max(monthFirst, dayFirst)) ? .time : .level
  }
}
