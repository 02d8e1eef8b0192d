internal import Glibc

/// A user's permissions, based on the permission bits and access control lists of files and folders.
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

  /// Returns whether the user has permissions for a file or folder with this status and access control list, if any.
  func has(_ wanted: AccessControlList.Permissions, _ status: stat, _ list: AccessControlList?) -> Bool {
    guard userID != 0 else { return true }
    if let list { return list.allows(wanted, self, ownerID: status.st_uid, groupID: status.st_gid) }
    // The owner's bits apply to the owner even if they grant less than those of others.
    let shift: UInt32 = status.st_uid == userID ? 6 : groupIDs.contains(status.st_gid) ? 3 : 0
    return AccessControlList.Permissions(rawValue: UInt16(status.st_mode >> shift & 7)).isSuperset(of: wanted)
  }
}
