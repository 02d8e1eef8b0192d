internal import DurableFiles

/// The answer to users who are not members of the group that uses a spool.
enum SpoolPermission {
  /// Returns the failure of an action that a user may not take in a folder of a spool.
  ///
  /// - `action`: What the user may not do, such as `add files to`.
  static func failure(_ action: String, _ folder: String) -> CommandFailure {
    let status = try? FileSystem().status(folder)
    let group = status.map { UserDatabase.groupName($0.groupID) } ?? "of the service"
    return CommandFailure(
      .cannotWrite,
      "you may not \(action) '\(folder)'; ask an administrator to add you to the group \(group), then log in again")
  }
}
