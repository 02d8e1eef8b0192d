internal import Documents
package import DurableFiles

/// The user who submitted a job: the owner of the dropped file, with the groups of the user database.
///
/// The group of the file is no evidence: a setgid folder lends its group to everyone.
package struct Submitter: Sendable, Hashable, Codable {
  /// The user as whom jobs in files of root run.
  package enum RootIdentity: String, Sendable, Codable, CaseIterable {
    /// The user of the service, which may read what the service may read.
    case service
    case root
  }

  package let userID: UInt32
  /// Nil if the user database does not know the user.
  package let userName: String?
  /// The groups of the user database; the primary group comes first.
  package let groupIDs: [UInt32]

  package init(userID: UInt32, userName: String? = nil, groupIDs: [UInt32] = []) {
    self.userID = userID
    self.userName = userName
    self.groupIDs = groupIDs
  }

  /// Creates the owner of a file, whose name and groups come from the user database.
  package init(ownerID: UInt32, root: RootIdentity) {
    let userID = ownerID == 0 && root == .service ? UserAccess.ownUserID : ownerID
    let user = UserDatabase.user(userID)
    self.init(userID: userID, userName: user?.name, groupIDs: user?.groupIDs ?? [])
  }

  /// A user without rights.
  package static let nobody = Submitter(userID: .max)

  /// The user's name, or the number of a user without name.
  package var title: String { userName ?? "uid \(userID)" }

  /// The user's rights to read files.
  package var access: UserAccess { UserAccess(userID: userID, groupIDs: Set(groupIDs)) }
}

extension Submitter {
  private static let (userIDKey, userNameKey, groupIDsKey) = ("uid", "user", "groups")
  /// Ample for a user who is in thousands of groups.
  private static let maximumBytes = DocumentReader.maximumBytes

  /// The content of ``JobFolderLayout/submitterFile``.
  var text: String {
    let object = JSONValue.object([
      (Self.userIDKey, .int(Int(userID))), (Self.userNameKey, userName.map { .string($0) } ?? .null),
      (Self.groupIDsKey, .array(groupIDs.map { .int(Int($0)) })),
    ])
    return object.line + "\n"
  }

  /// Reads ``JobFolderLayout/submitterFile``.
  ///
  /// - Throws: ``FileSystemError`` if the file is missing, unreadable or damaged.
  static func read(_ path: String, _ fileSystem: FileSystem) throws(FileSystemError) -> Submitter {
    let bytes = try fileSystem.read(path, limit: maximumBytes)
    var (userID, userName, groupIDs) = (UInt32?.none, String?.none, [UInt32]())
    if let root = try? DocumentReader.read(bytes, file: path, noun: "submitter"),
      case .mapping(let entries) = root.content
    {
      for (key, node) in entries {
        switch (key.name, node.content) {
        case (userIDKey, .scalar(let text, _)): userID = UInt32(text)
        case (userNameKey, .scalar(let text, isPlain: false)): userName = text
        case (groupIDsKey, .sequence(let groups)):
          groupIDs = groups.compactMap { if case .scalar(let text, _) = $0.content { UInt32(text) } else { nil } }
        default: break
        }
      }
    }
    guard let userID else { throw .damaged(path) }
    return Submitter(userID: userID, userName: userName, groupIDs: groupIDs)
  }
}
