internal import DurableFiles

/// The user who gave an order: the owner of the order's file.
package struct OrderGiver: Sendable, Hashable {
  package let userID: UInt32
  /// Nil if the user database does not know the user.
  package let userName: String?
  /// Whether the user may give orders for the jobs of others.
  package let isOperator: Bool

  package init(userID: UInt32, userName: String? = nil, isOperator: Bool = false) {
    self.userID = userID
    self.userName = userName
    self.isOperator = isOperator
  }

  private static let rootID: UInt32 = 0

  /// Creates a user from the user database.
  ///
  /// Root, the user of the service and the members of the group `operators` may give orders for every job.
  package init(userID: UInt32, serviceID: UInt32, operators: String?) {
    let user = UserDatabase.user(userID)
    let isMember = operators.flatMap(UserDatabase.groupID).map { user?.groupIDs.contains($0) ?? false } ?? false
    self.init(
      userID: userID, userName: user?.name, isOperator: userID == Self.rootID || userID == serviceID || isMember)
  }

  /// The name and number of the user, such as `alice (uid 1001)`.
  package var title: String { userName.map { "\($0) (uid \(userID))" } ?? "uid \(userID)" }

  /// Returns whether a job is the user's own.
  ///
  /// Jobs of root may count as jobs of the service.
  ///
  /// `serviceID`: The user of the daemon; nil if this process is the daemon.
  package func owns(_ submitterID: UInt32?, serviceID: UInt32? = nil) -> Bool {
    submitterID == userID || (userID == Self.rootID && submitterID == serviceID ?? UserAccess.ownUserID)
  }

  /// Returns whether the user may give orders for a job.
  func mayOrder(_ submitterID: UInt32?) -> Bool { isOperator || owns(submitterID) }
}
