import DurableFiles
import Spooling

/// What users try to do to each other.
extension TortureStage {
  /// Attacks a random job of another user in every way.
  func meddle(_ user: Int) throws {
    let listing = try daemon.listing()
    let foreign = JobState.allCases.flatMap { state in (listing.jobs[state] ?? []).map { ($0, state) } }
      .filter { id, state in owner(id, in: state).map { $0 != userID(users[user]) } ?? false }
    guard let (id, state) = foreign.randomElement(using: &random) else { return }
    let folders = [layout.folder(id, in: state), layout.result(id), layout.claim(id)]
    try start(user, "changes \(id)", Self.changes, files: newFiles(ofOthers: user) + folders, mustBeSilent: true)
    let privateFiles = folders.flatMap { folder in
      [JobFolderLayout.jobFile, "report.html", "metrics.json", "model/model.deepspool", "events.jsonl"]
        .map { "\(folder)/\($0)" }
    }
    try start(user, "reads \(id)", Self.reading, files: privateFiles, mustBeSilent: true)
    for order in SpoolOrder.allCases where chance(2) {
      foreignOrders += 1
      let isFile = !chance(5)
      let script = isFile ? #"set -C; { echo 5 > "$path"; } 2> /dev/null; :"# : #"mkdir -p "$path/x" 2> /dev/null; :"#
      try start(user, "\(order.rawValue) \(id)", script, variables: ["path": "\(layout.orders(order))/\(id)"])
    }
    try start(
      user, "cancels \(id)", #""$deepspool" cancel --spool "$spool" "$id" 2> /dev/null | grep "^cancel ordered"; :"#,
      variables: ["id": "\(id)"], mustBeSilent: true)
  }

  /// Returns the paths under which the latest files and orders of other users lie until the daemon takes them.
  private func newFiles(ofOthers user: Int) -> [String] {
    users.indices.filter { $0 != user }.flatMap { other in
      let names = users[other].jobs.suffix(2).map { "\($0.name).\(users[other].fileExtension)" }
      return names.flatMap { name in
        ["\(layout.incoming)/\(name)"]
          + [SpoolOrder.cancel, .hold, .retry, .priority].map { "\(layout.orders($0))/\(name)" }
      }
    }
  }

  /// Tries to rename, remove, truncate and link each path, and prints what succeeds.
  private static let changes = #"""
    try() { "$@" > /dev/null 2>&1 && echo "$@"; }
    try ls "$folder"
    for path in "$@"; do
      try mv -T "$path" "$own/stolen"
      try rm -r "$path"
      try dd if=/dev/null of="$path" conv=nocreat
      test "$(cat /proc/sys/fs/protected_hardlinks)" = 0 || try ln -T "$path" "$own/linked"
    done
    :
    """#

  /// Tries to read each path, and prints what succeeds.
  static let reading = #"for path in "$@"; do cat "$path" > /dev/null 2>&1 && echo "$path"; done; :"#
}
