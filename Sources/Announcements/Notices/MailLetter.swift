internal import Wording

/// Mail about ended jobs; one letter tells a recipient about all jobs that ended in one round.
package struct MailLetter: Sendable, Equatable {
  /// The number of jobs that a letter describes; it only counts the others.
  private static let maximumJobs = 200
  /// The longest line of a message body; mail systems cut or refuse longer ones (RFC 5322).
  private static let lineCharacters = 78

  package let recipient: String
  package let subject: String
  /// The body, with line feeds as line ends.
  package let body: String

  /// Returns the letters about some notices, in order of the recipients.
  ///
  /// `host`: The name of this machine.
  package static func letters(_ notices: [JobNotice], _ rules: NoticeRules, host: String) -> [MailLetter] {
    var byRecipient: [String: [JobNotice]] = [:]
    for notice in notices {
      for recipient in rules.recipients(of: notice.state, submitter: notice.submitter) {
        byRecipient[recipient, default: []].append(notice)
      }
    }
    return byRecipient.sorted { $0.key < $1.key }.map { MailLetter($0.key, $0.value, host: host) }
  }

  private init(_ recipient: String, _ notices: [JobNotice], host: String) {
    self.recipient = recipient
    let outcomes = ServiceFigures.Outcome.allCases.compactMap { outcome in
      let count = notices.count { $0.state == outcome }
      return count > 0 ? "\(count) \(outcome.rawValue)" : nil
    }
    subject =
      if let notice = notices.first, notices.count == 1 {
        "deepspool: job \(notice.job) \(Self.verb(notice.state))"
      } else {
        "deepspool: \(notices.count) jobs ended (\(outcomes.joined(separator: ", ")))"
      }
    let shown = notices.prefix(Self.maximumJobs).map(Self.paragraph)
    let rest = notices.count - shown.count
    let others = rest > 0 ? ["and \(NumberText.count(rest, "more job")); see `deepspool list --all`"] : []
    body = (shown + others + ["deepspool on \(host)"]).joined(separator: "\n\n") + "\n"
  }

  private static func verb(_ state: ServiceFigures.Outcome) -> String {
    switch state {
    case .finished: "finished"
    case .failed: "failed"
    case .cancelled: "was cancelled"
    case .rejected: "was rejected"
    }
  }

  private static func paragraph(_ notice: JobNotice) -> String {
    var lines = ["Job \(notice.job) \(verb(notice.state)) at \(notice.ended)."]
    if let submitter = notice.submitter { lines.append("Submitter: \(submitter)") }
    if let seconds = notice.seconds { lines.append("Time from start to end: \(DurationText.words(seconds))") }
    if let metric = notice.metric, let value = notice.value {
      lines.append("\(metric.prefix(1).uppercased() + metric.dropFirst()): \(NumberText.brief(value))")
    }
    if let result = notice.result { lines.append("Result: \(result)") }
    if notice.state == .failed { lines.append("More: deepspool why \(notice.job)") }
    let reason = (notice.reason ?? "").split(separator: "\n").map { "Reason: \($0)" }
    lines.insert(contentsOf: reason, at: 1)
    return lines.map { $0.escapingControls.wrapped(to: lineCharacters, indent: "  ") }.joined(separator: "\n")
  }

  /// The whole message for the standard input of sendmail(8).
  package var text: String {
    """
    To: \(recipient)
    Subject: \(subject)
    Auto-Submitted: auto-generated
    MIME-Version: 1.0
    Content-Type: text/plain; charset=utf-8
    Content-Transfer-Encoding: 8bit

    \(body)
    """
  }
}
