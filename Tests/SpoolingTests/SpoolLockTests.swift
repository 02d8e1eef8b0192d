import DurableFiles
import Foundation
import Glibc
import Spooling
import TestSupport
import Testing

@Suite("The daemon's lock")
struct SpoolLockTests {
  private let layout = SpoolLayout(root: NSTemporaryDirectory() + "lock-\(UUID().uuidString)")

  private func withSpool(_ body: () throws -> Void) throws {
    try FileSystem().makeFolder(layout.root)
    defer { try? FileSystem().removeTree(layout.root) }
    try body()
  }

  private var bits: mode_t {
    var status = stat()
    return lstat(layout.lock, &status) == 0 ? status.st_mode & 0o777 : 0
  }

  @Test("one daemon holds the lock, and others see that")
  func exclusive() throws {
    try withSpool {
      #expect(!SpoolLock.isHeld(layout))
      let lock = try SpoolLock(layout)
      #expect(lock != nil)
      #expect(SpoolLock.isHeld(layout))
      let second = try SpoolLock(layout)
      #expect(second == nil)
      withExtendedLifetime(lock) {}
    }
  }

  @Test("only the daemon's user can open the lock; group permissions of earlier versions are removed")
  func mode() throws {
    try withSpool {
      for before: mode_t in [0o600, 0o660] {
        _ = try SpoolLock(layout)
        #expect(bits == 0o600)
        #expect(chmod(layout.lock, before) == 0)
      }
      _ = try SpoolLock(layout)
      #expect(bits == 0o600)
    }
  }

  @Test("a member of the spool's group cannot take the lock")
  func strangers() throws {
    guard geteuid() == 0 else { return print("skipped: needs root to act as another user") }
    try withSpool {
      #expect(chmod(layout.root, 0o755) == 0)
      _ = try SpoolLock(layout)
      #expect(try Stranger.status(locking: layout.lock) != 0)
      // The same attempt on a group-readable file succeeds, which shows that the first one fails
      // for the right reason.
      #expect(chmod(layout.lock, 0o644) == 0)
      #expect(try Stranger.status(locking: layout.lock) == 0)
    }
  }
}
