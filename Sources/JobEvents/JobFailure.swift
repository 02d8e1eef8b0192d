package import Documents

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
  /// The faults in the description that have a place in the job file; they stay in the process that found them.
  package let faults: [DocumentFault]

  package init(_ cause: Cause, _ description: String, faults: [DocumentFault] = []) {
    self.cause = cause
    self.description = description
    self.faults = faults
  }

  private enum CodingKeys: CodingKey { case cause, description }

  package init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      try fields.decode(Cause.self, forKey: .cause), try fields.decode(String.self, forKey: .description))
  }
}
