internal import Wording

/// The call of a hook for a notice: arguments and environment; the notice itself is its standard input.
package struct HookCall: Sendable, Equatable {
  private static let searchPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
  /// The longest reason in the environment; the notice has all of it.
  private static let maximumReasonCharacters = 4000

  /// The path of the hook.
  package let path: String
  /// The state and the identifier of the job.
  package let arguments: [String]
  /// Lines `NAME=value`.
  package let environment: [String]

  package init(_ path: String, _ notice: JobNotice) {
    self.path = path
    arguments = [notice.state.rawValue, notice.job]
    let values: [(String, String?)] = [
      ("PATH", Self.searchPath), ("LANG", "C.UTF-8"), ("DEEPSPOOL_JOB", notice.job), ("DEEPSPOOL_NAME", notice.name),
      ("DEEPSPOOL_STATE", notice.state.rawValue), ("DEEPSPOOL_SUBMITTER", notice.submitter),
      ("DEEPSPOOL_SUBMITTER_UID", notice.submitterID.map { String($0) }),
      ("DEEPSPOOL_SECONDS", notice.seconds.map(NumberText.shortest)), ("DEEPSPOOL_METRIC", notice.metric),
      ("DEEPSPOOL_VALUE", notice.value.map(NumberText.brief)), ("DEEPSPOOL_RESULT", notice.result),
      ("DEEPSPOOL_REASON", notice.reason?.shortened(to: Self.maximumReasonCharacters)),
    ]
    environment = values.compactMap { name, value in
      // A zero byte would end the value.
      value.map { "\(name)=" + $0.replacing("\0", with: "") }
    }
  }
}
