internal import Glibc

/// Lookups in the user database of the system (NSS): local files, LDAP and other services.
package enum UserDatabase {
  /// A user of the database.
  package struct User: Sendable, Equatable {
    package let name: String
    /// All groups of the user; the primary group comes first.
    package let groupIDs: [UInt32]
  }

  private static let maximumGroups = 65_536
  private static let entryBytes = 1 << 16

  /// Returns the user with this number; nil if the database has none.
  package static func user(_ userID: UInt32) -> User? {
    var (entry, found) = (passwd(), UnsafeMutablePointer<passwd>?.none)
    var text = [CChar](repeating: 0, count: entryBytes)
    guard getpwuid_r(userID, &entry, &text, text.count, &found) == 0, found != nil, let name = entry.pw_name else {
      return nil
    }
    let primary = entry.pw_gid
    let others = groups(name, primary).filter { $0 != primary }
    return User(name: String(cString: name), groupIDs: [primary] + others)
  }

  /// Returns the number of a user; nil if the database has no user of this name.
  package static func userID(named name: String) -> UInt32? {
    var (entry, found) = (passwd(), UnsafeMutablePointer<passwd>?.none)
    var text = [CChar](repeating: 0, count: entryBytes)
    guard getpwnam_r(name, &entry, &text, text.count, &found) == 0, found != nil else { return nil }
    return entry.pw_uid
  }

  private static func groups(_ name: UnsafePointer<CChar>, _ primary: gid_t) -> [UInt32] {
    var count: Int32 = 64
    var groups = [gid_t](repeating: 0, count: Int(count))
    while getgrouplist(name, primary, &groups, &count) < 0 {
      guard Int(count) > groups.count, Int(count) <= maximumGroups else { return [] }
      groups = [gid_t](repeating: 0, count: Int(count))
    }
    return Array(groups.prefix(Int(count)))
  }

  /// The name of the group of this process, or its number.
  package static var ownGroup: String { groupName(getegid()) }

  /// Returns the name of a group, or its number if the database does not know it.
  package static func groupName(_ groupID: UInt32) -> String {
    var (entry, found) = (group(), UnsafeMutablePointer<group>?.none)
    var text = [CChar](repeating: 0, count: entryBytes)
    guard getgrgid_r(groupID, &entry, &text, text.count, &found) == 0, found != nil, let name = entry.gr_name else {
      return String(groupID)
    }
    return String(cString: name)
  }

  /// Returns the number of a group; nil if the database has no group of this name.
  package static func groupID(named name: String) -> UInt32? {
    var (entry, found) = (group(), UnsafeMutablePointer<group>?.none)
    var text = [CChar](repeating: 0, count: entryBytes)
    guard getgrnam_r(name, &entry, &text, text.count, &found) == 0, found != nil else { return nil }
    return entry.gr_gid
  }

  /// Returns whether a group belongs to one user alone: it is the user's primary group, has the
  /// user's name and no other members.
  package static func isPrivate(groupID: UInt32, of userID: UInt32) -> Bool {
    guard let user = user(userID), user.groupIDs.first == groupID else { return false }
    var (entry, found) = (group(), UnsafeMutablePointer<group>?.none)
    var text = [CChar](repeating: 0, count: entryBytes)
    guard getgrgid_r(groupID, &entry, &text, text.count, &found) == 0, found != nil, let name = entry.gr_name else {
      return false
    }
    guard String(cString: name) == user.name else { return false }
    var member = entry.gr_mem
    while let text = member?.pointee {
      guard String(cString: text) == user.name else { return false }
      member = member?.advanced(by: 1)
    }
    return true
  }
}
