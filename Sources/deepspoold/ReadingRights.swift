internal import DurableFiles
internal import JobEvents
internal import Jobs
internal import Spooling

/// Which files a job may have opened: those that its submitter may read too, where the administrator wants that.
struct ReadingRights: Sendable {
  let submitter: UserAccess
  let isEnforced: Bool

  /// `path`: Absolute and without links.
  ///
  /// - Throws: ``JobFailure`` where the submitter may not read what stands there.
  func check(_ path: String) throws {
    guard isEnforced, submitter.userID != UserAccess.ownUserID, !submitter.canRead(path) else { return }
    throw JobFailure(
      .job,
      "the user who submitted the job (number \(submitter.userID)) may not read '\(path)'; make it readable for them "
        + "(chmod, chgrp)")
  }
}

extension ReadingRights {
  /// The rights that a supervisor has passed on.
  init(_ submitter: WorkerAssignment.Submitter) {
    self.init(
      submitter: UserAccess(userID: submitter.userID, groupIDs: Set(submitter.groupIDs)),
      isEnforced: submitter.mustRead)
  }

  /// The rights as a value for another process.
  var assigned: WorkerAssignment.Submitter {
    WorkerAssignment.Submitter(
      userID: submitter.userID, groupIDs: submitter.groupIDs.sorted(), mustRead: isEnforced)
  }
}

extension DaemonConfiguration {
  func rights(of submitter: UserAccess) -> ReadingRights {
    ReadingRights(submitter: submitter, isEnforced: submitterMustRead)
  }
}
