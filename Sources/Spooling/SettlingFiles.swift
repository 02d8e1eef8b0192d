/// Files whose writer may not be done: they are taken when they have not changed for a while.
///
/// Files that are closed or moved in are taken at once; this is for those that were there before the daemon looked, and
/// for names that appear without a writer, such as hard links. Pure: time comes in as seconds.
package struct SettlingFiles: Sendable {
  /// How long a file must stay unchanged.
  package static let quietSeconds = 2.0
  /// How long if nothing tells that it is complete, nor whether somebody is writing it.
  package static let longQuietSeconds = 60.0

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
    let quietSeconds: Double
  }

  private var watched: [String: Watched] = [:]

  package init() {}

  package var names: [String] { watched.keys.sorted() }
  package var isEmpty: Bool { watched.isEmpty }

  /// Records a look at a file; true when it has been the same for long enough.
  ///
  /// - `quietSeconds`: What is long enough, where the file was not watched before.
  package mutating func observe(
    _ name: String, _ look: Look, now: Double, quietSeconds: Double = quietSeconds
  ) -> Bool {
    guard let known = watched[name], known.look == look else {
      watched[name] = Watched(look: look, since: now, quietSeconds: watched[name]?.quietSeconds ?? quietSeconds)
      return false
    }
    return now - known.since >= known.quietSeconds
  }

  /// When some file should be looked at next; nil for none.
  ///
  /// One that has stood still for long enough and is not taken is in somebody's hands: whoever closes it is heard, and
  /// asking now and then is enough.
  package func nextDueSeconds(now: Double) -> Double? {
    watched.values.map { file in
      let due = file.since + file.quietSeconds
      return due > now ? due : now + file.quietSeconds
    }.min()
  }

  package mutating func forget(_ name: String) { watched[name] = nil }
}
