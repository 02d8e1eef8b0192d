package import DurableFiles
internal import Foundation

/// A disk with power loss: a simulation of what survives in a folder after each call.
///
/// It models the minimum that Linux's journaling file systems guarantee. A file has the content of its last
/// fsync, or none. A change of names survives if one of its folders is synced afterwards, together with every
/// earlier change in the same folders; a rename survives atomically. Everything else is lost.
package final class PowerLoss: @unchecked Sendable {
  private struct Node {
    /// The names in a folder; nil for a file.
    var names: [String: Int]?
    /// The content of a file at its last fsync.
    var content: [UInt8] = []
  }

  /// Names that change atomically.
  private struct Change {
    let entries: [(folder: Int, name: String, node: Int?)]
    /// The folder that the change creates.
    let makes: Int?
  }

  private let root: String
  private let isSynced: Bool
  private let lock = NSLock()
  private var nodes: [Node] = [Node(names: [:])]
  /// The state that programs see: the names in each folder, whether or not they survive.
  private var seen: [Int: [String: Int]] = [0: [:]]
  private var pending: [Change] = []
  /// The surviving state after each call, oldest first; the first is the state before all calls.
  package private(set) var moments: [[String: [UInt8]?]] = []

  /// - `root`: A folder that is already on the disk; the content of its files is on the disk only if `isSynced`.
  package init(root: String, isSynced: Bool) throws {
    self.root = root
    self.isSynced = isSynced
    try load(root, into: 0)
    moments.append(left())
  }

  private func load(_ path: String, into folder: Int) throws {
    for name in try FileSystem().list(path) {
      let child = "\(path)/\(name)"
      let isFolder = try FileSystem().status(child).kind == .folder
      let node = make(folder: isFolder)
      if isFolder {
        try load(child, into: node)
      } else if isSynced {
        nodes[node].content = try FileSystem().read(child, limit: 1 << 20)
      }
      nodes[folder].names?[name] = node
      seen[folder]?[name] = node
    }
  }

  /// Records a call that is about to be made.
  package func note(_ call: FileSystem.Call) {
    lock.lock()
    defer { lock.unlock() }
    switch call.operation {
    case .create: apply([place(call.path, make(folder: false))])
    case .mkdir: makeFolder(call.path)
    case .rename:
      guard let node = find(call.path), let target = call.target else { return }
      apply([place(call.path, nil), place(target, node)])
    case .unlink, .rmdir: if find(call.path) != nil { apply([place(call.path, nil)]) }
    case .fsync: sync(call.path)
    case .write, .close, .chmod, .chown, .acl: return
    }
    moments.append(left())
  }

  private func find(_ path: String) -> Int? {
    var node = 0
    for name in path.dropFirst(root.count).split(separator: "/") {
      guard let next = seen[node]?[String(name)] else { return nil }
      node = next
    }
    return node
  }

  private func make(folder: Bool) -> Int {
    nodes.append(Node(names: folder ? [:] : nil))
    if folder { seen[nodes.count - 1] = [:] }
    return nodes.count - 1
  }

  private func makeFolder(_ path: String) {
    guard find(path) == nil else { return }
    let parent = Paths.folder(of: path)
    if find(parent) == nil { makeFolder(parent) }
    let node = make(folder: true)
    apply([place(path, node)], makes: node)
  }

  private func place(_ path: String, _ node: Int?) -> (folder: Int, name: String, node: Int?)? {
    find(Paths.folder(of: path)).map { ($0, Paths.name(of: path), node) }
  }

  private func apply(_ places: [(folder: Int, name: String, node: Int?)?], makes: Int? = nil) {
    let entries = places.compactMap { $0 }
    for entry in entries { seen[entry.folder]?[entry.name] = entry.node }
    pending.append(Change(entries: entries, makes: makes))
  }

  /// Syncs a file's content, or a folder's names and its creation.
  private func sync(_ path: String) {
    guard let node = find(path) else { return }
    guard nodes[node].names != nil else {
      nodes[node].content = (try? FileSystem().read(path, limit: 1 << 20)) ?? []
      return
    }
    var folders: Set<Int> = [node]
    var (surviving, waiting): ([Change], [Change]) = ([], [])
    for change in pending.reversed() {
      let touched = change.entries.map(\.folder)
      if folders.isDisjoint(with: touched), change.makes.map(folders.contains) != true {
        waiting.append(change)
      } else {
        folders.formUnion(touched)
        surviving.append(change)
      }
    }
    pending = waiting.reversed()
    for entry in surviving.reversed().flatMap(\.entries) { nodes[entry.folder].names?[entry.name] = entry.node }
  }

  /// Returns the surviving paths below the root, with the content of files and nil for folders.
  private func left() -> [String: [UInt8]?] {
    var found: [String: [UInt8]?] = [:]
    func walk(_ node: Int, _ path: String) {
      for (name, child) in nodes[node].names ?? [:] {
        found["\(path)/\(name)"] = nodes[child].names == nil ? .some(nodes[child].content) : .some(nil)
        walk(child, "\(path)/\(name)")
      }
    }
    walk(0, "")
    return found
  }

  /// Writes a surviving state into a folder.
  package static func restore(_ moment: [String: [UInt8]?], to root: String) throws {
    try FileSystem().makeFolder(root)
    for (path, content) in moment.sorted(by: { $0.key < $1.key }) {
      if let content {
        try Data(content).write(to: URL(fileURLWithPath: root + path))
      } else {
        try FileSystem().makeFolder(root + path)
      }
    }
  }
}
