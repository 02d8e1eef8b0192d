/// Why a job failed, sorted by who must act.
package struct JobFailure: Error, Sendable, Equatable, Codable, CustomStringConvertible {
  package enum Cause: String, Sendable, Codable {
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
}
