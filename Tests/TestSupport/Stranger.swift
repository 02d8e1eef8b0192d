internal import Foundation

/// A user without rights, for tests that run as root.
package enum Stranger {
  /// Tries to lock a file with flock(2); returns 0 if the lock was granted.
  package static func status(locking path: String) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/setpriv")
    process.arguments = [
      "--reuid", "61020", "--regid", "0", "--clear-groups", "/usr/bin/flock", "-s", "-n", path, "/bin/true",
    ]
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }
}
