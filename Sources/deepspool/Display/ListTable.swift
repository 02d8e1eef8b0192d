internal import JobEvents
internal import Spooling
internal import Wording

/// A table of jobs for people: state, owner, age, progress and time left.
struct ListTable {
  private static let columns: [TextTable.Column] = [
    .left("JOB"), .left("STATE"), .left("OWNER"), .left("GROUP"), .right("PRIO"), .right("AGE"), .right("TIME"),
    .right("DONE"), .right("LEFT"), .left("DETAILS"),
  ]

  private let records: [JobRecord]

  init(_ records: [JobRecord]) { self.records = records }

  /// Returns the lines, the header first.
  ///
  /// `width`: The number of characters to which lines are cut; nil for no limit.
  func lines(width: Int?, style: Style) -> [String] {
    var table = TextTable(Self.columns)
    for record in records { table.add(Self.cells(of: record)) }
    let lines = table.lines(width: width)
    return [style.text(lines[0], .bold)]
      + zip(lines.dropFirst(), records).map { style.text($0, Self.mark(of: $1.report.job)) }
  }

  private static func cells(of record: JobRecord) -> [String?] {
    let isWaiting = record.report.job.state == .queued || record.report.job.state == .held
    return [
      "\(record.id)", record.state, record.submitter, record.group, record.priority.map(String.init),
      record.ageSeconds.map(DurationText.compact), record.runSeconds.map(DurationText.compact),
      isWaiting && record.startedSeconds == nil ? nil : record.fraction.map { "\(EventText.percent($0))%" },
      record.secondsLeft.map(DurationText.compact), details(of: record),
    ]
  }

  /// The score of a job, or the reason for its state.
  static func details(of record: JobRecord) -> String? {
    switch record.report.job.standing {
    case .state(.running), .state(.finished): record.score.flatMap(JobRecord.metric)
    case .state(.queued), .state(.held), .state(.failed), .state(.cancelled), .rejected:
      record.reason.flatMap { $0.split(separator: "\n").first.map(String.init) }
    }
  }

  static func mark(of job: SpoolJob) -> Style.Mark? {
    switch job.standing {
    case .state(.running): .green
    case .state(.held): .yellow
    case .state(.failed), .rejected: .red
    case .state(.finished): .cyan
    case .state(.cancelled): .dim
    case .state(.queued): nil
    }
  }
}
