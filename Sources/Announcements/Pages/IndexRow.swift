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
      "<th scope=\"row\">\(title)</th>", "<td class=\"\(state)\">\(state)</td>", "<td>\(submitter)</td>",
      Self.time(record.submittedSeconds), Self.time(record.endedSeconds),
      "<td class=\"number\">\(record.seconds.map(DurationText.words) ?? "")</td>",
      "<td class=\"long\">\(outcome.escapingMarkup)</td>",
    ]
    return "<tr data-state=\"\(state)\" data-user=\"\(submitter)\">" + cells.joined() + "</tr>\n"
  }

  private var outcome: String {
    if let progress { return progress }
    if let reason = record.reason {
      return (reason.split(separator: "\n").first.map(String.init) ?? "").escapingControls
        .shortened(to: Self.maximumReasonCharacters)
    }
    return record.score.map { "\($0.title) \(MetricText.rounded($0.value))" } ?? ""
  }

  private static func time(_ seconds: Double?) -> String {
    guard let seconds else { return "<td></td>" }
    return "<td><time datetime=\"\(InstantText.iso8601(seconds))\">\(InstantText.readable(seconds))</time></td>"
  }
}
