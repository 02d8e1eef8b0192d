internal import Threads

/// Settles the types and notations of columns by all of their fields.
///
/// A plan comes from the first lines. After a reading, ``changes(_:)`` names the columns that fit another plan better, to be
/// read again; each plan is tried at most once.
struct TypeJudge {
  private let names: [String]
  private let options: ReadOptions
  private let allowsComma: Bool
  /// True for a text whose numbers people wrote; a workbook stores them.
  private let isWritten: Bool
  private let dateFormats: [DateFormat?]
  /// The marks that a sample of each column shows.
  private let sampledMarks: [DecimalMark?]
  private var states: [State]

  /// The readings of one column so far.
  private struct State {
    var plan: ColumnPlan
    /// True if no one declared the type.
    let isGuessed: Bool
    /// The fields that did not fit, by plan.
    var misfits: [ColumnPlan: Int] = [:]
    var isSettled: Bool
    /// The numbers or times of a column of levels, if most fields are one of them.
    var majority: FieldEvidence.Majority?
    /// The numbers of a column of levels that do not have the stated notation.
    var unfit: UnfitNumbers?
    /// The numbers with a unit of a column of levels or texts.
    var units: UnitCounts?
  }

  /// The joined levels of columns of levels, and the number of distinct texts of those that were guessed to be texts, as
  /// far as they are known.
  private(set) var merges: [Int: LevelMerge] = [:]

  init(_ plan: TypePlan, format: any TextFormat, options: ReadOptions) {
    names = format.names
    self.options = options
    allowsComma = plan.allowsComma && options.statedNumbers == nil
    isWritten = format.separatorByte != SheetField.separator
    dateFormats = plan.dateFormats
    sampledMarks = plan.samples.isEmpty ? format.names.map { _ in nil } : plan.samples.map(\.firmMark)
    let guesses = options.rules.types == .byEvidence && options.rules.fields == .exact
    states = zip(format.names, plan.plans).map { name, plan in
      let isGuessed = guesses && !format.declaresTypes && options.kind(of: name) == nil
      return State(plan: plan, isGuessed: isGuessed, isSettled: !guesses)
    }
  }

  var plans: [ColumnPlan] { states.map(\.plan) }

  /// True if no one declared the type of the column.
  func isGuessed(_ column: Int) -> Bool { states[column].isGuessed }

  /// The numbers or times in a column of levels, if most fields are one of them.
  func majority(_ column: Int) -> FieldEvidence.Majority? {
    states[column].plan.kind == .level ? states[column].majority : nil
  }

  /// The numbers of a column of levels that do not have the stated notation.
  func unfit(_ column: Int) -> UnfitNumbers? { states[column].plan.kind == .level ? states[column].unfit : nil }

  /// The numbers with a unit in a column of levels or texts, if nearly all fields are numbers.
  func units(_ column: Int) -> UnitCounts? {
    switch states[column].plan.kind {
    case .level, .text: states[column].units
    case .number, .time, .sparse, .skipped: nil
    }
  }

  /// The notation of the column in another table.
  private func notation(_ column: Int) -> ColumnNotation? { options.knownNotations[names[column]] }

  private func allowsComma(_ column: Int) -> Bool {
    allowsComma || (options.statedNumbers == nil && notation(column)?.decimalMark == .comma)
  }

  /// Returns true if another table has the notation of `plan`.
  private func isUsual(_ plan: ColumnPlan, _ column: Int) -> Bool {
    guard let notation = notation(column) else { return false }
    return plan.kind == .time
      ? plan.form.times.order == notation.dateOrder : plan.form.numbers.decimalMark == notation.decimalMark
  }

  /// Returns the columns to be read again, and how.
  mutating func changes(_ parts: [BlockColumns]) -> [Int: ColumnPlan] {
    merge(parts)
    var changes: [Int: ColumnPlan] = [:]
    for column in states.indices where !states[column].isSettled {
      if let plan = change(column, parts) {
        states[column].plan = plan
        merges[column] = nil
        changes[column] = plan
      } else {
        states[column].isSettled = true
      }
    }
    for (column, plan) in followers(parts) {
      states[column].plan = plan
      changes[column] = plan
    }
    // The others have to be settled before they tell the decimal mark.
    if changes.isEmpty {
      for (column, plan) in numberFollowers(parts) {
        states[column].plan = plan
        states[column].isSettled = false
        changes[column] = plan
      }
    }
    return changes
  }

  private mutating func merge(_ parts: [BlockColumns]) {
    let wanted = states.indices.filter { column in
      let state = states[column]
      return (state.plan.kind == .level || (state.plan.kind == .text && state.isGuessed)) && merges[column] == nil
    }
    let plans = wanted.map { (kind: states[$0].plan.kind, isGuessed: states[$0].isGuessed) }
    let found = ParallelLoop.map(wanted.count, threads: options.threads) { place in
      plans[place].kind == .text
        ? LevelMerge(texts: parts, wanted[place])
        : LevelMerge(parts, wanted[place], mayBeText: plans[place].isGuessed)
    }
    for (place, column) in wanted.enumerated() { merges[column] = found[place] }
  }

  private mutating func change(_ column: Int, _ parts: [BlockColumns]) -> ColumnPlan? {
    let state = states[column]
    switch state.plan.kind {
    case .number, .time: return changeOfNumbers(column, parts)
    case .level:
      states[column].misfits[state.plan] = 0
      guard state.isGuessed, let merge = merges[column] else { return nil }
      let missing = options.missingFields(isLevel: false)
      let evidence = merge.add(parts, column, to: FieldEvidence(missing: missing, format: dateFormats[column]))
      states[column].majority = evidence.majority
      states[column].units = evidence.unitNumbers
      states[column].unfit = options.statedNumbers.flatMap(evidence.unfit)
      var plan = state.plan
      if options.statedNumbers == nil {
        plan.form.numbers = evidence.numberForm(
          preferred: plan.form.numbers.decimalMark, allowsComma: allowsComma(column))
      }
      plan.kind = evidence.kind(plan.form.numbers)
      plan.form.times = TimeForm(
        order: evidence.order(preferred: notation(column)?.dateOrder),
        format: evidence.areStatedTimes ? dateFormats[column] : nil)
      return plan.kind == .level || state.misfits[plan] != nil ? nil : plan
    case .text:
      guard state.isGuessed, let merge = merges[column] else { return nil }
      let missing = options.missingFields(isLevel: false)
      let evidence = FieldEvidence(missing: missing, format: dateFormats[column])
      if let sample = merge.texts(parts, column, evidence: evidence) {
        states[column].units = sample.unitNumbers
        return nil
      }
      var levels = state.plan
      levels.kind = .level
      return levels
    case .sparse, .skipped: return nil
    }
  }

  private mutating func changeOfNumbers(_ column: Int, _ parts: [BlockColumns]) -> ColumnPlan? {
    let plan = states[column].plan
    let isKnown = states[column].misfits[plan] != nil
    let misfits = parts.reduce(0) { $0 + $1.builders[column].misfitCount }
    states[column].misfits[plan] = misfits
    guard misfits > 0 else { return nil }
    let repairable = parts.reduce(0) { $0 + $1.builders[column].notes.repairable }
    if repairable > 0, let other = plan.alternative(allowsComma: allowsComma(column)),
      states[column].misfits[other] == nil
    {
      return other
    }
    let tried = states[column].misfits.filter { $0.key.kind == plan.kind }
    if !isKnown,
      let best = tried.first(where: {
        $0.value < misfits || ($0.value == misfits && $0.key != plan && isUsual($0.key, column))
      })
    {
      return best.key
    }
    guard states[column].isGuessed else { return nil }
    let present = parts.reduce(0) { $0 + $1.rowCount - $1.builders[column].missing.count } + misfits
    guard Double(present - misfits) < FieldEvidence.requiredShare * Double(present) else { return nil }
    var levels = plan
    levels.kind = .level
    let wasLevel = states[column].misfits.contains { $0.key.kind == .level }
    states[column].isSettled = wasLevel
    return levels
  }

  /// Returns the columns of dates that fit both orders, if all dates that fit only one have the day first.
  ///
  /// If no date tells, decimal commas do: where people write these, they write the day first.
  private mutating func followers(_ parts: [BlockColumns]) -> [Int: ColumnPlan] {
    func notes(_ column: Int) -> (ordered: Int, settled: Int) {
      parts.reduce((0, 0)) {
        ($0.0 + $1.builders[column].notes.ordered.count, $0.1 + $1.builders[column].notes.settled.count)
      }
    }
    let dates = states.indices.filter {
      notation($0)?.dateOrder == nil && states[$0].isSettled && states[$0].plan.kind == .time
        && states[$0].plan.form.times.format == nil
    }
    let found = dates.map { (column: $0, notes: notes($0)) }
    let settled = found.filter { $0.notes.settled > 0 }
    let isDayFirst =
      settled.isEmpty
      ? hasDecimalCommas : settled.allSatisfy { states[$0.column].plan.form.times.order == .dayFirst }
    guard isDayFirst else { return [:] }
    var plans: [Int: ColumnPlan] = [:]
    for (column, notes) in found where notes.ordered > 0 && notes.settled == 0 {
      guard states[column].plan.form.times.order == .monthFirst,
        let plan = states[column].plan.alternative(allowsComma: false), states[column].misfits[plan] == nil
      else { continue }
      states[column].misfits[plan] = 0
      plans[column] = plan
    }
    return plans
  }

  private var hasDecimalCommas: Bool {
    states.contains { $0.isSettled && $0.plan.kind == .number && $0.plan.form.numbers.decimalMark == .comma }
  }

  /// Returns the columns whose decimal mark other columns settle; their misfits then decide between both marks.
  private func numberFollowers(_ parts: [BlockColumns]) -> [Int: ColumnPlan] {
    guard options.statedNumbers == nil, allowsComma, isWritten,
      // Without a decimal comma no column has another mark to follow.
      states.contains(where: { $0.plan.kind == .number && $0.plan.form.numbers.decimalMark == .comma }),
      !parts.contains(where: { $0.builders.count < states.count })
    else {
      return [:]
    }
    let candidates = states.indices.compactMap { column -> DecimalFollowers.Candidate? in
      let state = states[column]
      guard state.isSettled, state.plan.kind == .number, notation(column)?.decimalMark == nil else { return nil }
      var notes = FieldNotes()
      for part in parts { notes.add(part.builders[column].notes, linesBefore: 0) }
      let other = state.plan.alternative(allowsComma: true)
      return DecimalFollowers.Candidate(
        column: column, mark: state.plan.form.numbers.decimalMark, notes: notes, sampledMark: sampledMarks[column],
        mayFollow: other.map { state.misfits[$0] == nil } ?? false)
    }
    var plans: [Int: ColumnPlan] = [:]
    for column in DecimalFollowers(candidates, parts).columns {
      plans[column] = states[column].plan.alternative(allowsComma: true)
    }
    return plans
  }
}
