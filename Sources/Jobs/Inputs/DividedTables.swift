internal import DataFrames
internal import JobFiles
internal import Planning
internal import Reports
internal import Wording

/// The tables of a job after division: with `validation_fraction`, some rows of the training table
/// become the validation table.
struct DividedTables: Sendable {
  /// The job, with the settings that it inherits from the job it continues.
  let job: JobFile
  let training: Frame
  let validation: Frame?
  /// The held-out rows; nil if there are none.
  let heldOut: HeldOutTable?

  /// - Parameters:
  ///   - job: The job as read.
  ///   - frame: The training table as read.
  ///   - given: The validation table as read; nil without one.
  ///   - seed: The seed in force.
  ///   - earlier: The division by the job that this one continues; nil for none.
  /// - Throws: The errors of ``HoldOut``.
  init(
    _ job: JobFile, training frame: Frame, validation given: Frame?, seed: Int, earlier: EarlierDivision?
  ) throws {
    var job = earlier?.takenOver(by: job) ?? job
    job.applyPreset(to: frame)
    self.job = job
    guard job.validationFraction > 0, given == nil else {
      (training, validation, heldOut) = (frame, given, nil)
      return
    }
    // A grid with its own seed also divides its table by that seed, so that the search can be repeated.
    let seed = job.isGrid && job.seed == -1 && job.gridSeed != -1 ? job.gridSeed : seed
    let (chosen, manner, warnings) = try Self.choose(frame, job: job, seed: seed, earlier: earlier)
    let parts = try frame.divided(holdingOut: chosen.rows, named: "\(frame.path) (rows held out)")
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
          "the table has changed, so the rows held out by the earlier job cannot be found: new rows are held out, and the "
            + "network may have been trained on some of them, which makes the validation metrics too optimistic"
        ]
      )
    }
    let kept = try HoldOut(frame, job: job, seed: seed, keeping: known.rows, ofFirst: known.rowCount)
    let further = kept.rows.count - known.rows.count
    let manner =
      "as in the earlier job" + (further > 0 ? ", and \(further) new rows, \(manner(frame, job, seed: seed))" : "")
    return (kept, manner, [])
  }

  private static func manner(_ frame: Frame, _ job: JobFile, seed: Int) -> String {
    let groups = job.groupColumn.map { ", whole groups of '\($0)'" } ?? ""
    switch job.validationSplit {
    case .last: return "the last rows of the table\(groups)"
    case .random:
      let hasClasses = job.responseColumn.flatMap { frame.column(named: $0)?.levels } != nil
      return "\(hasClasses ? "stratified" : "random")\(groups), seed \(seed)"
    }
  }

  private static func sentence(_ chosen: HoldOut, of frame: Frame, manner: String) -> String {
    let known = chosen.usableCount == frame.rowCount ? "" : "usable "
    return
      "\(NumberText.grouped(chosen.usableHeldOut)) of \(NumberText.grouped(chosen.usableCount)) \(known)rows held out for "
      + "validation: \(manner)"
  }
}
