internal import Wording

/// The stated notation of numbers that the fields contradict.
extension TableReader {
  /// The number of columns that a sentence names.
  private static let namedColumns = 3

  /// Returns the stated keys that the numbers of whole columns contradict.
  ///
  /// `samples`: The fields of a sample, by column; empty if nothing is guessed.
  func contradictedNumbers(_ sentences: [TypeSentence], samples: [FieldEvidence]) -> [ContradictedKey] {
    guard let stated = options.statedNumbers, options.rules.types == .byEvidence, options.rules.fields == .exact else {
      return []
    }
    let found = sentences.compactMap { sentence in
      sentence.numbers(unlike: stated).map { (name: sentence.name, numbers: $0) }
    }
    let haveStatedMark = zip(sentences, samples).contains { sentence, sample in
      sentence.plan.kind == .number && sample.firmMark == stated.decimalMark
        && !found.contains { $0.name == sentence.name }
    }
    let marks = found.filter { $0.numbers.mark != nil }
    let groups = found.filter { $0.numbers.mark == nil }
    var keys: [ContradictedKey] = []
    if let first = marks.first, let mark = first.numbers.mark {
      // Without a stated mark, each column is read with its own.
      let mixes = haveStatedMark || marks.contains { $0.numbers.mark != mark }
      let isImplied = options.decimalMark == nil
      keys.append(
        ContradictedKey(
          isImplied ? .thousands : .decimal,
          stated: isImplied ? spelledThousands : ContradictedKey.spelled(Character(stated.decimalMark.rawValue)),
          suggested: mixes || isImplied ? nil : ContradictedKey.spelled(Character(mark.rawValue)),
          evidence: "\(Self.subject(marks.map(\.name))) a decimal \(mark == .comma ? "comma" : "point"), as in "
            + "'\(TypeSentence.short(first.numbers.text))'"
            + (mixes && !isImplied ? ", and other columns do not" : ""),
          columns: marks.map(\.name), keys: options.keyPlace))
    }
    if let first = groups.first {
      keys.append(
        ContradictedKey(
          .thousands, stated: spelledThousands, suggested: first.numbers.thousands.map(ContradictedKey.spelled),
          evidence: "\(Self.subject(groups.map(\.name))) numbers such as '\(TypeSentence.short(first.numbers.text))'",
          columns: groups.map(\.name), keys: options.keyPlace))
    }
    return keys
  }

  private var spelledThousands: String { options.thousandsSeparator.map(ContradictedKey.spelled) ?? "" }

  /// Returns words such as `columns 'a', 'b' and 2 others have`.
  private static func subject(_ names: [String]) -> String {
    guard names.count > 1 else { return "column \(names.map { "'\($0)'" }.joined()) has" }
    let others = names.count - namedColumns
    return "columns \(names.prefix(namedColumns).map { "'\($0)'" }.joined(separator: ", "))"
      + (others > 0 ? " and \(NumberText.count(others, "other")) have" : " have")
  }
}

extension TypeSentence {
  /// Returns the numbers of the column that do not have the stated notation; nil for a column that has it.
  fileprivate func numbers(unlike stated: NumberForm) -> UnfitNumbers? {
    if let unfit { return unfit }
    // Fields with the other decimal mark are most of those that do not fit.
    guard plan.kind == .number, let first = notes.misfits.first, 2 * notes.repairable > notes.misfits.count else {
      return nil
    }
    return UnfitNumbers(mark: stated.decimalMark == .point ? .comma : .point, text: first.text)
  }
}
