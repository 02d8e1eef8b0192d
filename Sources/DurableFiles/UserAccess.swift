internal import Glibc

/// A user's read permissions, based on the permission bits of files and folders.
///
/// Access control lists are ignored: what they grant in addition counts as forbidden.
package struct UserAccess: Sendable, Equatable {
  package let userID: UInt32
  package let groupIDs: Set<UInt32>

  /// The user of this process.
  package static var ownUserID: UInt32 { geteuid() }

  /// `groupIDs`: All groups of the user.
  package init(userID: UInt32, groupIDs: Set<UInt32>) {
    self.userID = userID
    self.groupIDs = groupIDs
  }

  /// Returns whether the user may read the file at an absolute path without links.
  ///
  /// This takes search permission for each folder on the path and read permission for the file.
  package func canRead(_ path: String) -> Bool {
    guard userID != 0 else { return true }
    var folder = path
    while folder != "/", folder != "." {
      folder = Paths.folder(of: folder)
      guard may(Self.execute, folder) else { return false }
    }
    return may(Self.read, path)
  }

  private static let (read, execute): (UInt32, UInt32) = (4, 1)

  private func may(_ bit: UInt32, _ path: String) -> Bool {
    var status = stat()
    guard lstat(path, &status) == 0 else { return false }
    // The owner's bits apply to the owner even if they grant less than those of others.
    let shift: UInt32 = status.st_uid == userID ? 6 : groupIDs.contains(status.st_gid) ? 3 : 0
    return status.st_mode & (bit << shift) != 0
  }
}
