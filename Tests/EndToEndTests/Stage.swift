import DurableFiles
import Foundation
import Glibc
import Spooling

/// A spool and the data of three users; nil, with a message, if the tests cannot act as several users.
final class Stage {
  /// The daemon, the attacker and the victim; user numbers that no system assigns.
  static let (daemonUser, attacker, victim): (UInt32, UInt32, UInt32) = (61_001, 61_002, 61_003)
  static let secret = "the-secret-of-another-user"

  let root = NSTemporaryDirectory() + "stage-\(UUID().uuidString)"
  let daemon: Daemon

  /// - `arguments`: Flags of the daemon besides those for its folders.
  /// - `environment`: Variables for the daemon.
  init?(
    _ arguments: [String] = ["--max-concurrent-jobs", "4"], environment: [String: String] = [:]
  ) throws {
    let (root, files) = (root, FileSystem())
    let data = "\(root)/data"
    daemon = Daemon(
      spool: "\(root)/spool", data: data, userID: Stage.daemonUser, environment: environment, arguments)
    let probe = try? Programs.run(
      "/usr/bin/setpriv",
      [
        "--reuid", "\(Stage.daemonUser)", "--regid", "\(Stage.daemonUser)", "--clear-groups",
        "\(Programs.folder)/deepspoold", "--version",
      ])
    guard probe?.status == 0 else {
      print("skipped: needs root, and programs that every user may run")
      return nil
    }
    func give(_ name: String, to user: UInt32, mode: UInt32, text: String? = nil) throws {
      let path = "\(root)/\(name)"
      if let text { try files.write(text.utf8, to: path) } else { try files.makeFolder(path) }
      chown(path, user, name.hasPrefix("victim") ? Stage.daemonUser : user)
      try files.setMode(path, mode)
    }
    let table = "x,y\n" + (0..<40).map { "\($0),\(Stage.secret)-\($0 % 2)\n" }.joined()
    try give("", to: 0, mode: 0o755)
    try give("spool", to: Stage.daemonUser, mode: 0o755)
    // Every user may add tables to this folder.
    try give("data", to: Stage.daemonUser, mode: 0o1777)
    // The daemon is a member of the group of the victim's files, the attacker is not.
    try give("victim", to: Stage.victim, mode: 0o750)
    try give("victim/secret.csv", to: Stage.victim, mode: 0o640, text: table)
    try give("data/private.csv", to: Stage.victim, mode: 0o640, text: table)
    chown("\(data)/private.csv", Stage.victim, Stage.daemonUser)
    try give("data/private", to: Stage.victim, mode: 0o750)
    chown("\(data)/private", Stage.victim, Stage.daemonUser)
    try give("data/private/open.csv", to: Stage.victim, mode: 0o644, text: table)
    try give(
      "data/own.csv", to: Stage.attacker, mode: 0o644,
      text: "<script>alert(1)</script>,y\n1,a\n2,b\n3,a\n4,b\n")
    symlink("\(root)/victim/secret.csv", "\(data)/link.csv")
    symlink("\(root)/victim", "\(data)/linked")
    symlink("loop.csv", "\(data)/loop.csv")
    mkfifo("\(data)/pipe.csv", 0o666)
    mknod("\(data)/device.csv", S_IFCHR | 0o666, 0x105)
    setenv("DEEPSPOOL_TEST_SECRET", Stage.secret, 1)
  }

  deinit { try? FileSystem().removeTree(root) }

  static func job(_ frame: String, _ extra: String = "") -> String {
    "training_frame: \(frame)\nresponse_column: y\nhidden: [3]\nepochs: 1\n\(extra)"
  }

  /// Drops a file as a user, by default as the attacker.
  func drop(_ name: String, _ text: String, as user: UInt32 = attacker, group: UInt32? = nil, mode: UInt32 = 0o644)
    throws
  {
    let path = "\(daemon.layout.root)/.dropped"
    try FileSystem().write(text.utf8, to: path, mode: 0o644)
    chown(path, user, group ?? user)
    try FileSystem().setMode(path, mode)
    try FileSystem().rename(path, to: "\(daemon.layout.incoming)/\(name)")
  }

  /// Returns the reason for which a file was rejected; nil if it was not.
  func why(_ name: String) -> String? {
    (try? FileSystem().read("\(daemon.layout.rejected)/\(name).why", limit: 1 << 22))
      .map { String(decoding: $0, as: UTF8.self) }
  }

  /// Runs a program as a user in the daemon's group; returns its exit status.
  func run(as user: UInt32, _ arguments: [String]) throws -> Int32 {
    let change = ["--reuid", "\(user)", "--regid", "\(Stage.daemonUser)", "--clear-groups"]
    return try Programs.run("/usr/bin/setpriv", change + arguments).status
  }

  /// Returns everything that the daemon has written.
  func everythingWritten() throws -> String {
    var text = daemon.log
    func read(_ folder: String) throws {
      for name in try FileSystem().list(folder) {
        let path = "\(folder)/\(name)"
        switch try FileSystem().status(path).kind {
        case .folder: try read(path)
        case .file: text += String(decoding: try FileSystem().read(path, limit: 1 << 26), as: UTF8.self)
        default: break
        }
      }
    }
    try read(daemon.layout.root)
    return text
  }
}
