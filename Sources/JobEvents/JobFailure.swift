/// The failure of a job, classified by who must act.
package struct JobFailure: Error, Sendable, Equatable, Codable, CustomStringConvertible {
  package enum Cause: String, Sendable, Codable {
    /// The job or its data is invalid; running it again changes nothing.
    case job
    /// Training failed; other settings might help.
    case training
    /// The data has changed since the job was accepted.
    case inputs
    /// The machine has a problem: no space, no permission, a broken disk.
    case environment
    /// The program has a defect.
    case program
  }

  package let cause: Cause
  package let description: String

  package init(_ cause: Cause, _ description: String) {
    self.cause = cause
    self.description = description
  }
}
