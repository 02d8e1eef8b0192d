/// The properties of a column's fields beyond their values, on which the guess of its type rests.
struct FieldNotes: Sendable {
  /// A number of fields, and the first of them.
  struct Finding: Sendable {
    private(set) var count = 0
    /// Lines count from the start of the block, or of the file once blocks are joined.
    private(set) var first: (line: Int, text: String)?

    @inline(__always)
    mutating func note(line: Int, text: @autoclosure () -> String) {
      count += 1
      if first == nil { first = (line, text()) }
    }

    mutating func add(_ other: Finding, linesBefore: Int) {
      count += other.count
      if first == nil, let found = other.first { first = (found.line + linesBefore, found.text) }
    }
  }

  /// Fields in a column of numbers or times that are neither that nor missing.
  var misfits = Finding()
  /// The first distinct misfits, at most ``maximumTexts``.
  private(set) var misfitTexts: [String] = []
  /// Misfits that are numbers with the other decimal mark, or dates in the other order.
  var repairable = 0
  /// Infinite numbers, which count as missing.
  var infinite = Finding()
  /// Whole numbers of three or more digits that begin with 0.
  var leadingZeros = Finding()
  /// Whole numbers beyond 2^53, which a double rounds.
  var rounded = Finding()
  var percent = 0
  var currencies = CurrencyNote()
  var groups = 0
  /// Numbers that have another value with the other decimal mark.
  var ambiguous = Finding()
  /// Numbers whose marks have one meaning only.
  var fractions = 0
  /// Dates whose notation leaves the order of day and month open.
  var ordered = Finding()
  /// Such dates that fit one order only.
  var settled = Finding()
  /// Dates such as `2.1.24`, which may be numbers of versions.
  var versions = Finding()
  /// Dates that may begin with a year of two digits.
  var shortYears = ShortYears()

  private static let maximumTexts = 8

  mutating func noteMisfit(line: Int, text: () -> String) {
    misfits.note(line: line, text: text())
    if misfitTexts.count < Self.maximumTexts { keep(misfit: text()) }
  }

  private mutating func keep(misfit text: String) {
    if misfitTexts.count < Self.maximumTexts, !misfitTexts.contains(text) { misfitTexts.append(text) }
  }

  mutating func note(_ marks: NumberOrnaments, line: Int, text: @autoclosure () -> String) {
    if marks.contains(.percent) { percent += 1 }
    if marks.contains(.groups) { groups += 1 }
    if marks.contains(.ambiguous) { ambiguous.note(line: line, text: text()) }
    if marks.contains(.fraction) { fractions += 1 }
  }

  mutating func note(_ time: TimeParser.Time, line: Int, text: @autoclosure () -> String) {
    let doubts = time.doubts
    if doubts.mayBeVersion { versions.note(line: line, text: text()) }
    guard doubts.hasOrder else { return }
    ordered.note(line: line, text: text())
    if let years = doubts.shortYears { shortYears.note(first: years.first, last: years.last) }
    if !doubts.couldSwap { settled.note(line: line, text: text()) }
  }

  mutating func add(_ other: FieldNotes, linesBefore: Int) {
    misfits.add(other.misfits, linesBefore: linesBefore)
    for text in other.misfitTexts { keep(misfit: text) }
    repairable += other.repairable
    infinite.add(other.infinite, linesBefore: linesBefore)
    leadingZeros.add(other.leadingZeros, linesBefore: linesBefore)
    rounded.add(other.rounded, linesBefore: linesBefore)
    percent += other.percent
    currencies.add(other.currencies, linesBefore: linesBefore)
    shortYears.add(other.shortYears)
    versions.add(other.versions, linesBefore: linesBefore)
    groups += other.groups
    ambiguous.add(other.ambiguous, linesBefore: linesBefore)
    fractions += other.fractions
    ordered.add(other.ordered, linesBefore: linesBefore)
    settled.add(other.settled, linesBefore: linesBefore)
  }
}
