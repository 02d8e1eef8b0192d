import DurableFiles
import Foundation
import Glibc
import Supervision
import TestSupport
import Testing

@Suite("The lock of a job's folder")
struct FolderLockTests {
  @Test("a user who may read the folder cannot keep its job from starting")
  func strangers() throws {
    guard geteuid() == 0 else { return print("skipped: needs root to act as another user") }
    let folder = NSTemporaryDirectory() + "job-\(UUID().uuidString)"
    try FileSystem().makeFolder(folder)
    defer { try? FileSystem().removeTree(folder) }
    try FileSystem().setMode(folder, 0o755)
    let names = Set(try FileSystem().list(folder))
    withExtendedLifetime(try FolderLock(folder)) {}
    // The lock of the folder itself is harmless, that of the file is out of reach.
    for name in Set(try FileSystem().list(folder)).subtracting(names) {
      #expect(try Stranger.status(locking: "\(folder)/\(name)") != 0, "\(name)")
    }
    let locked = open(folder, O_RDONLY | O_DIRECTORY)
    defer { close(locked) }
    #expect(flock(locked, LOCK_SH) == 0)
    withExtendedLifetime(try FolderLock(folder)) {}
  }
}
