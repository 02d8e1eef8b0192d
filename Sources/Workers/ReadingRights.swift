package import DurableFiles
package import JobEvents
package import Spooling

extension WorkerAssignment.Submitter {
  /// Creates the rights of a submitter, for the worker process.
  package init(_ submitter: Submitter, mustRead: Bool) {
    self.init(userID: submitter.userID, groupIDs: submitter.groupIDs, mustRead: mustRead)
  }

  /// How the files that a job names are opened: with `submitter_must_read`, those that its submitter may read.
  ///
  /// `below`: A folder to which the submitter is led, whatever the permissions of the folders above it.
  package func opener(below: String = "/") -> FileOpener { mustRead ? rights(below: below) : .processWithoutLinks }

  /// The permissions of the submitter; the service itself has those of its process.
  package func rights(below: String = "/") -> FileOpener {
    guard userID != UserAccess.ownUserID else { return .processWithoutLinks }
    return .user(UserAccess(userID: userID, groupIDs: Set(groupIDs)), below: below)
  }
}
