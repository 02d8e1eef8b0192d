internal import Spooling

/// A table with a row per job, as lists and the history show them.
struct JobTable {
  private var table: TextTable
  private var marks: [Style.Mark?] = []

  init(_ columns: [TextTable.Column]) { table = TextTable(columns) }

  /// Adds the row of a job; nil and empty texts are shown as `-`.
  mutating func add(_ record: ListedJob, _ cells: [String?]) {
    table.add(cells)
    marks.append(Self.mark(of: record.report.job))
  }

  /// Returns the lines, the header first.
  ///
  /// `width`: The number of characters to which lines are cut; nil for no limit.
  func lines(width: Int?, style: Style) -> [String] {
    let lines = table.lines(width: width)
    return [style.text(lines[0], .bold)] + zip(lines.dropFirst(), marks).map { style.text($0, $1) }
  }

  /// The score of a job, or the reason for its state.
  static func details(of record: ListedJob) -> String? {
    switch record.report.job.standing {
    case .state(.running), .state(.finished): record.score.flatMap(ListedJob.metric)
    case .state(.queued), .state(.held), .state(.failed), .state(.cancelled), .rejected, .incoming:
      record.reason.flatMap { $0.split(separator: "\n").first.map(String.init) }
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
