internal import DataFrames
internal import DeepLearning
internal import Documents
internal import DurableFiles
internal import Exports
package import JobEvents
internal import JobFiles
internal import Models
internal import Planning
internal import Training

extension JobFailure {
  /// Classifies any error of a run; an error about something that the job names gets its location
  /// in the job file.
  init(_ error: any Error, job: JobFile) {
    if let error = error as? UnstableTraining {
      self.init(.training, "\(error). \(InstabilityAdvice(job).text)")
    } else if let key = Self.key(of: error, job: job) {
      let fault = DocumentFault(at: job.location(of: key), "\(error)")
      self.init(.job, fault.description, faults: [fault])
    } else {
      self.init(error)
    }
  }

  /// Returns the key of the job file that names the subject of an error.
  ///
  /// Returns nil if the error already has a location, or needs none.
  static func key(of error: any Error, job: JobFile) -> ParameterKey? {
    switch error {
    case FrameError.unknownColumn(_, let role, _, _, _), FrameError.unfitColumn(_, let role, _, _): role.key
    case FrameError.contradicted(let path, let found):
      job.isGiven(found.key.key) ? found.key.key : tableKey(of: path, job: job)
    case FrameError.unusable(let path, _), FrameError.unreadable(let path, _), FrameError.empty(let path),
      FrameError.missing(let path, _):
      tableKey(of: path, job: job)
    case ScoringError.nothingToScore(let table, _, _): key(of: table, job: job)
    default: nil
    }
  }

  /// Returns the key that specifies the table with a role.
  private static func key(of table: TableRole, job: JobFile) -> ParameterKey {
    switch table {
    case .training: \.trainingFrame
    case .validation: job.validationFraction > 0 ? \.validationFraction : \.validationFrame
    }
  }

  /// Returns the key that names a table or one of its files.
  private static func tableKey(of path: String, job: JobFile) -> ParameterKey? {
    job.namedTables.first { $0.table.title == path || $0.table.names.contains(path) }?.key
  }

  /// Classifies any error of a run.
  package init(_ error: any Error) {
    switch error {
    case let failure as JobFailure: self = failure
    case let error as DocumentError: self.init(.job, error.description, faults: error.faults)
    // A later attempt may find enough memory or disk space, or the file no longer in use.
    case FrameError.outOfMemory, FrameError.inUse, FrameError.scratch: self.init(.environment, "\(error)")
    case let error as FrameError: self.init(.job, error.description)
    case let error as TrainingError: self.init(.job, error.description, faults: error.faults)
    case let error as ScoringError: self.init(.job, error.description)
    case let error as UnstableTraining: self.init(.training, error.description)
    case let error as RankFault: self.init(.training, error.description)
    case let error as ExportError: self.init(.job, error.description)
    case let error as NoModel: self.init(.job, error.description)
    case let error as SealedFileError: self.init(.job, error.description)
    case let error as FileSystemError: self.init(.environment, error.description)
    default: self.init(.program, "\(error)")
    }
  }
}
