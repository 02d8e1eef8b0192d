internal import JobEvents
internal import Spooling
internal import Supervision
internal import Workers

extension WorkerAssignment {
  /// Creates the assignment of a job that the queue has started.
  init(
    _ started: JobQueue.StartedJob, _ configuration: DaemonConfiguration, _ limit: MemoryLimit,
    _ patience: JobSupervisor.Patience
  ) {
    self.init(
      job: "\(started.id)",
      place: .spool(
        .init(
          root: configuration.spool, dataDirectories: configuration.dataDirectories,
          exportDirectories: configuration.exportDirectories, resultsGroup: configuration.resultsGroup.rawValue,
          submitter: .init(started.submitter, mustRead: configuration.submitterMustRead))),
      threads: configuration.threadsPerJob, maximumTableBytes: configuration.maximumTableBytes,
      memoryLimitBytes: limit.bytes, progressSeconds: patience.progressSeconds)
  }
}
