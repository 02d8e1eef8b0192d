/// The decimal mark and the separator of thousands that whole columns of a table use.
struct NumberMarks: Equatable, Sendable {
  var decimal = DecimalMark.point
  var thousands: Character?
  /// A number that either mark would explain, such as `1,234`.
  private(set) var doubtful: String?

  /// Points without groups.
  init() {}

  /// The reading of one field.
  private enum Evidence {
    /// A whole number without marks.
    case none
    /// `isFirm`: False for a point before three digits, which separates thousands where the comma is the decimal mark.
    case point(thousands: Character?, isFirm: Bool)
    case comma(thousands: Character?)
    /// A comma before three digits.
    case either
    case word
  }

  /// Guesses the marks from columns of texts without missing fields.
  ///
  /// A comma is a decimal mark only if `separator` is another character.
  init(columns: [[String]], separator: UInt8) {
    var (points, commas) = (0, 0)
    var (pointGroups, commaGroups): (Character?, Character?)
    var either: String?
    for fields in columns where !fields.isEmpty {
      let evidence = fields.map(Self.evidence)
      let words = evidence.count { if case .word = $0 { true } else { false } }
      guard Double(words) <= 0.05 * Double(evidence.count) else { continue }
      var (hasPoint, hasFirmPoint, hasComma) = (false, false, false)
      var ambiguous: String?
      for (field, evidence) in zip(fields, evidence) {
        switch evidence {
        case .point(let groups, let isFirm):
          hasPoint = true
          hasFirmPoint = hasFirmPoint || isFirm
          pointGroups = groups ?? pointGroups
        case .comma(let groups):
          hasComma = true
          commaGroups = groups ?? commaGroups
        case .either: ambiguous = ambiguous ?? field
        case .none, .word: break
        }
      }
      // A column in which both marks end numbers is text, such as a list of versions.
      if hasFirmPoint != hasComma {
        points += hasFirmPoint ? 1 : 0
        commas += hasComma ? 1 : 0
      }
      if hasPoint, !hasFirmPoint { commaGroups = commaGroups ?? "." }
      if !hasPoint, !hasComma { either = either ?? ambiguous }
      if hasPoint, !hasComma, ambiguous != nil { pointGroups = pointGroups ?? "," }
    }
    guard separator != UInt8(ascii: ",") else {
      thousands = pointGroups
      return
    }
    // Excel separates by semicolons where the comma is the decimal mark.
    if commas > points || (commas == 0 && points == 0 && either != nil && separator == UInt8(ascii: ";")) {
      decimal = .comma
      thousands = commaGroups
    } else {
      thousands = pointGroups ?? (either != nil && commas == 0 ? "," : nil)
    }
    if commas == 0 || (commas > 0 && points > 0) { doubtful = either }
  }

  /// Reads `text`, a number with optional sign, currency or percent sign.
  private static func evidence(_ text: String) -> Evidence {
    // Most fields are whole numbers.
    if !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }) { return .none }
    guard CellShape(text, missing: []).isNumber else { return .word }
    let marks = text.unicodeScalars.filter { $0 == "." || $0 == "," }
    let digits = text.unicodeScalars.drop { !("0"..."9").contains($0) && $0 != "." && $0 != "," }
    guard let last = marks.last else { return .none }
    let parts = digits.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "," }
    let groups = Self.groupMark(text)
    let isThree = parts.last.map { $0.prefix { ("0"..."9").contains($0) }.count == 3 } ?? false
    if marks.count == 1 {
      let whole = parts.first.map { String($0) } ?? ""
      let canBeGroup = isThree && (1...3).contains(whole.count) && whole != "0" && !whole.hasPrefix("0")
      if last == "." { return .point(thousands: groups, isFirm: !canBeGroup) }
      return canBeGroup && groups == nil ? .either : .comma(thousands: groups)
    }
    if marks.allSatisfy({ $0 == last }) {
      // `1,234,567`: groups without a fraction.
      return last == "," ? .point(thousands: ",", isFirm: true) : .comma(thousands: ".")
    }
    return last == "," ? .comma(thousands: ".") : .point(thousands: ",", isFirm: true)
  }

  /// The blank or apostrophe between digits.
  private static func groupMark(_ text: String) -> Character? {
    let digits = text.filter { !"%€$£ \u{A0}+-".contains($0) || $0 == " " }
    let trimmed = digits.drop { $0 == " " }.reversed().drop { $0 == " " }
    return trimmed.first { $0 == "'" || $0 == "\u{2019}" || $0 == "\u{202F}" || $0 == " " }
  }
}
