/// A watch list of files that no event has reported as complete; a file is taken once it has not changed for a while.
///
/// Files that are closed or moved in are taken at once. This type covers files that were there
/// before the daemon watched the folder, names that appear without a writer, such as hard links, and
/// names that may still change.
///
/// Pure: callers pass the time in seconds.
package struct SettlingFiles: Sendable {
  /// The time for which a file must stay unchanged that no process has open for writing.
  package static let quietSeconds = 2.0
  /// The time if it is unknown whether a process has the file open.
  package static let longQuietSeconds = 60.0
  /// The time after which a file whose last line is incomplete is given up.
  package static let incompleteSeconds = 600.0

  package struct Look: Sendable, Equatable {
    package let byteCount: Int
    /// The time of the last change of content or status, in seconds since 1970 by the clock of the
    /// file system; users cannot set it.
    package let changedSeconds: Double

    package init(byteCount: Int, changedSeconds: Double) {
      self.byteCount = byteCount
      self.changedSeconds = changedSeconds
    }
  }

  private struct Watched: Sendable {
    var look: Look
    var since: Double
    var quietSeconds: Double
    /// The time of the next check.
    var dueSeconds = 0.0

    /// Sets the time of the next check; a file that is not taken although it has not changed is checked ever less often.
    mutating func schedule(now: Double) {
      let quietEnd = since + quietSeconds
      dueSeconds = quietEnd > now ? quietEnd : now + max(quietSeconds, (now - since) / 2)
    }
  }

  private var watched: [String: Watched] = [:]

  package init() {}

  package var isEmpty: Bool { watched.isEmpty }

  /// The files to check now.
  package func due(now: Double) -> [String] {
    watched.filter { $0.value.dueSeconds <= now }.keys.sorted()
  }

  /// Records the size and time of a file.
  ///
  /// - Parameters:
  ///   - name: The name of the file.
  ///   - look: The size and time.
  ///   - now: The current time.
  ///   - ageSeconds: The time since the last change, as far as the file system tells.
  ///   - quietSeconds: The time for which a new file must stay unchanged.
  /// - Returns: Whether both have been unchanged for long enough.
  package mutating func observe(
    _ name: String, _ look: Look, now: Double, ageSeconds: Double = 0, quietSeconds: Double = quietSeconds
  ) -> Bool {
    let since = now - max(0, ageSeconds)
    var file = watched[name] ?? Watched(look: look, since: since, quietSeconds: quietSeconds)
    if file.look != look { (file.look, file.since) = (look, since) }
    file.schedule(now: now)
    watched[name] = file
    return file.since + file.quietSeconds <= now
  }

  /// Requires a file to stay unchanged for longer.
  ///
  /// - Returns: Whether it has.
  package mutating func extend(_ name: String, toSeconds seconds: Double, now: Double) -> Bool {
    guard var file = watched[name] else { return false }
    file.quietSeconds = seconds
    file.schedule(now: now)
    watched[name] = file
    return file.since + seconds <= now
  }

  /// The time of the next check; nil if no file is watched.
  package var nextDueSeconds: Double? { watched.values.map(\.dueSeconds).min() }

  package mutating func forget(_ name: String) { watched[name] = nil }
}
