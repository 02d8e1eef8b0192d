import DurableFiles
import Foundation
import Glibc
import TestSupport
import Testing

@Suite("Locks of files")
struct FileLockTests {
  @Test("one process holds a lock until it gives it back, also if its folder moves")
  func exclusive() throws {
    let folder = TemporaryFolder()
    try FileSystem().makeFolder("\(folder.path)/job")
    let (path, moved) = ("\(folder.path)/job/.lock", "\(folder.path)/moved")
    // Each opening of a file has its own lock, so this process is like two.
    let first = try #require(try FileLock(ifFree: path))
    try withExtendedLifetime(first) {
      #expect(try FileLock(ifFree: path) == nil)
      try FileSystem().rename("\(folder.path)/job", to: moved)
      #expect(try FileLock(ifFree: "\(moved)/.lock") == nil)
      #expect(throws: FileSystemError.self) { try FileLock(ifFree: path) }
    }
  }

  @Test("a lock that was given back is free")
  func released() throws {
    let folder = TemporaryFolder()
    let path = "\(folder.path)/.lock"
    withExtendedLifetime(try FileLock(waitingFor: path)) {}
    #expect(try FileLock(ifFree: path) != nil)
    #expect(try FileSystem().status(path).mode & 0o777 == 0o600)
  }

  @Test("the process that holds a lock can be found without opening the file")
  func holder() throws {
    let folder = TemporaryFolder()
    let path = "\(folder.path)/.lock"
    #expect(FileLock.holder(of: path) == nil && !FileLock.isHeld(path))
    let lock = try FileLock(waitingFor: path)
    withExtendedLifetime(lock) { #expect(FileLock.holder(of: path) == getpid() && FileLock.isHeld(path)) }
  }

  @Test("a user who may read the folder cannot keep its job from starting")
  func strangers() throws {
    guard geteuid() == 0 else { return print("skipped: needs root to act as another user") }
    let folder = NSTemporaryDirectory() + "job-\(UUID().uuidString)"
    try FileSystem().makeFolder(folder)
    defer { try? FileSystem().removeTree(folder) }
    try FileSystem().setMode(folder, 0o755)
    let names = Set(try FileSystem().list(folder))
    let path = "\(folder)/\(JobFolderLayout.lockFile)"
    withExtendedLifetime(try FileLock(waitingFor: path)) {}
    // The lock of the folder itself is harmless, that of the file is out of reach.
    for name in Set(try FileSystem().list(folder)).subtracting(names) {
      #expect(try Stranger.status(locking: "\(folder)/\(name)") != 0, "\(name)")
    }
    let locked = open(folder, O_RDONLY | O_DIRECTORY)
    defer { close(locked) }
    #expect(flock(locked, LOCK_SH) == 0)
    withExtendedLifetime(try FileLock(waitingFor: path)) {}
  }
}
