/// The guess whether the first record holds the names of the columns.
struct HeaderGuess {
  private static let years = 1800...2200
  /// The number of fields that are judged; a wide table shows its header in few records.
  private static let judgedFields = 50_000

  let hasHeader: Bool
  /// True if the evidence would also allow the other answer.
  private(set) var isDoubtful = false
  /// True if a name stands above numbers or times, or is one that the job uses.
  private(set) var isCertain = false

  /// A column of the sample: its field in the first record, and those below.
  private struct Column {
    let first: CellShape
    let body: [CellShape]
    /// True if the first field occurs below.
    let repeats: Bool
    let isQuotedAboveOnly: Bool

    var numbers: Bool { !body.isEmpty && body.allSatisfy { $0.isNumber } }
    var times: Bool { !body.isEmpty && body.allSatisfy { $0 == .time } }

    /// True if the first field is a word above numbers or times, or a time above numbers.
    var isNamed: Bool {
      switch first {
      case .word: numbers || times || (!body.isEmpty && body.allSatisfy { $0 != .word })
      case .time: numbers
      case .empty, .wholeNumber, .number: false
      }
    }

    /// True if the first field has the same kind as the fields below, and is not a word.
    var isRecord: Bool {
      switch first {
      case .number: !body.contains(.word) || body.contains { $0.isNumber }
      case .time: times
      case .empty, .wholeNumber, .word: false
      }
    }

    /// Returns true if the fields grow by `step` from the first one on.
    func continues(by step: Int) -> Bool {
      guard case .wholeNumber(let value)? = body.first, case .wholeNumber(let above) = first else { return false }
      return value == above + step
    }

    var hasFractionsBelow: Bool { !body.isEmpty && body.allSatisfy { $0 == .number } }
    var hasWordsBelow: Bool { !body.isEmpty && body.allSatisfy { $0 == .word } }
    var hasYearsBelow: Bool {
      body.contains { if case .wholeNumber(let year) = $0 { HeaderGuess.years.contains(year) } else { false } }
    }
  }

  /// - Parameters:
  ///   - sample: The first records.
  ///   - missing: The texts that count as missing.
  ///   - known: The names of columns that the job or the model uses.
  init(_ sample: SampledRecords, missing: Set<String>, known: Set<String>) {
    let first = sample.first
    let shapes = first.map { CellShape($0.text, missing: missing) }
    if first.contains(where: { known.contains($0.text) }) {
      hasHeader = true
      isCertain = true
      return
    }
    guard !sample.body.isEmpty else {
      // Words alone are a header without records; a single record would hold a number.
      hasHeader = shapes.allSatisfy { $0 == .word || $0 == .empty } && shapes.contains(.word)
      isDoubtful = hasHeader
      return
    }
    let body = sample.body.prefix(max(20, Self.judgedFields / max(1, shapes.count)))
    let columns = shapes.indices.map { index in
      let fields = body.compactMap { index < $0.count ? $0[index] : nil }
      return Column(
        first: shapes[index],
        body: fields.map { CellShape($0.text, missing: missing) }.filter { $0 != .empty },
        repeats: shapes[index] == .word && fields.contains { $0.text == first[index].text },
        isQuotedAboveOnly: first[index].isQuoted && fields.allSatisfy { !$0.isQuoted || $0.text.isEmpty })
    }
    (hasHeader, isDoubtful) = Self.judge(columns)
    isCertain = hasHeader && columns.contains(where: \.isNamed)
  }

  private static func judge(_ columns: [Column]) -> (Bool, isDoubtful: Bool) {
    guard !columns.contains(where: \.isRecord) else {
      return (false, columns.contains(where: \.isNamed))
    }
    let isNamed = columns.contains(where: \.isNamed)
    let numbers = columns.filter { $0.first.isNumber }
    if numbers.isEmpty {
      if isNamed { return (true, false) }
      return judgeWords(columns)
    }
    if isQuoted(columns) { return (true, false) }
    let values = numbers.compactMap { if case .wholeNumber(let value) = $0.first { value } else { nil } }
    guard values.count == numbers.count, Set(values).count == values.count else { return (false, isNamed) }
    let isOrdered = values == values.sorted() || values == values.sorted(by: >)
    let areYears = values.allSatisfy(years.contains) && !numbers.contains(where: \.hasYearsBelow)
    if isNamed {
      return (true, !(isOrdered && (areYears || isCount(values, from: 0) || isCount(values, from: 1))))
    }
    guard !columns.contains(where: \.repeats) else { return (false, false) }
    if numbers.count > 1, numbers.allSatisfy(\.hasWordsBelow) { return (true, !(isCount(values, from: 0) || areYears)) }
    guard isOrdered else { return (false, false) }
    if areYears, values.count > 1 || columns.count > 1 { return (true, values.count == 1) }
    guard values.count > 1 else { return (false, false) }
    let differs = numbers.allSatisfy { $0.hasFractionsBelow || $0.hasWordsBelow }
    if isCount(values, from: 0) {
      let isClear = differs || columns.contains { $0.first == .empty }
      if isClear || values.count > 2 { return (true, !isClear) }
      return (false, false)
    }
    // Wavelengths such as 400, 410, 420 stand above fractions.
    let areSteps = values.count > 2 && numbers.allSatisfy(\.hasFractionsBelow)
    if differs && (areSteps || isCount(values, from: values.first ?? 0)) { return (true, true) }
    // The numbers 1, 2, 3, … beside a word are names of columns, unless the record below continues the count.
    let isNumbered = isCount(values, from: 1) && values.count > 2 && columns.contains { $0.first == .word }
    return (isNumbered && !numbers.allSatisfy { $0.continues(by: values.count) }, isNumbered)
  }

  /// Judges a table whose first record has no number, above columns of words.
  private static func judgeWords(_ columns: [Column]) -> (Bool, isDoubtful: Bool) {
    guard columns.contains(where: { $0.first == .word }), !columns.contains(where: \.repeats) else {
      return (false, false)
    }
    // A time above words, or a missing field above fields that all have values, is an unusual name.
    return (true, columns.contains { $0.first == .time })
  }

  /// Returns true if all names are quoted, and some column below is not.
  private static func isQuoted(_ columns: [Column]) -> Bool {
    columns.contains { $0.isQuotedAboveOnly && $0.numbers }
      && columns.allSatisfy { $0.first == .empty || $0.isQuotedAboveOnly || !$0.first.isNumber }
  }

  private static func isCount(_ values: [Int], from start: Int) -> Bool {
    values.enumerated().allSatisfy { $1 == start + $0 }
  }
}
