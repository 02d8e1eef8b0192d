internal import Spooling

/// Everything that the daemon's loop reacts to, in one stream.
enum DaemonEvent: Sendable {
  case spool([SpoolWatcher.Event])
  case jobEnded(JobIdentifier, JobQueue.Ending)
  /// Time to look at files that had not settled, at the watchdog and at the status line.
  case tick
  case reload
  case shutdown
}
