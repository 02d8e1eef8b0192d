internal import DurableFiles
package import Spooling

/// The rules that decide who is told about an ended job.
package struct NoticeRules: Sendable, Equatable {
  package let hooksDirectory: String
  package let mailSubmitters: MailOccasion
  package let mailFailuresTo: String?

  package init(_ configuration: DaemonConfiguration) {
    hooksDirectory = configuration.hooksDirectory
    mailSubmitters = configuration.mailSubmitters
    mailFailuresTo = configuration.mailFailuresTo
  }

  /// Returns the recipients of mail about a job.
  ///
  /// `submitter`: The name of the submitter; nil if the user has none.
  package func recipients(of state: ServiceFigures.Outcome, submitter: String?) -> [String] {
    var recipients: [String] = []
    let isTold =
      switch mailSubmitters {
      case .never: false
      case .failures: state.isFailure
      case .always: true
      }
    if isTold, let submitter, MailOccasion.isAddress(submitter) { recipients.append(submitter) }
    if state.isFailure, let mailFailuresTo, !recipients.contains(mailFailuresTo) { recipients.append(mailFailuresTo) }
    return recipients
  }

  /// Returns whether somebody may want to know about a job that ended in `state`.
  package func wants(_ state: ServiceFigures.Outcome, hasHooks: Bool) -> Bool {
    hasHooks || mailSubmitters == .always || (state.isFailure && (mailSubmitters != .never || mailFailuresTo != nil))
  }
}
