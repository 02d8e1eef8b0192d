package import Documents
package import JobFiles

/// A request to inspect the files of a job; inspections may take long and happen off the queue's actor.
///
/// Request and finding are plain values, so that another process can do the work.
package struct Inspection: Sendable, Equatable, Codable {
  package enum Purpose: Sendable, Equatable, Codable {
    /// Decides whether a claimed file is a valid job; `name` is the name under which it was dropped.
    case acceptance(name: String)
    /// Reads the priority, group and conditions of a queued job.
    case load
    /// Records the current data of an ended job that a retry order named `order` runs again.
    case retry(from: JobState, order: String)
    /// Estimates the needs of a job whose turn has come.
    case estimate
  }

  package let id: JobIdentifier
  package let purpose: Purpose
  /// The number of the request; findings of superseded requests for the same job are ignored.
  package let number: Int
  /// The configured groups, in order.
  package let groups: [String]

  package init(id: JobIdentifier, purpose: Purpose, number: Int, groups: [String] = []) {
    self.id = id
    self.purpose = purpose
    self.number = number
    self.groups = groups
  }

  /// Returns a fault if a job names an unknown group: it would have no limit, which its author did not intend.
  package func groupFaults(_ job: JobFile) -> [DocumentFault] {
    guard !job.group.isEmpty, !groups.contains(job.group) else { return [] }
    let known = groups.isEmpty ? "the daemon has no groups" : "the daemon has \(groups.joined(separator: ", "))"
    return [job.fault(\.group, "names the unknown group '\(job.group)'; \(known) (key 'groups' in its configuration)")]
  }

  /// The finding of an inspection.
  package enum Finding: Sendable, Equatable, Codable {
    /// A valid job, with the files to write into its folder.
    case sound(JobBrief, JobContent)
    /// An invalid job; the reason is for the person who dropped it.
    case unfit(reason: String)
    /// A file is in use by another program; a later inspection may succeed.
    case inUse(reason: String)
    /// The dropped file has other names (hard links), which may soon go; the reason is for the person who dropped it.
    case linked(reason: String)
    /// There is no job file, because a rejection was interrupted after it had moved the file.
    case missing
    /// The needs of the job; nil if they cannot be estimated.
    case needs(JobNeeds?)
  }
}
