import DurableFiles
import Foundation
import Glibc
import Testing

@Suite("Read permissions")
struct UserAccessTests {
  private static let stranger: UInt32 = 61_009

  /// Runs `body` with a file in a folder, both with the given permission bits.
  private func withFile(folder: UInt32, file: UInt32, _ body: (String, FileSystem.Status) throws -> Void) throws {
    let root = NSTemporaryDirectory() + "access-\(UUID().uuidString)"
    defer { try? FileSystem().removeTree(root) }
    try FileSystem().makeFolder(root)
    try FileSystem().write([1], to: "\(root)/file")
    let status = try FileSystem().status("\(root)/file")
    try FileSystem().setMode("\(root)/file", file)
    try FileSystem().setMode(root, folder)
    try body("\(root)/file", status)
  }

  /// Returns whether a user may read the file at a path.
  private func canRead(_ userID: UInt32, _ groupIDs: Set<UInt32>, _ path: String) -> Bool {
    let user = UserAccess(userID: userID, groupIDs: groupIDs)
    guard let descriptor = try? FileOpener.user(user, below: "/").open(path, .file) else { return false }
    close(descriptor)
    return true
  }

  @Test(
    "owner, group and others have their own bits, and every folder on the path needs search permission",
    arguments: [
      // Folder, file, and whether the group and others may read.
      (0o755, 0o644, true, true), (0o755, 0o640, true, false), (0o750, 0o644, true, false),
      (0o755, 0o604, false, true), (0o700, 0o666, false, false), (0o711, 0o644, true, true),
      (0o744, 0o644, false, false),
    ] as [(UInt32, UInt32, Bool, Bool)])
  func bits(folder: UInt32, file: UInt32, group: Bool, others: Bool) throws {
    try withFile(folder: folder, file: file) { path, status in
      #expect(canRead(Self.stranger, [status.groupID], path) == group)
      #expect(canRead(Self.stranger, [], path) == others)
      #expect(canRead(0, [], path))
    }
  }

  @Test("the owner's bits apply to the owner even if others have more rights")
  func owner() throws {
    try withFile(folder: 0o755, file: 0o044) { path, status in
      // A folder of another user, so that the test also works as root.
      guard status.ownerID != 0 else {
        chown(path, Self.stranger, Self.stranger)
        return #expect(!canRead(Self.stranger, [], path))
      }
      #expect(!canRead(status.ownerID, [], path))
    }
  }

  @Test("a missing file is unreadable")
  func missing() {
    #expect(!canRead(Self.stranger, [], "/no/such/file"))
  }

  @Test("groups come from the user database; a private group is the primary group with the user's name")
  func database() {
    // Every system has the user daemon (1), in the group of the same number and name.
    #expect(UserDatabase.user(1)?.name == "daemon")
    #expect(UserDatabase.user(1)?.groupIDs == [1])
    #expect(UserDatabase.user(Self.stranger) == nil)
    #expect(UserDatabase.isPrivate(groupID: 1, of: 1))
    #expect(!UserDatabase.isPrivate(groupID: 0, of: 1))
    #expect(!UserDatabase.isPrivate(groupID: Self.stranger, of: Self.stranger))
  }
}
