internal import CFiles
internal import Glibc

/// A POSIX access control list (acl(5)) of a file or folder, in the form of Linux's extended attributes.
package struct AccessControlList: Sendable, Equatable {
  /// Permissions for one kind of user, with the values of permission bits.
  package struct Permissions: OptionSet, Sendable, Hashable {
    package let rawValue: UInt16
    package init(rawValue: UInt16) { self.rawValue = rawValue }

    package static let read = Permissions(rawValue: 4)
    package static let write = Permissions(rawValue: 2)
    /// For a folder, the permission to reach the entries in it.
    package static let execute = Permissions(rawValue: 1)
  }

  /// The users that an entry is about; the values are those of the attribute.
  enum Tag: UInt16, Sendable {
    case owner = 0x01
    case user = 0x02
    case owningGroup = 0x04
    case group = 0x08
    /// The limit for all entries but those of owner and others.
    case mask = 0x10
    case others = 0x20
  }

  struct Entry: Sendable, Equatable {
    let tag: Tag
    let permissions: Permissions
    /// The user or group; ``noID`` for tags without one.
    var id = noID
  }

  static let noID = UInt32.max
  private static let version: UInt32 = 2
  private static let (headerBytes, entryBytes) = (4, 8)

  let entries: [Entry]

  /// Creates a list that gives permissions to the owner and to one further user.
  ///
  /// - `userID`: The further user; nil for none.
  /// - `group`: The permissions of the owning group.
  init(owner: Permissions, userID: UInt32?, user: Permissions, group: Permissions = []) {
    var entries = [Entry(tag: .owner, permissions: owner)]
    if let userID { entries.append(Entry(tag: .user, permissions: user, id: userID)) }
    entries.append(Entry(tag: .owningGroup, permissions: group))
    entries.append(Entry(tag: .mask, permissions: userID == nil ? group : user.union(group)))
    entries.append(Entry(tag: .others, permissions: []))
    self.entries = entries
  }

  // MARK: The attribute

  /// Parses the value of an attribute; nil if it is invalid.
  init?(_ bytes: [UInt8]) {
    func number(_ offset: Int, _ count: Int) -> UInt32 {
      (0..<count).reduce(0) { $0 | UInt32(bytes[offset + $1]) << UInt32(8 * $1) }
    }
    guard bytes.count >= Self.headerBytes, number(0, 4) == Self.version,
      (bytes.count - Self.headerBytes).isMultiple(of: Self.entryBytes)
    else { return nil }
    var entries: [Entry] = []
    for offset in stride(from: Self.headerBytes, to: bytes.count, by: Self.entryBytes) {
      guard let tag = Tag(rawValue: UInt16(number(offset, 2))) else { return nil }
      let permissions = Permissions(rawValue: UInt16(number(offset + 2, 2)))
      entries.append(Entry(tag: tag, permissions: permissions, id: number(offset + 4, 4)))
    }
    self.entries = entries
  }

  /// The value of the attribute.
  var bytes: [UInt8] {
    func bytes(_ number: UInt32, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: number >> UInt32(8 * $0)) }
    }
    return bytes(Self.version, 4)
      + entries.flatMap {
        bytes(UInt32($0.tag.rawValue), 2) + bytes(UInt32($0.permissions.rawValue), 2) + bytes($0.id, 4)
      }
  }

  // MARK: Permissions

  /// Returns whether a user has permissions for a file with this list, by the rules of acl(5).
  ///
  /// `ownerID` and `groupID` are those of the file.
  func allows(_ wanted: Permissions, _ user: UserAccess, ownerID: UInt32, groupID: UInt32) -> Bool {
    let mask = entries.first { $0.tag == .mask }?.permissions ?? [.read, .write, .execute]
    func permissions(_ tag: Tag) -> Permissions { entries.first { $0.tag == tag }?.permissions ?? [] }
    if user.userID == ownerID { return permissions(.owner).isSuperset(of: wanted) }
    if let entry = entries.first(where: { $0.tag == .user && $0.id == user.userID }) {
      return entry.permissions.intersection(mask).isSuperset(of: wanted)
    }
    let groups = entries.filter { entry in
      switch entry.tag {
      case .owningGroup: user.groupIDs.contains(groupID)
      case .group: user.groupIDs.contains(entry.id)
      case .owner, .user, .mask, .others: false
      }
    }
    guard groups.isEmpty else {
      return groups.contains { $0.permissions.intersection(mask).isSuperset(of: wanted) }
    }
    return permissions(.others).isSuperset(of: wanted)
  }
}

extension AccessControlList {
  /// The list that applies to a file or folder, and the one that new entries of a folder get.
  enum Attribute: String {
    case access = "system.posix_acl_access"
    case inherited = "system.posix_acl_default"
  }

  /// Ample for every list that a file system stores.
  private static let maximumBytes = 1 << 16

  /// Reads the access list of a path, following a link at its end; nil if there is none and the permission bits are all.
  static func of(_ path: String) -> AccessControlList? {
    let bytes = [UInt8](unsafeUninitializedCapacity: maximumBytes) { buffer, count in
      count = max(0, getxattr(path, Attribute.access.rawValue, buffer.baseAddress, buffer.count))
    }
    return AccessControlList(bytes)
  }
}
