internal import Artifacts
internal import DataFrames
internal import DurableFiles
internal import Exports
internal import JobFiles
internal import Scoring
internal import Training

/// Why a job failed, sorted by who must act.
package struct JobFailure: Error, Sendable, CustomStringConvertible {
  package enum Cause: String, Sendable {
    /// The job or its data are at fault; running it again changes nothing.
    case job
    /// The job ran, and training went wrong: another setting might help.
    case training
    /// The data are not those that the job was accepted with.
    case inputs
    /// The machine is at fault: no space, no permission, a broken disk.
    case environment
    /// The program is at fault.
    case program
  }

  package let cause: Cause
  package let description: String

  package init(_ cause: Cause, _ description: String) {
    self.cause = cause
    self.description = description
  }

  /// Sorts any error of a run; what the job names wrongly gets the place in the job file.
  init(_ error: any Error, job: JobFile) {
    if case FrameError.unknownColumn(_, let key, _, _) = error {
      self.init(.job, JobFileFault(at: job.location(of: key), "\(error)").description)
    } else if case FrameError.unusable(_, let problem) = error, problem.hasPrefix("response") {
      self.init(.job, JobFileFault(at: job.location(of: "response_column"), "\(error)").description)
    } else {
      self.init(error)
    }
  }

  /// Sorts any error of a run.
  package init(_ error: any Error) {
    switch error {
    case let failure as JobFailure: self = failure
    case let error as JobFileError: self.init(.job, error.description)
    // Another time there may be memory.
    case FrameError.outOfMemory: self.init(.environment, "\(error)")
    case let error as FrameError: self.init(.job, error.description)
    case let error as TrainingError: self.init(error.isOfTheJob ? .job : .training, error.description)
    case let error as ScoringError: self.init(error.isOfTheJob ? .job : .training, error.description)
    case let error as ExportError: self.init(.job, error.description)
    case let error as SealedFileError: self.init(.job, error.description)
    case let error as FileSystemError: self.init(.environment, error.description)
    default: self.init(.program, "\(error)")
    }
  }
}
