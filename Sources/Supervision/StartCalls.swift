internal import Glibc

/// The system calls that start a process and connect it with this one; tests make them fail.
package struct StartCalls: Sendable {
  package enum Call: String, Sendable {
    case pipe, duplicate, prepare, spawn, thread, send
  }

  /// A hook that is called before each call; an error number makes the call fail.
  private let fault: (@Sendable (Call) -> Int32?)?

  package init(fault: (@Sendable (Call) -> Int32?)? = nil) { self.fault = fault }

  /// Returns the error number with which a call must fail; 0 if it may proceed.
  func code(_ call: Call) -> Int32 { fault?(call) ?? 0 }

  /// Returns whether a call may proceed; otherwise sets `errno` as the system would.
  func may(_ call: Call) -> Bool {
    let code = code(call)
    guard code != 0 else { return true }
    errno = code
    return false
  }
}
