internal import Spooling

/// Notices that the daemon of a spool is missing for longer than a restart takes, and that it is there again.
struct DaemonPresence {
  /// A restart of the daemon may take this number of looks.
  private static let patience = 10

  private var idleLooks: Int

  /// - `tellsAtOnce`: Whether a daemon that is missing from the beginning is told at the first look.
  init(tellsAtOnce: Bool = false) { idleLooks = tellsAtOnce ? Self.patience - 1 : 0 }

  /// Looks once; returns a sentence for people if something has changed.
  mutating func news(_ layout: SpoolLayout) -> String? {
    let wasMissing = isMissing
    idleLooks = SpoolLock.isHeld(layout) ? 0 : idleLooks + 1
    guard isMissing != wasMissing else { return nil }
    return isMissing
      ? "no daemon is running on '\(layout.root)'; the job waits until one starts" : "the daemon is running again"
  }

  /// Whether the daemon was missing at the last look, and for long.
  var isMissing: Bool { idleLooks >= Self.patience }
}
