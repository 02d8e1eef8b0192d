internal import DurableFiles
package import Spooling

/// A summary of a job, read from its folder, for pages and notices.
package struct JobRecord: Sendable, Equatable {
  /// The headline metric of the last score.
  package struct Score: Sendable, Equatable {
    /// H2O's name of the metric, such as `AUC`.
    package let name: String
    package let value: Double
    package let isValidation: Bool

    package init(name: String, value: Double, isValidation: Bool) {
      self.name = name
      self.value = value
      self.isValidation = isValidation
    }

    /// A text such as `validation AUC`.
    package var title: String { (isValidation ? "validation " : "training ") + name }
  }

  package let id: JobIdentifier
  package let state: JobState
  /// Nil if unknown.
  package var submitter: Submitter?
  /// The time of acceptance, in seconds since 1970; nil if unknown.
  package var submittedSeconds: Double?
  /// The time of the first event, in seconds since 1970; nil if the job never started.
  package var startedSeconds: Double?
  /// The time of the last event or of the reason, in seconds since 1970; nil if the job has not ended.
  package var endedSeconds: Double?
  /// Nil if the job has not been scored.
  package var score: Score?
  /// What a job without metrics has done, such as `380 rows predicted`; nil for others.
  package var ending: String?
  /// The reason for which the job failed or was cancelled.
  package var reason: String?
  /// The folder of the result, once it is complete.
  package var result: String?

  package init(id: JobIdentifier, state: JobState) {
    self.id = id
    self.state = state
  }

  /// Reads the folder of a job; what is missing or damaged stays unknown.
  package static func read(_ id: JobIdentifier, in state: JobState, _ directory: SpoolDirectory) -> JobRecord {
    let (layout, fileSystem) = (directory.layout, directory.fileSystem)
    let folder = layout.folder(id, in: state)
    var record = JobRecord(id: id, state: state)
    record.submitter = directory.submitter(in: folder)
    record.submittedSeconds = directory.submittedSeconds(id, in: state)
    let events = EventExcerpt.read(eventsFile: "\(folder)/\(JobFolderLayout.eventsFile)")
    record.startedSeconds = events.firstSeconds
    record.score = events.score
    record.ending = events.ending
    if fileSystem.exists(layout.result(id)) { record.result = layout.result(id) }
    guard state.isEnd else { return record }
    let reasonFile = "\(folder)/\(JobFolderLayout.reasonFile)"
    record.reason = directory.reason(inFile: reasonFile)
    let explainedSeconds = (try? fileSystem.status(reasonFile))?.modifiedSeconds
    record.endedSeconds = [events.lastSeconds, explainedSeconds].compactMap { $0 }.max()
    return record
  }

  /// The seconds from the start to the end; nil if the job has not run or not ended.
  package var seconds: Double? {
    guard let startedSeconds, let endedSeconds else { return nil }
    return max(0, endedSeconds - startedSeconds)
  }
}
