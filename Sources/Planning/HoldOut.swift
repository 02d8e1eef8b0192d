package import DataFrames
internal import DeepLearning
package import JobFiles

/// The rows of a training table that `validation_fraction` holds out.
///
/// A pure function of the table, the job and the seed, so that an interrupted job finds the same rows again.
package struct HoldOut: Sendable, Equatable {
  /// Row numbers, ascending.
  package let rows: [Int]
  /// How many rows the job could choose from: those with a known response and a weight above 0.
  package let usableCount: Int
  /// How many of ``rows`` are among them; the others keep their group, or the order of time, company.
  package let usableHeldOut: Int

  package init(rows: [Int], usableCount: Int, usableHeldOut: Int) {
    self.rows = rows
    self.usableCount = usableCount
    self.usableHeldOut = usableHeldOut
  }

  /// Keeps the draws apart from those of folds, first weights and row orders.
  private static let seedOffset = 0x407D_0117

  /// Chooses among all rows.
  ///
  /// - Parameters:
  ///   - frame: The table.
  ///   - job: Names share, kind of split, response, weights and groups.
  ///   - seed: The seed in force.
  /// - Throws: ``TrainingError/unfit(_:)`` with figures where one side would be left without a row, or ``FrameError`` for
  ///   a column that is not there.
  package init(_ frame: Frame, job: JobFile, seed: Int) throws {
    let table = try HoldOutTable(frame, job: job)
    rows = try table.choose(seed: seed &+ Self.seedOffset)
    usableCount = table.usable.count
    usableHeldOut = rows.count(where: table.isUsable)
    guard usableHeldOut > 0 else { throw table.nothing("each of them is the only one of its class") }
  }

  /// Keeps the rows that an earlier job held out, and chooses among those that have come since.
  ///
  /// - Parameters:
  ///   - frame: The table.
  ///   - job: As above.
  ///   - seed: The seed in force.
  ///   - known: The rows that were held out.
  ///   - rowCount: Rows of the table at that time, which were its first ones.
  /// - Throws: ``TrainingError/unfit(_:)`` for rows without a group, or ``FrameError`` for a column that is not there.
  package init(_ frame: Frame, job: JobFile, seed: Int, keeping known: [Int], ofFirst rowCount: Int) throws {
    let all = try HoldOutTable(frame, job: job)
    let further = all.newRows(from: rowCount, keeping: Set(known))
    // Few new rows have none to spare.
    let chosen = (try? further.table.choose(seed: seed &+ Self.seedOffset)) ?? []
    rows = (known + further.joining + chosen).sorted()
    usableCount = all.usable.count
    usableHeldOut = rows.count(where: all.isUsable)
  }
}
