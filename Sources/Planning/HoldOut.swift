package import DataFrames
internal import DeepLearning
package import JobFiles

/// The rows of a training table that `validation_fraction` holds out.
///
/// The choice is a pure function of table, job and seed, so that an interrupted job holds out the
/// same rows again.
package struct HoldOut: Sendable, Equatable {
  /// Row numbers, ascending.
  package let rows: [Int]
  /// The number of usable rows of the table: rows with a known response and a weight above 0.
  package let usableCount: Int
  /// The number of usable rows in ``rows``; the others belong to their groups or lie
  /// between the last rows.
  package let usableHeldOut: Int

  package init(rows: [Int], usableCount: Int, usableHeldOut: Int) {
    self.rows = rows
    self.usableCount = usableCount
    self.usableHeldOut = usableHeldOut
  }

  /// An offset that makes the draws independent of those of folds, initial weights and row orders.
  private static let seedOffset = 0x407D_0117

  /// Chooses among all rows.
  ///
  /// - Parameters:
  ///   - frame: The table.
  ///   - job: The job with the fraction, the kind of split, and the response, weights and group columns.
  ///   - seed: The seed in force.
  /// - Throws: ``TrainingError/unfit(_:)`` with numbers if one side would have no row, or
  ///   ``FrameError`` for a missing column.
  package init(_ frame: Frame, job: JobFile, seed: Int) throws {
    let table = try HoldOutTable(frame, job: job)
    rows = try table.choose(seed: seed &+ Self.seedOffset)
    usableCount = table.usable.count
    usableHeldOut = rows.count(where: table.isUsable)
    guard usableHeldOut > 0 else { throw table.nothing("each is the only row of its class") }
  }

  /// Keeps the rows that an earlier job held out, and chooses among the rows added since.
  ///
  /// - Parameters:
  ///   - frame: The table; new rows follow the earlier ones.
  ///   - job: The job, as for ``init(_:job:seed:)``.
  ///   - seed: The seed in force.
  ///   - known: The rows that the earlier job held out.
  ///   - rowCount: The number of rows of the earlier table.
  /// - Throws: ``TrainingError/unfit(_:)`` for rows without a group, or ``FrameError`` for a
  ///   missing column.
  package init(_ frame: Frame, job: JobFile, seed: Int, keeping known: [Int], ofFirst rowCount: Int) throws {
    let all = try HoldOutTable(frame, job: job)
    let further = all.newRows(from: rowCount, keeping: Set(known))
    // If there are too few new rows to hold any out, all of them are trained on.
    let chosen = (try? further.table.choose(seed: seed &+ Self.seedOffset)) ?? []
    rows = (known + further.joining + chosen).sorted()
    usableCount = all.usable.count
    usableHeldOut = rows.count(where: all.isUsable)
  }
}
