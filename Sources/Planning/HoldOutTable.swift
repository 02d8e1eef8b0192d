internal import DataFrames
internal import DeepLearning
internal import JobFiles
internal import Wording

/// The rows that ``HoldOut`` can choose from, with their classes and groups.
struct HoldOutTable {
  private let job: JobFile
  private let share: Double
  /// Rows with a known response and a weight above 0, ascending.
  let usable: [Int]
  /// The class of each row; 0 without classes, -1 for unusable rows.
  private let classOfRow: [Int32]
  /// The usable rows of each class, ascending; a single class if the response has none.
  private let rowsOfClass: [[Int]]
  /// The rows of each group, usable or not; nil without group_column.
  private let groups: [[Int]]?
  private let rowCount: Int

  init(_ frame: Frame, job: JobFile) throws {
    self.job = job
    share = job.validationFraction
    rowCount = frame.rowCount
    let response = try job.responseColumn.map { try frame.column(named: $0, for: .response) }
    let column = try job.weightsColumn.map { try frame.column(named: $0, for: .weights) }
    // Invalid weights columns are reported when the table is encoded.
    let weights = column.flatMap { $0.isNumeric ? $0 : nil }
    var classes = [[Int]](repeating: [], count: response?.levels?.count ?? 1)
    var usable: [Int] = []
    var classOfRow = [Int32](repeating: -1, count: frame.rowCount)
    for row in 0..<frame.rowCount {
      guard response?.missing.contains(row) != true, weights.map({ $0.number(at: row) > 0 }) ?? true else { continue }
      let number = response?.level(at: row) ?? 0
      usable.append(row)
      classOfRow[row] = Int32(number)
      classes[number].append(row)
    }
    self.usable = usable
    self.classOfRow = classOfRow
    rowsOfClass = classes
    groups = try job.groupColumn.map { try RowGroups(frame, column: $0, job: job).rows }
  }

  /// The new rows of the same table.
  private init(_ all: HoldOutTable, groups: [[Int]]?, isNew: (Int) -> Bool) {
    (job, share, rowCount) = (all.job, all.share, all.rowCount)
    usable = all.usable.filter(isNew)
    rowsOfClass = all.rowsOfClass.map { $0.filter(isNew) }
    classOfRow = all.classOfRow
    self.groups = groups
  }

  /// Returns the new rows, from number `first` on, in two parts.
  ///
  /// `table` has all new rows or, with group_column, those of new groups. `joining` has the new rows
  /// of groups that were held out before; they follow their group.
  func newRows(from first: Int, keeping known: Set<Int>) -> (table: HoldOutTable, joining: [Int]) {
    guard let groups else { return (HoldOutTable(self, groups: nil) { $0 >= first }, []) }
    let new = groups.filter { $0[0] >= first }
    let rows = Set(new.joined())
    let joining = groups.filter { $0[0] < first && known.contains($0[0]) }.flatMap { $0.filter { $0 >= first } }
    return (HoldOutTable(self, groups: new, isNew: rows.contains), joining)
  }

  /// Returns the numbers of the rows to hold out, ascending.
  func choose(seed: Int) throws(TrainingError) -> [Int] {
    let target = try target()
    switch (job.validationSplit, groups == nil) {
    case (.random, true): return stratified(target, seed: seed)
    case (.random, false): return try groupedAtRandom(seed: seed)
    case (.last, true): return last(target)
    case (.last, false): return try lastGroups(target)
    }
  }

  func isUsable(_ row: Int) -> Bool { classOfRow[row] >= 0 }

  /// Returns the number of usable rows to hold out.
  ///
  /// - Throws: ``TrainingError/unfit(_:)`` if that is none or all of them.
  private func target() throws(TrainingError) -> Int {
    let count = Int((share * Double(usable.count)).rounded())
    guard count > 0 else { throw nothing("that is less than one row") }
    guard count < usable.count else { throw nothing("no row would be left to train on") }
    return count
  }

  func nothing(_ reason: String) -> TrainingError {
    let known = job.autoencoder ? "rows" : "rows with a known response"
    return .unfit([
      job.fault(\.validationFraction, "\(share.text) of \(usable.count) \(known) cannot be held out: \(reason)")
    ])
  }

  /// Draws rows from each class in proportion to its size, by largest remainder; each class keeps a
  /// row to train on.
  private func stratified(_ target: Int, seed: Int) -> [Int] {
    var generator = RandomGenerator(seed: UInt64(seed: seed))
    let held = zip(rowsOfClass, quotas(target)).flatMap { rows, quota in
      generator.shuffled(rows).prefix(quota)
    }
    return held.sorted()
  }

  private func quotas(_ target: Int) -> [Int] {
    let exact = rowsOfClass.map { share * Double($0.count) }
    var quotas = zip(exact, rowsOfClass).map { min(Int($0.rounded(.down)), max(0, $1.count - 1)) }
    let byRemainder = exact.indices.sorted {
      let (one, other) = (exact[$0] - exact[$0].rounded(.down), exact[$1] - exact[$1].rounded(.down))
      return one == other ? $0 < $1 : one > other
    }
    var left = target - quotas.reduce(0, +)
    // Tiny classes, with a quota of less than half a row, come last.
    for number in byRemainder.filter({ exact[$0] >= 0.5 }) + byRemainder.filter({ exact[$0] < 0.5 })
    where left > 0 && quotas[number] + 1 < rowsOfClass[number].count {
      quotas[number] += 1
      left -= 1
    }
    return quotas
  }

  /// Takes whole groups in random order, each if it brings the held-out rows per class closer
  /// to their target.
  private func groupedAtRandom(seed: Int) throws(TrainingError) -> [Int] {
    var generator = RandomGenerator(seed: UInt64(seed: seed))
    let order = generator.shuffled(groups ?? [])
    let totals = rowsOfClass.map { Double($0.count) }
    var held = [Double](repeating: 0, count: totals.count)
    func counts(_ group: [Int]) -> [Double] {
      var counts = [Double](repeating: 0, count: totals.count)
      for row in group where isUsable(row) { counts[Int(classOfRow[row])] += 1 }
      return counts
    }
    /// Returns the squared distance from the target of each class, relative to the target, summed
    /// over the classes.
    ///
    /// Returns nil if a class would have no row to train on.
    func distance(_ held: [Double]) -> Double? {
      var sum = 0.0
      for number in totals.indices where totals[number] > 0 {
        guard held[number] < totals[number] else { return nil }
        let wanted = share * totals[number]
        sum += (held[number] - wanted) * (held[number] - wanted) / wanted
      }
      return sum
    }
    var rows: [Int] = []
    var best: (distance: Double, group: [Int])?
    for group in order {
      let counts = counts(group)
      guard counts.contains(where: { $0 > 0 }) else { continue }
      let next = zip(held, counts).map(+)
      guard let after = distance(next), let before = distance(held) else { continue }
      if after < before {
        held = next
        rows += group
      } else if rows.isEmpty, best.map({ after < $0.distance }) ?? true {
        best = (after, group)
      }
    }
    if rows.isEmpty { rows = best?.group ?? [] }
    guard !rows.isEmpty else { throw noGroup }
    return rows.sorted()
  }

  /// Returns the last rows of the table, including the unusable ones between them.
  private func last(_ target: Int) -> [Int] { Array(usable[usable.count - target]..<rowCount) }

  /// Returns the groups that end last, until they have enough rows.
  private func lastGroups(_ target: Int) throws(TrainingError) -> [Int] {
    var (rows, held): ([Int], Int) = ([], 0)
    let ending = (groups ?? []).sorted { ($0.last ?? 0) > ($1.last ?? 0) }
    for group in ending where held < target {
      let count = group.count(where: isUsable)
      guard held + count < usable.count else { break }
      held += count
      rows += group
    }
    guard held > 0 else { throw noGroup }
    return rows.sorted()
  }

  private var noGroup: TrainingError {
    let count = groups?.count ?? 0
    return .unfit([
      job.fault(
        \.groupColumn,
        "'\(job.groupColumn ?? "")' divides \(usable.count) rows into \(NumberText.count(count, "group")), none of "
          + "which can be held out: each has all rows, or all rows of a class; use another column")
    ])
  }
}
