internal import Documents
internal import Jobs

/// The last line of `follow --json`, and of `logs --json` for a job that has ended.
///
/// A job that was rejected or cancelled before its start has no other line.
struct EndEvent {
  private let report: JobReport

  /// - `report`: A job that has ended.
  init(_ report: JobReport) { self.report = report }

  /// `{time, event, state, reason}`, like the lines of `events.jsonl`.
  var line: String {
    let seconds = report.endedSeconds ?? Clocks.wallSeconds()
    return JSONValue.object([
      ("time", .number((seconds * 1000).rounded() / 1000)), ("event", .string("ended")),
      ("state", .string(report.job.title)), ("reason", report.reason.map(JSONValue.string) ?? .null),
    ]).line
  }
}
