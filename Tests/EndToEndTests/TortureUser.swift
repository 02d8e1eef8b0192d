import DurableFiles
import Foundation
import Glibc
import Spooling

/// A user of the torture test, who knows what may become of their jobs.
///
/// Users give their jobs the same names, but their files have different extensions.
struct TortureUser {
  /// A way of bringing a file into `incoming`.
  ///
  /// In the scripts, `$file` is the prepared file, `$target` its place in `incoming`, `$folder` that folder and `$name`
  /// the name in it.
  enum Arrival: String, CaseIterable {
    case rename = #"mv "$file" "$target""#
    case copy = #"cp "$file" "$target""#
    case slowCopy = #"{ head -c 40 "$file"; sleep 0.05; tail -c +41 "$file"; } > "$target""#
    case link = #"ln "$file" "$target" && rm "$file""#
    case download = #"cp "$file" "$target.part" && mv "$target.part" "$target""#
    case vim =
      #": > "$folder/.$name.swp"; : > "$target~"; cp "$file" "$target" && rm "$target~" "$folder/.$name.swp""#
    case emacs =
      #"ln -s me@here.1 "$folder/.#$name"; cp "$file" "$folder/#$name#"; cp "$file" "$target" && rm "$folder/.#$name" "$folder/#$name#""#
    case gnome = #"cp "$file" "$folder/.goutputstream-$name" && mv "$folder/.goutputstream-$name" "$target""#
    // 69: no daemon is running; the file is in incoming nevertheless.
    case submit =
      #"( umask 077; "$deepspool" submit --spool "$spool" "$file" > /dev/null 2>&1 || test $? -eq 69 )"#
  }

  /// The orders that the script of a waiting job gives right after its arrival; they decide what becomes of the job.
  ///
  /// In the scripts, `$control` is the folder of orders and `$priority` a number that only this user gives.
  enum Orders: String, CaseIterable {
    case none = ":"
    case cancel = #": > "$control/cancel/$name""#
    case hold = #": > "$control/hold/$name""#
    case holdAndRelease = #": > "$control/hold/$name"; : > "$control/release/$name""#
    case cancelAndRetry = #": > "$control/cancel/$name"; : > "$control/retry/$name""#
    case priority = #"echo "$priority" > "$control/priority/$name""#

    var state: JobState {
      switch self {
      case .none, .holdAndRelease, .cancelAndRetry, .priority: .queued
      case .cancel: .cancelled
      case .hold: .held
      }
    }
  }

  /// A job that the user has dropped.
  struct Job {
    enum Kind: Equatable {
      /// Trains, and may get any order at any time.
      case trains
      /// Waits for a distant time, and gets no orders but these.
      case waits(Orders)
    }

    let name: String
    let kind: Kind
    /// Whether the user has given orders for the job since its arrival.
    var hasOrders = false
    var mayBeCancelled = false
    var mayEndEarly = false
    /// The number of jobs that must exist in the end: none if it was removed, several if it was run again.
    var copies = 1
  }

  let name: String
  /// Nil for the user of the tests.
  let userID: UInt32?
  let fileExtension: String
  /// The folder of the user's own files.
  let folder: String
  /// The remainder of the priorities that only this user gives, modulo ``count``.
  let index: Int
  var jobs: [Job] = []

  /// The number of users, if the tests can act as several users.
  static let count = 3
  private static let firstID: UInt32 = 61_011

  /// Returns three users, or the user of the tests alone.
  ///
  /// `root`: The folder that contains the folders of the users.
  static func all(isSeveral: Bool, _ root: String) throws -> [TortureUser] {
    let extensions = ["yaml", "yml", "json"]
    return try ["alice", "bob", "carol"].prefix(isSeveral ? count : 1).enumerated().map { index, name in
      let userID = isSeveral ? firstID + UInt32(index) : nil
      let folder = "\(root)/\(name)"
      try FileSystem().makeFolder(folder)
      if let userID { chown(folder, userID, userID) }
      return TortureUser(
        name: name, userID: userID, fileExtension: extensions[index], folder: folder, index: index)
    }
  }

  /// Starts a shell script as this user, who is a member of the daemon's group.
  ///
  /// `variables`: What the script knows by name.
  func run(
    _ script: String, _ arguments: [String] = [], variables: [String: String] = [:]
  ) throws -> Programs.Run {
    let settings = variables.sorted { $0.key < $1.key }.map { "\($0)='\($1)'\n" }.joined()
    let shell = ["/bin/sh", "-c", "umask 022\n\(settings)\(script)", "sh"] + arguments
    guard let userID else { return try Programs.Run(shell[0], Array(shell.dropFirst())) }
    let change = ["--reuid", "\(userID)", "--regid", "\(userID)", "--groups", "\(TortureStage.daemonUser)"]
    return try Programs.Run("/usr/bin/setpriv", change + shell)
  }

  /// Writes a file of the user and returns its path.
  func write(_ text: String, _ name: String) throws -> String {
    let path = "\(folder)/\(name)"
    try FileSystem().write(text.utf8, to: path, mode: 0o644)
    if let userID { chown(path, userID, userID) }
    return path
  }
}
