internal import DataFrames
internal import JobFiles
internal import Planning
internal import Reports

/// The tables of a job as its models see them: where the job has `validation_fraction`, some rows of the training table
/// are the validation table.
struct DividedTables: Sendable {
  /// The job, with what it takes over from the one that it continues.
  let job: JobFile
  let training: Frame
  let validation: Frame?
  /// Nil where no rows were held out.
  let heldOut: HeldOutTable?

  /// - Parameters:
  ///   - job: As it was read.
  ///   - tables: As they were read.
  ///   - seed: The seed in force.
  ///   - earlier: The job that this one continues; nil for none.
  /// - Throws: What ``HoldOut`` throws.
  init(_ job: JobFile, _ tables: JobTables, seed: Int, earlier: EarlierDivision?) throws {
    let job = earlier?.takenOver(by: job) ?? job
    self.job = job
    guard job.validationFraction > 0, tables.validation == nil else {
      (training, validation, heldOut) = (tables.training, tables.validation, nil)
      return
    }
    let frame = tables.training
    // A search whose models get their seeds from its own is divided by that, too, so that it can be repeated.
    let seed = job.isGrid && job.seed == -1 && job.gridSeed != -1 ? job.gridSeed : seed
    let (chosen, manner, warnings) = try Self.choose(frame, job: job, seed: seed, earlier: earlier)
    let parts = frame.divided(holdingOut: chosen.rows, named: "\(frame.path) (rows held out)")
    (training, validation) = (parts.rest, parts.heldOut)
    heldOut = HeldOutTable(
      sentence: Self.sentence(chosen, of: frame, manner: manner),
      stored: HeldOutRows(
        rowCount: frame.rowCount, rows: chosen.rows, content: frame.contentChecksum(ofRows: chosen.rows)),
      warnings: warnings)
  }

  private static func choose(
    _ frame: Frame, job: JobFile, seed: Int, earlier: EarlierDivision?
  ) throws -> (HoldOut, manner: String, warnings: [String]) {
    guard let earlier, earlier.job.validationFraction > 0 else {
      return (try HoldOut(frame, job: job, seed: seed), manner(frame, job, seed: seed), [])
    }
    guard let known = earlier.rows, known.rowCount <= frame.rowCount,
      frame.contentChecksum(ofRows: known.rows) == known.content
    else {
      return (
        try HoldOut(frame, job: job, seed: seed), manner(frame, job, seed: seed),
        [
          "the rows that the earlier job held out are not where they were, since the table is another: rows are held out "
            + "anew, and the network may have been trained on some of them, so that their metrics look too good"
        ]
      )
    }
    let kept = try HoldOut(frame, job: job, seed: seed, keeping: known.rows, ofFirst: known.rowCount)
    let further = kept.rows.count - known.rows.count
    let manner =
      "those of the earlier job" + (further > 0 ? ", and \(further) new ones, \(manner(frame, job, seed: seed))" : "")
    return (kept, manner, [])
  }

  private static func manner(_ frame: Frame, _ job: JobFile, seed: Int) -> String {
    let groups = job.groupColumn.map { ", whole groups of '\($0)'" } ?? ""
    switch job.validationSplit {
    case .last: return "the last of the table\(groups)"
    case .random:
      let hasClasses = job.responseColumn.flatMap { frame.column(named: $0)?.levels } != nil
      return "\(hasClasses ? "stratified" : "random")\(groups), seed \(seed)"
    }
  }

  private static func sentence(_ chosen: HoldOut, of frame: Frame, manner: String) -> String {
    let known = chosen.usableCount == frame.rowCount ? "" : " that can be scored"
    return
      "\(chosen.usableHeldOut.grouped) of \(chosen.usableCount.grouped) rows\(known) held out for validation: \(manner)"
  }
}

extension Int {
  /// With a comma after each three digits.
  fileprivate var grouped: String {
    let digits = Array(String(self))
    return String(
      digits.enumerated().flatMap { index, digit in
        index > 0 && (digits.count - index).isMultiple(of: 3) ? [",", digit] : [digit]
      })
  }
}
