package import JobFiles

/// The part of a job file that the queue needs; small, because thousands are kept.
package struct JobBrief: Sendable, Equatable, Codable {
  package let place: TurnOrder.Place
  /// The conditions in the job file.
  package let conditions: JobConditions

  package let submitter: Submitter
  /// Whether progress events of the job are left out of the journal.
  package let isQuiet: Bool

  package init(
    place: TurnOrder.Place = .init(priority: 0), conditions: JobConditions = JobConditions(),
    submitter: Submitter = .nobody, isQuiet: Bool = false
  ) {
    self.submitter = submitter
    self.isQuiet = isQuiet
    self.place = place
    self.conditions = conditions
  }

  package init(_ job: JobFile, _ submitter: Submitter) {
    self.init(
      place: .init(priority: job.priority, group: job.group), conditions: JobConditions(job), submitter: submitter,
      isQuiet: job.quietMode)
  }
}
