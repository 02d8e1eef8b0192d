internal import DurableFiles

/// Problems that were told lately: a full disk makes one line a minute, however many calls fail on it.
///
/// Pure: time comes in as seconds.
package struct ToldProblems: Sendable {
  /// The same problem is told this often.
  package static let repeatSeconds = 60.0

  private var toldSeconds: [String: Double] = [:]

  package init() {}

  /// Whether a problem should be told; then it counts as told.
  ///
  /// Two calls have the same problem that failed in the same way for the same reason, whatever the file: the names of
  /// temporary files are never the same.
  package mutating func isNews(_ error: any Error, nowSeconds: Double) -> Bool {
    let kind = (error as? FileSystemError).map { Self.kind(of: $0) } ?? "\(error)"
    toldSeconds = toldSeconds.filter { nowSeconds - $0.value < Self.repeatSeconds }
    guard toldSeconds[kind] == nil else { return false }
    toldSeconds[kind] = nowSeconds
    return true
  }

  /// `rename to 'x'` names a file, too.
  private static func kind(of error: FileSystemError) -> String {
    "\(error.operation.prefix { $0 != " " }) \(error.code)"
  }
}
