internal import Spooling
internal import Wording

/// A job in the index page.
package struct IndexRow: Sendable, Equatable {
  /// The longest reason in a row; the job's page or `deepspool why` has all of it.
  private static let maximumReasonCharacters = 200

  private let record: JobRecord
  /// The progress of a running job, such as `61 %, epoch 6.1 of 10`.
  private let progress: String?
  /// The path of the job's report, relative to the folder of the index; nil if there is none.
  private let report: String?

  package init(_ record: JobRecord, progress: String? = nil, report: String? = nil) {
    self.record = record
    self.progress = progress
    self.report = report
  }

  /// The row as HTML.
  package var html: String {
    let name = "\(record.id)".escapingMarkup
    let title = report.map { "<a href=\"\($0.escapingMarkup)\">\(name)</a>" } ?? name
    let submitter = (record.submitter?.title ?? "").escapingMarkup
    let state = record.state.rawValue
    let cells = [
      "<th scope=\"row\" role=\"rowheader\">\(title)</th>", Self.cell("State", state, style: state),
      Self.cell("Submitter", submitter), Self.time("Submitted", record.submittedSeconds),
      Self.time("Ended", record.endedSeconds),
      Self.cell("Start to end", record.seconds.map(DurationText.words) ?? "", style: "number"),
      Self.cell("Outcome", outcome.escapingMarkup, style: "long"),
    ]
    return "<tr data-state=\"\(state)\" data-user=\"\(submitter)\" role=\"row\">" + cells.joined() + "</tr>\n"
  }

  /// Returns a cell that narrow screens show under its column's title.
  private static func cell(_ title: String, _ markup: String, style: String = "") -> String {
    "<td role=\"cell\" data-title=\"\(title)\"" + (style.isEmpty ? "" : " class=\"\(style)\"") + ">\(markup)</td>"
  }

  private var outcome: String {
    if let progress { return progress }
    if let reason = record.reason {
      return (reason.split(separator: "\n").first.map(String.init) ?? "").escapingControls
        .shortened(to: Self.maximumReasonCharacters)
    }
    return record.score.map { "\($0.title) \(NumberText.brief($0.value))" } ?? record.ending ?? ""
  }

  private static func time(_ title: String, _ seconds: Double?) -> String {
    let text = seconds.map { "<time datetime=\"\(InstantText.iso8601($0))\">\(InstantText.readable($0))</time>" }
    return cell(title, text ?? "")
  }
}
