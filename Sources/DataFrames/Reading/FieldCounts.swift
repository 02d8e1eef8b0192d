/// Counts of the kinds of fields in a column, from which H2O's import guesses the type.
///
/// The order of the tests and their limits are H2O's (`PreviewParseWriter.guessType` of 3.46.0.12).
/// The guesses for 3,000 columns of mixed fields agree (`Tests/Support/tables/h2o_columns.py`).
struct FieldCounts {
  /// Words are text instead of levels if a larger fraction of them is distinct.
  private static let textShare = 0.95
  private static let missingWords: Set<String> = ["NA", "na", "Na", "N/A"]

  private var zeros = 0
  /// Numbers other than 0.
  private var numbers = 0
  private var times = 0
  private var identifiers = 0
  private var empty = 0
  private var words = 0
  private var distinctWords: Set<String> = []

  /// Counts a field; a quoted field may be a number, and is never empty.
  mutating func count(_ text: String, isQuoted: Bool) {
    var copy = text
    if text.isEmpty, !isQuoted {
      empty += 1
    } else if let value = copy.withUTF8({ NumberParser.parse($0, 0, $0.count, reading: .loose, isQuoted: isQuoted) }) {
      if value.isZero { zeros += 1 } else { numbers += 1 }
    } else if TimeParser.milliseconds(text, reading: .loose) != nil {
      times += 1
    } else if UUIDText.matches(text) {
      identifiers += 1
    } else {
      words += 1
      distinctWords.insert(text)
    }
  }

  /// True if words repeat often enough to be levels.
  private var areLevels: Bool { Double(distinctWords.count) <= Self.textShare * Double(words) }

  /// Returns true if the column consists of words and zeros only; the zeros then stand for missing levels.
  ///
  /// `rowCount` includes empty fields.
  private func zerosAmongWords(rowCount: Int) -> Bool {
    zeros > 0 && zeros + words >= rowCount - empty - 1 && areLevels
  }

  /// Returns the kind of a column of `rowCount` fields, and whether its zeros are missing levels.
  func guess(rowCount: Int) -> (kind: ColumnBuilder.Kind, zeroIsMissing: Bool) {
    let kind = kind(rowCount: rowCount)
    return (kind, kind == .level && zerosAmongWords(rowCount: rowCount))
  }

  private func kind(rowCount: Int) -> ColumnBuilder.Kind {
    let allNumbers = zeros + numbers
    if allNumbers >= times, allNumbers >= identifiers, numbers >= words { return .number }
    if distinctWords.count == 1, times == 0 {
      return words < allNumbers || !distinctWords.isDisjoint(with: Self.missingWords) ? .number : .level
    }
    if distinctWords.count <= 1, allNumbers > times + identifiers { return .number }
    if times > identifiers, times > allNumbers, times > words || distinctWords.count <= 1 { return .time }
    if identifiers > times, identifiers > allNumbers, identifiers > words || distinctWords.count <= 1 { return .text }
    if words > times, words > identifiers, words > allNumbers,
      Double(distinctWords.count) >= Self.textShare * Double(words)
    {
      return .text
    }
    if zerosAmongWords(rowCount: rowCount) { return .level }
    return words >= allNumbers && areLevels ? .level : .number
  }
}
