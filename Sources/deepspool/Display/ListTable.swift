internal import JobEvents
internal import Spooling
internal import Wording

/// A table of jobs for people: state, owner, age, progress and time left.
struct ListTable {
  private static let columns: [TextTable.Column] = [
    .left("JOB"), .left("STATE"), .left("OWNER"), .left("GROUP"), .right("PRIO"), .right("AGE"), .right("TIME"),
    .right("DONE"), .right("LEFT"), .left("DETAILS"),
  ]

  private let records: [ListedJob]

  init(_ records: [ListedJob]) { self.records = records }

  /// Returns the lines, the header first; see ``JobTable/lines(width:style:)``.
  func lines(width: Int?, style: Style) -> [String] {
    var table = JobTable(Self.columns)
    for record in records { table.add(record, Self.cells(of: record)) }
    return table.lines(width: width, style: style)
  }

  private static func cells(of record: ListedJob) -> [String?] {
    let isWaiting = record.report.job.state == .queued || record.report.job.state == .held
    return [
      record.report.job.label, record.state, record.submitter, record.group, record.priority.map(String.init),
      record.ageSeconds.map(DurationText.compact), record.runSeconds.map(DurationText.compact),
      isWaiting && record.startedSeconds == nil ? nil : record.fraction.map { "\(NumberText.percent($0))%" },
      record.secondsLeft.map(DurationText.compact), JobTable.details(of: record),
    ]
  }
}
