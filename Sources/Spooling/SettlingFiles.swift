/// A watch list of files whose writer may not be done; a file is taken once it has not changed for a while.
///
/// Files that are closed or moved in are taken at once. This type covers files that were there
/// before the daemon watched the folder, and names that appear without a writer, such as hard links.
///
/// Pure: callers pass the time in seconds.
package struct SettlingFiles: Sendable {
  /// The time for which a file must stay unchanged.
  package static let quietSeconds = 2.0
  /// The time if no event reports that the file is complete and it is unknown whether a process writes it.
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

  /// Records the size and time of a file; returns true once they have been unchanged for long enough.
  ///
  /// `quietSeconds`: The time for which a new file must stay unchanged.
  package mutating func observe(
    _ name: String, _ look: Look, now: Double, quietSeconds: Double = quietSeconds
  ) -> Bool {
    guard let known = watched[name], known.look == look else {
      watched[name] = Watched(look: look, since: now, quietSeconds: watched[name]?.quietSeconds ?? quietSeconds)
      return false
    }
    return now - known.since >= known.quietSeconds
  }

  /// The time of the next check; nil if no file is watched.
  ///
  /// A file that has been unchanged for long enough but was not taken has an open writer. Its close
  /// produces an event, so occasional checks are enough.
  package func nextDueSeconds(now: Double) -> Double? {
    watched.values.map { file in
      let due = file.since + file.quietSeconds
      return due > now ? due : now + file.quietSeconds
    }.min()
  }

  package mutating func forget(_ name: String) { watched[name] = nil }
}
