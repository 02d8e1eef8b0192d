internal import CFiles
internal import Glibc

extension FileSystem {
  /// Makes a folder and everything in it, now and later, readable for one user and nobody else.
  ///
  /// Links and files of other users are skipped.
  ///
  /// - `userID`: The user; the user of this process for nobody but this process.
  /// - Throws: ``FileSystemError``; ``FileSystemError/isUnsupported`` on a file system without access control lists.
  package func makePrivate(tree path: String, for userID: UInt32) throws(FileSystemError) {
    let reader = userID == UserAccess.ownUserID ? nil : userID
    let folder = AccessControlList(owner: [.read, .write, .execute], userID: reader, user: [.read, .execute])
    let file = AccessControlList(owner: [.read, .write], userID: reader, user: .read)
    try set(folder, file, path)
  }

  private func set(_ folder: AccessControlList, _ file: AccessControlList, _ path: String) throws(FileSystemError) {
    let status = try status(path)
    guard status.ownerID == UserAccess.ownUserID else { return }
    switch status.kind {
    case .folder:
      try set(folder, .access, path)
      try set(folder, .inherited, path)
      for name in try list(path) { try set(folder, file, "\(path)/\(name)") }
    case .file: try set(file, .access, path)
    case .link, .other: break
    }
  }

  /// Returns whether the members of a folder's group may list it and reach its entries; false if that is unknown.
  package func isOpenToGroup(_ folder: String) -> Bool {
    guard let status = try? status(folder), status.kind == .folder else { return false }
    let wanted: AccessControlList.Permissions = [.read, .execute]
    guard let list = AccessControlList.of(folder) else {
      return AccessControlList.Permissions(rawValue: UInt16(status.mode >> 3 & 7)).isSuperset(of: wanted)
    }
    let member = UserAccess(userID: AccessControlList.noID, groupIDs: [status.groupID])
    return list.allows(wanted, member, ownerID: status.ownerID, groupID: status.groupID)
  }

  private func set(
    _ list: AccessControlList, _ attribute: AccessControlList.Attribute, _ path: String
  ) throws(FileSystemError) {
    let bytes = list.bytes
    guard may(.acl, path), lsetxattr(path, attribute.rawValue, bytes, bytes.count, 0) == 0 else {
      throw failure("set permissions of", path)
    }
  }
}
