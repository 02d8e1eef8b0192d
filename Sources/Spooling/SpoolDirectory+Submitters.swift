internal import DurableFiles

/// The submitters of jobs, as far as they are known.
extension SpoolDirectory {
  /// The user of the daemon, who owns the folders of jobs.
  package var serviceID: UInt32 { (try? fileSystem.status(layout.folder(.queued)))?.ownerID ?? UserAccess.ownUserID }

  /// Returns the number of the user who submitted a job; nil if unknown.
  package func submitterID(of id: JobIdentifier, in state: JobState) -> UInt32? {
    submitter(in: layout.folder(id, in: state))?.userID
  }

  /// Returns the number of the user who submitted an indexed job; nil if unknown.
  package func submitterID(of entry: JobIndex.Entry) -> UInt32? {
    switch entry.standing {
    case .arriving: submitter(in: layout.claim(entry.id))?.userID
    case .state(let state): submitterID(of: entry.id, in: state)
    case .published: submitter(in: layout.result(entry.id))?.userID
    case .rejected: entry.submitterID
    }
  }

  /// Returns the number of the user who submitted the job of a result; nil if unknown.
  ///
  /// Results of earlier versions do not name the submitter; the job's folder does, as long as it exists.
  package func submitterID(ofResult id: JobIdentifier) -> UInt32? {
    (try? Submitter.read("\(layout.result(id))/\(JobFolderLayout.submitterFile)", fileSystem))?.userID
      ?? submitterID(of: id, in: .finished)
  }

  /// Returns the submitter of the job in a folder, or of a job that is being accepted there; nil if unknown.
  package func submitter(in folder: String) -> Submitter? { (try? readSubmitter(in: folder)) ?? nil }
}
