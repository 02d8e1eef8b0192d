/// Where things lie in a spool; what lies in the folder of a job says ``JobFolderLayout``.
package struct SpoolLayout: Sendable, Hashable {
  package let root: String

  package init(root: String) { self.root = root }

  /// Files are dropped here.
  package var incoming: String { "\(root)/incoming" }
  /// Files that were no jobs, each beside the reason.
  package var rejected: String { "\(root)/rejected" }
  /// A folder per finished job; appears complete.
  package var results: String { "\(root)/results" }
  /// Files dropped here are orders.
  package func orders(_ order: SpoolOrder) -> String { "\(root)/control/\(order.rawValue)" }
  /// Held by the daemon while it lives.
  package var lock: String { "\(root)/.daemon.lock" }

  /// What the daemon said of its limits.
  var limits: String { "\(root)/.limits" }

  package func folder(_ state: JobState) -> String { "\(root)/\(state.rawValue)" }
  package func folder(_ id: JobIdentifier, in state: JobState) -> String { "\(folder(state))/\(id)" }
  /// A job folder while it is being accepted: nobody looks at dot-names.
  package func claim(_ id: JobIdentifier) -> String { "\(folder(.queued))/.\(id)" }
  package func result(_ id: JobIdentifier) -> String { "\(results)/\(id)" }

  /// Every folder that must exist, with its permission bits.
  ///
  /// `incoming` is drop-only: anybody in the group may add files, nobody but the owner sees or removes others'.
  var folders: [(path: String, mode: UInt32)] {
    [(incoming, 0o1730), (rejected, 0o750), (results, 0o750), ("\(root)/control", 0o750)]
      + SpoolOrder.allCases.map { (orders($0), 0o1730) } + JobState.allCases.map { (folder($0), 0o750) }
  }
}
