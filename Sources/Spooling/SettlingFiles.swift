/// Files whose writer may not be done: they are taken when they have not changed for a while.
///
/// Files that are closed or moved in are taken at once; this is for those that were there before the daemon looked, and
/// for names that appear without a writer, such as hard links. Pure: time comes in as seconds.
package struct SettlingFiles: Sendable {
  /// How long a file must stay unchanged.
  package static let quietSeconds = 2.0

  package struct Look: Sendable, Equatable {
    package let byteCount: Int
    package let modifiedSeconds: Double

    package init(byteCount: Int, modifiedSeconds: Double) {
      self.byteCount = byteCount
      self.modifiedSeconds = modifiedSeconds
    }
  }

  private struct Watched: Sendable {
    var look: Look
    var since: Double
  }

  private var watched: [String: Watched] = [:]

  package init() {}

  package var names: [String] { watched.keys.sorted() }
  package var isEmpty: Bool { watched.isEmpty }

  /// Records a look at a file; true when it has been the same for long enough.
  package mutating func observe(_ name: String, _ look: Look, now: Double) -> Bool {
    guard let known = watched[name], known.look == look else {
      watched[name] = Watched(look: look, since: now)
      return false
    }
    return now - known.since >= Self.quietSeconds
  }

  package mutating func forget(_ name: String) { watched[name] = nil }
}
