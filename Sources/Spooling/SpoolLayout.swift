/// The paths of a spool; ``JobFolderLayout`` describes the folder of a job.
package struct SpoolLayout: Sendable, Hashable {
  package let root: String

  package init(root: String) { self.root = root }

  /// The folder into which users drop job files.
  package var incoming: String { "\(root)/incoming" }
  /// Invalid files, each beside its reason.
  package var rejected: String { "\(root)/rejected" }
  /// A folder per finished job; each appears complete, by one rename.
  package var results: String { "\(root)/results" }
  /// The folder into which users drop orders of one kind.
  package func orders(_ order: SpoolOrder) -> String { "\(root)/control/\(order.rawValue)" }
  /// The folder of the notices about ended jobs, from which hooks and mail take them.
  package var notices: String { "\(root)/notices" }
  /// The folder of the figures for a monitoring system, which everyone may read.
  package var metrics: String { "\(root)/metrics" }
  /// The folder of the daemon in which the files of orders lie while they are removed.
  var takenOrders: String { "\(root)/control/.taken" }
  /// The lock file that the daemon holds while it runs.
  package var lock: String { "\(root)/.daemon.lock" }

  /// The highest number among removed jobs, so that no number is used twice.
  var highestRemoved: String { "\(root)/.removed" }

  /// The accounts of running time by which submitters take turns.
  var accounts: String { "\(root)/.accounts" }

  /// The limits that the daemon last wrote.
  var limits: String { "\(root)/.limits" }

  package func folder(_ state: JobState) -> String { "\(root)/\(state.rawValue)" }
  package func folder(_ id: JobIdentifier, in state: JobState) -> String { "\(folder(state))/\(id)" }
  /// The folder of a job while it is being accepted; names that begin with a dot are ignored.
  package func claim(_ id: JobIdentifier) -> String { "\(folder(.queued))/.\(id)" }
  package func result(_ id: JobIdentifier) -> String { "\(results)/\(id)" }

  /// The bit that passes the group of a folder on to its files.
  static let setGroupID: UInt32 = 0o2000

  /// Every required folder, with its permission bits.
  ///
  /// `incoming` is drop-only: members of the group may add files, but only the owner of a file can
  /// remove it and only the daemon can list the folder. Its files belong to its group, so that the
  /// daemon can read them. The group of `notices` reads and removes what the daemon writes there.
  var folders: [(path: String, mode: UInt32)] {
    [
      (incoming, Self.setGroupID | 0o1730), (rejected, 0o750), (results, 0o750), ("\(root)/control", 0o750),
      (takenOrders, 0o700), (notices, Self.setGroupID | 0o770), (metrics, 0o755),
    ] + SpoolOrder.allCases.map { (orders($0), 0o1730) } + JobState.allCases.map { (folder($0), 0o750) }
  }
}
