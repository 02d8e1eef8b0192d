internal import Glibc

/// What a user may read, as the permission bits of files and folders say.
///
/// Access control lists are not looked at: what a list grants beyond the bits counts as forbidden.
package struct UserAccess: Sendable, Equatable {
  package let userID: UInt32
  package let groupIDs: Set<UInt32>

  /// Of this process.
  package static var ownUserID: UInt32 { geteuid() }

  private static let maximumGroups = 65_536

  /// A user with the groups that the system knows of, and the one of a file of theirs: only members can give it to one.
  package init(userID: UInt32, groupID: UInt32) {
    self.userID = userID
    groupIDs = Self.groups(of: userID).union([groupID])
  }

  /// Who owns a file; nobody in particular where there is none.
  package init(ownerOf status: FileSystem.Status?) {
    self.init(userID: status?.ownerID ?? .max, groupID: status?.groupID ?? .max)
  }

  /// `groupIDs`: All groups that the user is in.
  package init(userID: UInt32, groupIDs: Set<UInt32>) {
    self.userID = userID
    self.groupIDs = groupIDs
  }

  /// Whether the user may read what stands at an absolute path without links: search permission for each folder on the
  /// way, and read permission for the last.
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
    // The owner's bits count for the owner even if they grant less than the others'.
    let shift: UInt32 = status.st_uid == userID ? 6 : groupIDs.contains(status.st_gid) ? 3 : 0
    return status.st_mode & (bit << shift) != 0
  }

  private static func groups(of userID: UInt32) -> Set<UInt32> {
    var (entry, found) = (passwd(), UnsafeMutablePointer<passwd>?.none)
    var text = [CChar](repeating: 0, count: 1 << 16)
    guard getpwuid_r(userID, &entry, &text, text.count, &found) == 0, found != nil else { return [] }
    var count: Int32 = 64
    var groups = [gid_t](repeating: 0, count: Int(count))
    while getgrouplist(entry.pw_name, entry.pw_gid, &groups, &count) < 0 {
      guard Int(count) > groups.count, Int(count) <= maximumGroups else { return [entry.pw_gid] }
      groups = [gid_t](repeating: 0, count: Int(count))
    }
    return Set(groups.prefix(Int(count)))
  }
}
