/// A look at the files of a job, which may take long: it is asked for by the queue and done elsewhere.
///
/// Question and answer are plain values, so that another process can do the looking.
package struct Inspection: Sendable, Equatable, Codable {
  package enum Purpose: Sendable, Equatable, Codable {
    /// A file was claimed: is it a job? `name`: As it was dropped.
    case acceptance(name: String)
    /// A job lies in the queue: what is its turn, what does it wait for?
    case load
    /// A job that is over shall run again, by an order of this name: what are its data like now?
    case retry(from: JobState, order: String)
    /// A job's turn has come: what will it need?
    case estimate
  }

  package let id: JobIdentifier
  package let purpose: Purpose
  /// Tells apart looks at the same job: an answer counts only while it is waited for.
  package let number: Int
  /// The groups that the daemon knows, in order.
  package let groups: [String]

  package init(id: JobIdentifier, purpose: Purpose, number: Int, groups: [String] = []) {
    self.id = id
    self.purpose = purpose
    self.number = number
    self.groups = groups
  }

  /// What a look at a job has found.
  package enum Finding: Sendable, Equatable, Codable {
    /// A job. `inputs`: What its data are like, as the content of `inputs.json`; nil where it has none.
    case sound(JobBrief, inputs: [UInt8]?, submitterID: UInt32)
    /// No job; the reason is for the one who dropped it.
    case unfit(reason: String)
    /// A file is in use by another program: another look may find it free.
    case inUse(reason: String)
    /// There is no job file, because a rejection was cut off after that was put away.
    case missing
    /// What the job needs; nil where that cannot be said.
    case needs(JobNeeds?)
  }
}
