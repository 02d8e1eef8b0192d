internal import DurableFiles

/// A rate limit for reported problems: a full disk produces one line a minute, however many calls fail.
///
/// Pure: callers pass the time in seconds.
package struct ToldProblems: Sendable {
  /// The time before the same problem is reported again.
  package static let repeatSeconds = 60.0

  private var toldSeconds: [String: Double] = [:]

  package init() {}

  /// Returns whether to report a problem, and records the report.
  ///
  /// Two errors are the same problem if the same operation failed with the same code. Paths are
  /// ignored because names of temporary files are unique.
  package mutating func isNews(_ error: any Error, nowSeconds: Double) -> Bool {
    let kind = (error as? FileSystemError).map { Self.kind(of: $0) } ?? "\(error)"
    toldSeconds = toldSeconds.filter { nowSeconds - $0.value < Self.repeatSeconds }
    guard toldSeconds[kind] == nil else { return false }
    toldSeconds[kind] = nowSeconds
    return true
  }

  private static func kind(of error: FileSystemError) -> String { "\(error.operation) \(error.code)" }
}
