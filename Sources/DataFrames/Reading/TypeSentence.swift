internal import Wording

/// The sentences about the type of one column: its reason, and what readers should know.
struct TypeSentence {
  /// Shorter columns of distinct words are no reason for a warning.
  private static let identifierMinimumRows = 20

  let path: String
  let name: String
  let plan: ColumnPlan
  /// The notes of all blocks, with lines of the file.
  let notes: FieldNotes
  let rowCount: Int
  /// The rows without a value, misfits among them.
  let missing: Int
  /// The distinct fields of a column of levels or texts.
  let distinct: Int
  let isText: Bool
  /// A level that may be meant as a missing value.
  let oddLevel: String?
  /// A level that is a usual word for missing, which the words of the job replace.
  let replacedWord: String?
  /// The numbers or times in a column of levels, if most fields are one of them.
  let majority: FieldEvidence.Majority?
  /// True if a sample of the numbers, such as `01.2024`, looks like months.
  let areMonths: Bool
  /// True if fields are separated at commas.
  let separatesAtCommas: Bool
  /// True for rows that follow others, which were read before.
  let isContinuation: Bool
  /// The numbers of a column of levels that do not have the stated notation.
  let unfit: UnfitNumbers?
  /// The numbers with a unit of a column of levels or texts.
  let units: UnitCounts?
  /// True if a model or another table determines the type.
  let isTypeFixed: Bool
  /// Where readers state keys.
  let keys: KeyPlace
  /// The notation of the column in another table, and the name of that table.
  let known: (notation: ColumnNotation, source: String)?

  /// The fields that are not missing by their text.
  private var present: Int { rowCount - missing + notes.misfits.count + notes.infinite.count }
  /// True if the numbers of the column are rather codes, which lose digits as numbers.
  var holdsCodes: Bool { plan.kind == .number && notes.leadingZeros.count + notes.rounded.count > 0 }
  private var type: String { plan.kind == .time ? "times" : "numbers" }

  /// The reason for a guessed type.
  var reason: String {
    guard present > 0 else { return "no field holds a value" }
    switch plan.kind {
    case .number, .time:
      let fit = present - notes.misfits.count
      let count =
        notes.misfits.count == 0
        ? (present == 1
          ? "the only field is a \(plan.kind == .time ? "time" : "number")"
          : "all \(NumberText.grouped(present)) fields are \(type)")
        : "\(NumberText.grouped(fit)) of \(NumberText.grouped(present)) fields are \(type)"
      return ([count] + notation).joined(separator: ", ")
    case .level, .text:
      guard !isText else {
        return "\(NumberText.grouped(distinct)) of \(NumberText.grouped(present)) fields differ"
      }
      return plan.kind == .text
        ? "text"
        : "\(NumberText.grouped(distinct)) level\(distinct == 1 ? "" : "s") in \(NumberText.grouped(present)) field\(present == 1 ? "" : "s")"
    case .sparse, .skipped: return "text"
    }
  }

  private var notation: [String] {
    var parts: [String] = []
    if plan.kind == .number {
      if plan.form.numbers.decimalMark == .comma, notes.fractions + notes.ambiguous.count > 0 {
        parts.append("decimal comma")
      }
      if notes.groups > 0 { parts.append("thousands separated") }
      if notes.percent > 0 { parts.append("in percent") }
      if notes.currencies.count > 0 { parts.append("with a currency") }
    } else if let format = plan.form.times.format {
      parts.append("in the format \(format.pattern)")
    } else if notes.ordered.count > 0 {
      let order = plan.form.times.order == .dayFirst ? "day first" : "month first"
      let example = notes.settled.first.map { " ('\(Self.short($0.text))' in line \($0.line))" }
      parts.append(order + (example ?? ""))
    }
    return parts
  }

  /// Returns the warnings about the column, without those about misfits.
  ///
  /// `isGuessed` is false if the type is declared or known from a model, and identifiers are meant as they are.
  func warnings(isGuessed: Bool) -> [String] {
    var sentences: [String] = []
    if let found = notes.infinite.first {
      sentences.append(
        "\(Self.fields(notes.infinite.count)) infinite and count\(notes.infinite.count == 1 ? "s" : "") as missing; line \(found.line) "
          + "holds '\(Self.short(found.text))'")
    }
    if plan.kind == .number { sentences += numberWarnings(isGuessed: isGuessed) }
    // Further rows of a stream repeat what the first ones have shown.
    if !isContinuation { sentences += [dateContradiction].compactMap(\.self) + dateWarnings }
    if let unitSentence {
      sentences.append(unitSentence)
    } else if unfit == nil {
      if isGuessed, plan.kind == .level, !isText, distinct == present, present >= Self.identifierMinimumRows {
        sentences.append(
          "all \(NumberText.grouped(present)) fields differ, which looks like an identifier; name it in ignored_columns"
            + "\(keys.words) unless it is a category")
      }
      if let majority { sentences.append(sentence(majority)) }
    }
    if let oddLevel {
      sentences.append(
        "'\(oddLevel)' is read as a level; if it stands for a missing value, add it to na_strings\(keys.words)"
          + "\(ReadOptions.usualWordsHint)")
    }
    if let replacedWord {
      sentences.append(
        "'\(replacedWord)' is read as a level, because na_strings replaces the usual words for missing values; add it to "
          + "na_strings\(keys.words) if it stands for one")
    }
    return sentences.map { "'\(path)': column '\(name)': \($0)" }
  }

  private func sentence(_ majority: FieldEvidence.Majority) -> String {
    let (count, present) = (NumberText.grouped(majority.count), NumberText.grouped(majority.present))
    let head = "\(count) of \(present) fields are \(majority.type)"
    if let both = majority.bothMarks {
      return
        "\(NumberText.grouped(both.commas)) numbers have a decimal comma and \(NumberText.grouped(both.points)) a decimal "
        + "point, which makes the column categorical; write all with the same mark"
    }
    if let both = majority.bothOrders {
      return "\(NumberText.count(both.monthFirst, "date")) must have the month first and "
        + "\(NumberText.count(both.dayFirst, "date")) the day first, which makes the column categorical; write all in the same "
        + "order"
    }
    guard !majority.haveCommas else {
      return "\(head) with a decimal comma"
        + (separatesAtCommas ? ", in a file whose fields are separated at commas" : ", unlike the stated mark")
        + "; state decimal: ','\(keys.words) to read them"
    }
    let example = majority.word.map { " such as '\(Self.short($0.text))'" } ?? ""
    return "\(head), but others\(example) make the column categorical; if they stand for missing values, add them to "
      + "na_strings\(keys.words)\(ReadOptions.usualWordsHint)"
  }

  private func numberWarnings(isGuessed: Bool) -> [String] {
    var sentences: [String] = []
    if areMonths, isGuessed {
      sentences.append("numbers such as 01.2024 look like months; state date_format: MM.yyyy\(keys.words) if they are")
    }
    if isGuessed, let found = notes.leadingZeros.first {
      sentences.append(
        "looks like an identifier, because '\(Self.short(found.text))' in line \(found.line) begins with 0, which numbers lose; "
          + "declare the column enum\(keys.words) or skip it")
    }
    if isGuessed, let found = notes.rounded.first {
      sentences.append(
        "looks like an identifier, because '\(Self.short(found.text))' in line \(found.line) has more digits than numbers keep; "
          + "declare the column enum\(keys.words) or skip it")
    }
    if let first = notes.currencies.first, let other = notes.currencies.other {
      sentences.append(
        "amounts in \(first.currency) and in \(other.currency) are read as plain numbers; line \(other.line) holds "
          + "'\(Self.short(other.text))'; convert them to one currency")
    }
    let numbers = present - notes.misfits.count - notes.infinite.count
    if notes.percent > 0, notes.percent < numbers {
      sentences.append(
        "\(NumberText.grouped(notes.percent)) of \(NumberText.grouped(numbers)) numbers have a percent sign; 5 % is read as 0.05"
      )
    }
    return sentences
  }

  /// The warning about fields that do not fit; nil if all fit.
  var misfitWarning: String? {
    guard let found = notes.misfits.first else { return nil }
    return
      "'\(path)': column '\(name)': \(NumberText.grouped(present - notes.misfits.count)) of \(NumberText.grouped(present)) fields are \(type); "
      + "line \(found.line) holds '\(Self.short(found.text))'; the others count as missing"
      + (isTypeFixed ? "" : "; declare the column enum\(keys.words) if they are values")
  }

  /// Returns true if so few fields are misfits that a guess or a model stays with its type.
  var isTolerable: Bool {
    Double(present - notes.misfits.count) >= FieldEvidence.requiredShare * Double(present)
  }

  private static func fields(_ count: Int) -> String {
    count == 1 ? "1 field is" : "\(NumberText.grouped(count)) fields are"
  }

  static func short(_ text: String) -> String { String(text.prefix(40)) }
}
