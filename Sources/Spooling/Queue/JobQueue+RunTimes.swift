internal import DurableFiles

/// The running times of jobs and the accounts of their submitters, kept in the spool.
extension JobQueue {
  /// Records the start of a job; returns the running time in seconds before it.
  func noteStart(_ id: JobIdentifier) -> Double {
    let earlier = directory.runTime(of: id, in: .running).earlierSeconds
    runStarts[id] = (earlier, secondsNow())
    directory.note(RunTime(earlierSeconds: earlier, startedSeconds: wallSeconds()), of: id, in: .running)
    noteAccounts()
    return earlier
  }

  /// Records the running time of a job that is about to leave `running`.
  func noteEnd(_ id: JobIdentifier) {
    guard let (earlier, start) = runStarts.removeValue(forKey: id) else { return }
    directory.note(RunTime(earlierSeconds: earlier + max(0, secondsNow() - start)), of: id, in: .running)
  }

  /// Records the accounts, unless there is only one submitter.
  func noteAccounts() {
    let accounts = state.accounts
    guard accounts != notedAccounts, !accounts.areTrivial || notedAccounts.map({ !$0.areTrivial }) ?? false else {
      return
    }
    notedAccounts = accounts
    try? accounts.write(layout, fileSystem)
  }

  /// Continues the accounts of the last daemon, and records the running time of the jobs that ended with it.
  ///
  /// A daemon that was killed wrote neither. The time of its jobs counts up to their last sign of life.
  func recoverRunTimes(_ running: [JobIdentifier]) throws(FileSystemError) {
    let found = RunningTimeAccounts.read(layout, fileSystem)
    let writtenSeconds = (try? fileSystem.status(layout.accounts))?.modifiedSeconds ?? 0
    var accounts = found ?? RunningTimeAccounts()
    for id in running {
      let time = directory.runTime(of: id, in: .running)
      guard let start = time.startedSeconds, let end = directory.lastActivity(of: id), end > start else { continue }
      directory.note(RunTime(earlierSeconds: time.earlierSeconds + end - start), of: id, in: .running)
      guard let userID = try? directory.submitter(of: id, in: .running).userID else { continue }
      accounts.charge(userID, max(0, end - max(start, writtenSeconds)))
    }
    notedAccounts = found
    if found != nil { try handle(.accountsFound(accounts)) }
  }
}
