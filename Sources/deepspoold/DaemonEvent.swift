internal import DurableFiles
internal import Spooling

/// Everything that the daemon's loop reacts to, in one stream.
enum DaemonEvent: Sendable {
  case spool([SpoolWatcher.Event])
  case jobEnded(JobIdentifier, JobQueue.Ending)
  /// The queue has looked at a job's files and dealt with it; with what could not be done.
  case looked(FileSystemError?)
  /// A job that was to finish early has no model yet that could be its result.
  case cannotFinish(JobIdentifier)
  /// A deadline has come: of a file that had not settled, of a job that waits for its time, of the status line.
  case tick
  /// Something lies in a folder of which no event may have told.
  case strays
  case reload
  case shutdown
}
