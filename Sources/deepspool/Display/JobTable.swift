internal import JobEvents
internal import Spooling
internal import Wording

/// A table for people with a row per job.
struct JobTable {
  private var table: TextTable
  private var marks: [Style.Mark?] = []

  /// Creates a table of jobs with their state, owner, age, progress and time left.
  init(current records: [ListedJob]) {
    self.init(
      records,
      [
        .left("JOB"), .left("STATE"), .left("OWNER"), .left("GROUP"), .right("PRIO", blank: "0"), .right("AGE"),
        .right("TIME"),
        .right("DONE"), .right("LEFT"), .left("DETAILS"),
      ]
    ) { record in
      let isWaiting = record.report.job.state == .queued || record.report.job.state == .held
      return [
        record.report.job.label, record.state, record.submitter, record.group, record.priority.map(String.init),
        record.ageSeconds.map(DurationText.compact), record.runSeconds.map(DurationText.compact),
        isWaiting && record.startedSeconds == nil ? nil : record.fraction.map { "\(NumberText.percent($0))%" },
        record.secondsLeft.map(DurationText.compact), Self.details(of: record),
      ]
    }
  }

  /// Creates a table of ended jobs with their times and their use of the machine.
  ///
  /// `isShort`: Whether the table is for a terminal, which has room for the end alone, in local time.
  init(ended records: [ListedJob], isShort: Bool) {
    let times: [TextTable.Column] = isShort ? [.left("ENDED")] : [.left("SUBMITTED"), .left("STARTED"), .left("ENDED")]
    self.init(
      records,
      [.left("JOB"), .left("OUTCOME"), .left("OWNER"), .left("GROUP")] + times
        + [.right("TIME"), .right("CPU"), .right("MEMORY"), .left("DETAILS")]
    ) { record in
      let usage = record.startedSeconds == nil ? nil : record.report.log?.usage
      let times =
        isShort
        ? [record.endedSeconds.map(Format.shortTime)]
        : [record.submittedSeconds, record.startedSeconds, record.endedSeconds].map { $0.map(Format.time) }
      return [record.report.job.label, record.state, record.submitter, record.group] + times + [
        record.runSeconds.map(DurationText.compact),
        usage.map {
          $0.cpuSeconds < 10
            ? DurationText.precise($0.cpuSeconds).replacing(" ", with: "") : DurationText.compact($0.cpuSeconds)
        },
        usage.map { ByteText.of($0.peakMemoryBytes).replacing(" ", with: "") }, Self.details(of: record),
      ]
    }
  }

  /// `cells`: Returns the row of a job; nil and empty texts are shown as `-`.
  private init(_ records: [ListedJob], _ columns: [TextTable.Column], cells: (ListedJob) -> [String?]) {
    table = TextTable(columns)
    for record in records {
      table.add(cells(record))
      marks.append(Self.mark(of: record.report.job))
    }
  }

  /// Returns the lines, the header first.
  ///
  /// `width`: The number of characters to which lines are cut; nil for no limit.
  func lines(width: Int?, style: Style) -> [String] {
    let lines = table.lines(width: width)
    return [style.text(lines[0], .bold)] + zip(lines.dropFirst(), marks).map { style.text($0, $1) }
  }

  /// The score of a job, or the reason for its state.
  private static func details(of record: ListedJob) -> String? {
    switch record.report.job.standing {
    case .state(.running), .state(.finished):
      record.score.flatMap(ListedJob.metric) ?? (record.report.isPrivate ? record.reason : nil)
    case .state(.queued), .state(.held), .state(.failed), .state(.cancelled), .rejected, .incoming:
      // The place in the job file would hide the reason on a narrow terminal.
      record.reason.flatMap { $0.split(separator: "\n").first }.map {
        String($0.trimmingPrefix(#/[^ ]+:[0-9]+:[0-9]+: error: /#))
      }
    }
  }

  private static func mark(of job: SpoolJob) -> Style.Mark? {
    switch job.standing {
    case .state(.running): .green
    case .state(.held): .yellow
    case .state(.failed), .rejected: .red
    case .state(.finished): .cyan
    case .state(.cancelled): .dim
    case .state(.queued), .incoming: nil
    }
  }
}
