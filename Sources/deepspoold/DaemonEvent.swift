internal import DurableFiles
internal import Spooling

/// An event that the daemon's loop handles; all of them arrive in one stream.
enum DaemonEvent: Sendable {
  case spool([SpoolWatcher.Event])
  /// `lostRank`: Whether one of several processes of the job was lost.
  case jobEnded(JobIdentifier, JobQueue.Ending, lostRank: Bool)
  /// The queue has processed an inspection; with the error if a step failed.
  case looked(FileSystemError?)
  /// A job cannot finish early, because it has no model yet that could be its result.
  case cannotFinish(JobIdentifier)
  /// A deadline was reached: of an unsettled file, of a job that waits for a time, or of the status line.
  case tick
  /// The next part of many dropped files is due; other events came first.
  case more
  /// The periodic check has found names that no event may have reported.
  case strays
  case reload
  case shutdown
}
