internal import DurableFiles
internal import JobEvents
internal import Jobs
internal import Spooling

/// The files that a job may open: with `submitter_must_read`, those that its submitter may read.
struct ReadingRights: Sendable {
  let submitter: UserAccess
  let isEnforced: Bool

  /// Checks an absolute path without links.
  ///
  /// - Throws: ``JobFailure`` if the submitter may not read the file.
  func check(_ path: String) throws {
    guard isEnforced, submitter.userID != UserAccess.ownUserID, !submitter.canRead(path) else { return }
    throw JobFailure(
      .job,
      "cannot read '\(path)': permission denied for the submitter of the job (uid \(submitter.userID)); "
        + "make it readable for them (chmod, chgrp)")
  }
}

extension ReadingRights {
  /// Creates the rights that a supervisor has passed.
  init(_ submitter: WorkerAssignment.Submitter) {
    self.init(
      submitter: UserAccess(userID: submitter.userID, groupIDs: Set(submitter.groupIDs)),
      isEnforced: submitter.mustRead)
  }

  /// The rights as a value for the worker process.
  var assigned: WorkerAssignment.Submitter {
    WorkerAssignment.Submitter(
      userID: submitter.userID, groupIDs: submitter.groupIDs.sorted(), mustRead: isEnforced)
  }
}

extension DaemonConfiguration {
  func rights(of submitter: Submitter) -> ReadingRights {
    ReadingRights(submitter: submitter.access, isEnforced: submitterMustRead)
  }
}
