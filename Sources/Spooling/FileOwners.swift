internal import DurableFiles

/// The owners of files as submitters; each user and group is looked up once.
///
/// Lookups may ask a server, so files that are inspected together share them. Not Sendable: one thread looks up.
package final class FileOwners {
  private struct Membership: Hashable {
    let groupID: UInt32
    let userID: UInt32
  }

  private let root: Submitter.RootIdentity
  private var submitters: [UInt32: Submitter] = [:]
  private var areGroupsPrivate: [Membership: Bool] = [:]

  /// `root`: The user as whom files of root run.
  package init(root: Submitter.RootIdentity = .service) { self.root = root }

  /// Returns the owner of a file.
  func submitter(_ ownerID: UInt32) -> Submitter {
    if let known = submitters[ownerID] { return known }
    let found = Submitter(ownerID: ownerID, root: root)
    submitters[ownerID] = found
    return found
  }

  /// Returns whether a group belongs to one user alone.
  func isPrivate(groupID: UInt32, of userID: UInt32) -> Bool {
    let membership = Membership(groupID: groupID, userID: userID)
    if let known = areGroupsPrivate[membership] { return known }
    let found = UserDatabase.isPrivate(groupID: groupID, of: userID)
    areGroupsPrivate[membership] = found
    return found
  }
}
