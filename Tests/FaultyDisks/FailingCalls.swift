internal import Foundation

/// The calls of a test that fail, one in each run.
package enum FailingCalls {
  /// The error numbers of failing calls: the disk is full or broken, a quota is used up, a signal arrives.
  package static let codes = [ENOSPC, EIO, EDQUOT, EINTR]

  /// The variable that makes every call fail with every error number, which takes minutes; `make torture` sets it.
  private static let variable = "DEEPSPOOL_EVERY_CALL"

  /// Chooses the calls that fail with `code`.
  ///
  /// Usually every call fails with one of ``codes`` in turn.
  ///
  /// - Parameters:
  ///   - count: The number of calls.
  ///   - code: One of ``codes``.
  ///   - isOther: True in the second of two variants of a test, in which each call fails with another error number.
  /// - Returns: Their numbers, from 1.
  package static func numbers(of count: Int, with code: Int32, isOther: Bool = false) -> [Int] {
    guard let place = codes.firstIndex(of: code) else { preconditionFailure("\(code) is none of the error numbers") }
    if ProcessInfo.processInfo.environment[variable] != nil { return Array(1...count) }
    return Array(
      stride(from: 1 + (place + (isOther ? codes.count / 2 : 0)) % codes.count, through: count, by: codes.count))
  }
}
