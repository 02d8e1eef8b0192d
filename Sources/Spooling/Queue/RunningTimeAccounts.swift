internal import Documents
internal import DurableFiles

/// The running time in seconds that submitters have used, on a common scale; kept in the spool across restarts.
///
/// Without the file, all submitters start equal.
package struct RunningTimeAccounts: Sendable, Equatable {
  private static let (activeKey, idleKey) = ("active", "idle")
  private static let maximumBytes = DocumentReader.maximumBytes

  /// The accounts of submitters with waiting or running jobs.
  package var active: [UInt32: Double]
  /// The accounts of other submitters that have used more than the least of the active ones.
  package var idle: [UInt32: Double]

  package init(active: [UInt32: Double] = [:], idle: [UInt32: Double] = [:]) {
    self.active = active
    self.idle = idle
  }

  /// Whether there is nobody to take turns with.
  var areTrivial: Bool { active.count + idle.count < 2 }

  /// Charges a submitter for running time in seconds.
  mutating func charge(_ userID: UInt32, _ seconds: Double) { active[userID, default: 0] += seconds }

  /// A power failure may lose the file, so it is not synced.
  func write(_ layout: SpoolLayout, _ fileSystem: FileSystem) throws(FileSystemError) {
    func object(_ accounts: [UInt32: Double]) -> JSONValue {
      .object(accounts.sorted { $0.key < $1.key }.map { (String($0.key), .number($0.value)) })
    }
    let text = JSONValue.object([(Self.activeKey, object(active)), (Self.idleKey, object(idle))]).line + "\n"
    try fileSystem.write(text.utf8, to: layout.accounts, isDurable: false)
  }

  /// Reads the accounts of the last daemon; nil if there are none.
  static func read(_ layout: SpoolLayout, _ fileSystem: FileSystem) -> RunningTimeAccounts? {
    guard let bytes = try? fileSystem.read(layout.accounts, limit: maximumBytes),
      let root = try? DocumentReader.read(bytes, file: layout.accounts, noun: "accounts"),
      case .mapping(let entries) = root.content
    else { return nil }
    var accounts = RunningTimeAccounts()
    for (key, node) in entries {
      guard case .mapping(let users) = node.content else { continue }
      for (user, seconds) in users {
        guard let userID = UInt32(user.name), case .scalar(let text, _) = seconds.content,
          let used = Double(text), used.isFinite, used >= 0
        else { continue }
        if key.name == activeKey { accounts.active[userID] = used } else { accounts.idle[userID] = used }
      }
    }
    return accounts
  }
}
