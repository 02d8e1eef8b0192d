internal import Glibc

/// The descriptors by which a supervisor and its worker talk.
package enum WorkerChannel: Sendable {
  /// Descriptors that only the worker inherits.
  case ownDescriptors
  /// Standard input and output, which launchers of MPI pass between a supervisor and rank 0, even between hosts.
  case standardStreams

  var orders: Int32 { self == .ownDescriptors ? WorkerProcess.ordersDescriptor : STDIN_FILENO }
  var reports: Int32 { self == .ownDescriptors ? WorkerProcess.reportsDescriptor : STDOUT_FILENO }

  /// Reserves standard output for reports: what libraries print goes to standard error from now on.
  ///
  /// Returns the descriptor for reports.
  package static func reserveStandardOutput() -> Int32 {
    let reports = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, WorkerProcess.ordersDescriptor)
    dup2(STDERR_FILENO, STDOUT_FILENO)
    return reports
  }
}
