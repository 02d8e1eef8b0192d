internal import JobEvents
internal import Spooling
internal import Wording

/// A table of ended jobs for people.
struct HistoryTable {
  private static let columns: [TextTable.Column] = [
    .left("JOB"), .left("OUTCOME"), .left("OWNER"), .left("GROUP"), .left("SUBMITTED"), .left("STARTED"),
    .left("ENDED"), .right("TIME"), .right("CPU"), .right("MEMORY"), .left("DETAILS"),
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
    let usage = record.startedSeconds == nil ? nil : record.report.log?.usage
    return [
      record.report.job.label, record.state, record.submitter, record.group, record.submittedSeconds.map(Format.time),
      record.startedSeconds.map(Format.time), record.endedSeconds.map(Format.time),
      record.runSeconds.map(DurationText.compact),
      usage.map {
        $0.cpuSeconds < 10
          ? DurationText.precise($0.cpuSeconds).replacing(" ", with: "") : DurationText.compact($0.cpuSeconds)
      },
      usage.map { ByteText.of($0.peakMemoryBytes).replacing(" ", with: "") }, JobTable.details(of: record),
    ]
  }
}
